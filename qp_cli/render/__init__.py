"""Values to text: screens, JSON, CSV, Markdown; a renderer returns, it never prints."""
