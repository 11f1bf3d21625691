"""The timeline: on a terminal, as a picture, as Markdown and as records."""
