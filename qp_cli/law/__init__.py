"""The law of time: periods, public holidays, regimes of computation, each result with its working."""
