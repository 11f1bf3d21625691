"""Ctrl-C: while qp starts and ends, the end of the process without a word; while a command runs, an exception.

Whoever started qp with interruptions ignored, as `nohup` does, is left alone. What is said after an interruption may
come of it, when something that was under way made an error or a finding of the exception: nothing is said any more.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found] # `signal` itself takes milliseconds, in which Ctrl-C shows where it is
import sys
from typing import NoReturn

_heard: list[int] = []


def end_at_once() -> None:
    """From now on the process ends by itself: nothing is under way that would have to be tidied up."""
    if _signal.getsignal(_signal.SIGINT) in {_signal.default_int_handler, interrupt}:
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)


def raise_it() -> None:
    """From now on a command hears of it, and leaves no file half-written behind."""
    if _signal.getsignal(_signal.SIGINT) == _signal.SIG_DFL:
        _signal.signal(_signal.SIGINT, interrupt)
        sys.unraisablehook = _leave_out


def interrupt(signal: int, _frame: object = None) -> NoReturn:
    """What Ctrl-C does to a command."""
    _heard.append(signal)
    raise KeyboardInterrupt


def _leave_out(unraisable: sys.UnraisableHookArgs) -> None:
    """Says nothing of an interruption that came while an object was taken away, which none can hear of there."""
    if not _heard:
        sys.__unraisablehook__(unraisable)


def was_interrupted() -> bool:
    """Whether Ctrl-C came, whatever became of it."""
    return bool(_heard)


def forget_interruption() -> None:
    """What was asked for is done all the same, and is told."""
    _heard.clear()
