"""YAML read strictly, every value with its place; each file of this folder knows nothing of conventions."""
