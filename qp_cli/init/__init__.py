"""New repositories: what their author answers, the convention it makes, and the files that are written."""
