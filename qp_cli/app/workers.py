"""Examining many conventions in several processes, where that is faster; the answer is the same."""

from __future__ import annotations

import gc
import os
import sys
from itertools import repeat
from typing import TYPE_CHECKING

from qp_cli.app.examining import Vicinity, examine_each
from qp_cli.errors import QpError, UsageError
from qp_cli.messages import msg
from qp_cli.names import shown
from qp_cli.store.places import CONVENTION, JOURNAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import ProcessPoolExecutor

    from qp_cli.app.examining import Examined, Folder
    from qp_cli.store.cache import Cache

JOBS = "QP_JOBS"
"""The variable that says how many processes at most; without it, as many as there are processors, up to eight."""
_MOST = 8
_FEWEST_FOLDERS = 8
_WORTH = {"fork": 1_000_000, "spawn": 4_000_000}
"""Bytes to read from which processes save more than they cost to start: a fork, or a whole interpreter."""
_LONGEST_SHARE = 16
_SHARES = 4
"""Folders of one share at most, and shares that each process gets about: one that is slow holds up little."""


def start_method() -> str:
    """How processes start: by a fork on Linux alone, where nothing that qp loads runs threads of its own by then."""
    return "fork" if sys.platform == "linux" else "spawn"


def choose_jobs(folders: Sequence[Folder], environ: Mapping[str, str]) -> int:
    """How many processes examine these folders: one where there is little to read.

    Raises:
        UsageError: QP_JOBS is no number from 1 to 64.
    """
    asked = environ.get(JOBS)
    if asked:
        if asked not in {str(number) for number in range(1, 65)}:
            text = msg("{option}: “{text}” is not one of {names}", option=JOBS, text=shown(asked), names="1…64")
            raise UsageError(text)
        return min(int(asked), len(folders))
    if len(folders) < _FEWEST_FOLDERS or (jobs := min(_processors(), _MOST)) == 1:
        return 1
    return jobs if _is_worth_it(folders) else 1


def _processors() -> int:
    """The processors that this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _is_worth_it(folders: Iterable[Folder]) -> bool:
    """Whether the files are long enough; what cannot be opened is for the check to say."""
    left = _WORTH[start_method()]
    for folder in folders:
        for name in (CONVENTION, JOURNAL):
            try:
                left -= (folder.path / name).stat().st_size
            except OSError:
                continue
        if left <= 0:
            return True
    return False


def examine_in_processes(folders: Sequence[Folder], jobs: int, cache: Cache, method: str = "") -> Iterator[Examined]:
    """What is found in each folder, in their order; by this process alone where the system gives no others.

    Raises:
        QpError: a process was ended from outside, or by the system for want of memory.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    size = min(_LONGEST_SHARE, -(-len(folders) // (jobs * _SHARES)))
    shares = [folders[start : start + size] for start in range(0, len(folders), size)]
    os.putenv("PYTHONSAFEPATH", "1")  # an interpreter just started would look for its modules in this folder first
    context = get_context(method or start_method())
    size = min(jobs, len(shares))
    pool: ProcessPoolExecutor | None = None
    found: Iterator[list[Examined]] | None = None
    try:
        pool = ProcessPoolExecutor(size, mp_context=context, initializer=_begin, initargs=(gc.get_threshold(),))
        found = pool.map(_examine_share, shares, repeat(cache))
    except (OSError, ImportError, NotImplementedError):  # what it holds of a pool goes with the error
        _end(pool)
    except BrokenProcessPool as error:
        raise _was_ended() from error
    if pool is None or found is None:
        yield from examine_each(folders, Vicinity(), cache)
        return
    try:
        for share in found:
            yield from share
    except BrokenProcessPool as error:
        raise _was_ended() from error
    except BaseException:  # interrupted: nobody waits for what they were doing
        _end(pool)
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _was_ended() -> QpError:
    return QpError(msg("A process that was checking was ended. QP_JOBS=1 checks without others, in less memory."))


def _end(pool: ProcessPoolExecutor | None) -> None:
    """Ends the processes of a pool, whatever they are doing."""
    from multiprocessing import active_children

    for process in active_children():
        process.terminate()
    if pool:
        pool.shutdown(cancel_futures=True)


def _examine_share(folders: Sequence[Folder], cache: Cache) -> list[Examined]:
    return list(examine_each(folders, Vicinity(), cache))


def _begin(thresholds: tuple[int, int, int]) -> None:
    """Makes a process end without a word when it is interrupted, or when the one that started it is gone.

    Garbage is looked for as often as in the one that started it.
    """
    import signal
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.set_threshold(*thresholds)
    gc.freeze()
    Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)
