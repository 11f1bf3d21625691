"""The rules behind the findings: one pure function and one code a rule."""
