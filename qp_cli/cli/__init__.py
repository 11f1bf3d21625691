"""The command line: reads options, the clock and the environment; calls, renders, prints."""
