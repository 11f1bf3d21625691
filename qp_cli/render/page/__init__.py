"""The page: one convention at a day as a self-contained HTML document, for a meeting or a file."""
