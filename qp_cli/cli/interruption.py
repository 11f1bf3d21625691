"""Ctrl-C: while qp starts and ends, the end of the process without a word; while a command runs, an exception.

Whoever started qp with interruptions ignored, as `nohup` does, is left alone.
"""

import signal


def end_at_once() -> None:
    """From now on the process ends by itself: nothing is under way that would have to be tidied up."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def raise_it() -> None:
    """From now on a command hears of it, and leaves no file half-written behind."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
