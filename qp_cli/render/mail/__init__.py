"""Reminders by mail: who is written to, in what words, and the messages themselves."""
