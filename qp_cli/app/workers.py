"""The same done for each of many items in several processes, where that is faster; the answer is the same."""

from __future__ import annotations

import gc
import os
import sys
from collections import deque
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.names import shown
from qp_cli.store.places import CONVENTION, JOURNAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

    from qp_cli.messages import Message

JOBS = "QP_JOBS"
"""The variable that says how many processes at most; without it, as many as there are processors, up to eight."""
_MOST = 8
_FEWEST_FOLDERS = 8
_WORTH = {"fork": 1_000_000, "spawn": 4_000_000}
"""Bytes to read from which processes save more than they cost to start: a fork, or a whole interpreter."""
_AHEAD = 2
"""What a process is given at once, so that it has something to do while its answer is on the way."""
_WINDOW = 32
"""How far what is done may be ahead of what is asked for: one that is slow holds up little, and little is held."""
_SPARE = 16
"""Descriptors that must be left once the processes are started: they open files."""

Item = TypeVar("Item")
Result = TypeVar("Result")


class Lost(NamedTuple):
    """That there is no result for an item, and why."""

    why: Message


def start_method() -> str:
    """How processes start: by a fork on Linux alone, where nothing that qp loads runs threads of its own by then."""
    return "fork" if sys.platform == "linux" else "spawn"


def choose_jobs(folders: Sequence[Path], environ: Mapping[str, str]) -> int:
    """How many processes read the conventions in these folders: one where there is little to read.

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


def _is_worth_it(folders: Iterable[Path]) -> bool:
    """Whether the files are long enough; what cannot be opened is for whoever reads it to say."""
    left = _WORTH[start_method()]
    for folder in folders:
        for name in (CONVENTION, JOURNAL):
            try:
                left -= (folder / name).stat().st_size
            except OSError:
                continue
        if left <= 0:
            return True
    return False


def each_done(
    work: Callable[[Item], Result], items: Iterable[Item], jobs: int, environ: Mapping[str, str], method: str = ""
) -> Iterator[Result | Lost]:
    """What is done for each item, in their order; by this process alone where the system gives no others.

    Args:
        work: what is done, in whatever process: it goes to each of them once, and its results come from there.
        items: what it is done for, each asked for when its turn comes.
        jobs: how many processes, at most.
        environ: whether an error that nobody expected is to show where it was.
        method: how they start, else as the system's are.
    """
    attempt = _Attempt(work, raises=bool(environ.get("QP_DEBUG")))
    crew = _assembled(attempt, jobs, method) if jobs > 1 else None
    if crew is None:
        yield from map(attempt, items)
        return
    try:
        yield from crew.results(items)
    finally:
        crew.end()


class _Attempt(Generic[Item, Result]):
    """What is done for an item; what goes wrong with it, which nobody expected, is that item's alone."""

    def __init__(self, work: Callable[[Item], Result], *, raises: bool) -> None:
        self._work = work
        self._raises = raises

    def __call__(self, item: Item) -> Result | Lost:
        try:
            return self._work(item)
        except MemoryError:
            return Lost(msg("There is not enough memory for this."))
        except Exception as error:
            if self._raises:
                raise
            problem = f"{type(error).__name__}: {error}"[:200]
            return Lost(msg("qp met an error of its own ({problem}). QP_DEBUG=1 shows where.", problem=problem))


def _assembled(attempt: _Attempt[Item, Result], jobs: int, method: str) -> _Crew[Item, Result] | None:
    """As many processes as are asked for; None where the system does not give them all."""
    os.putenv("PYTHONSAFEPATH", "1")  # an interpreter just started would look for its modules in this folder first
    crew: _Crew[Item, Result] | None = None
    try:
        from multiprocessing import get_context

        crew = _Crew(get_context(method or start_method()), attempt)
        for _ in range(jobs):
            crew.engage()
        for descriptor in [os.open(os.devnull, os.O_RDONLY) for _ in range(_SPARE)]:
            os.close(descriptor)
    except (OSError, ImportError, NotImplementedError):
        if crew:
            crew.end()
        return None
    return crew


class _Worker:
    """A process that does one thing after another, and how it is spoken to.

    Attributes:
        given: what it was given and has not answered, each with its number: it does them in this order.
        is_ready: whether it has begun.
    """

    def __init__(self, context: Any, attempt: _Attempt[Any, Any]) -> None:  # noqa: ANN401 - contexts have no common type
        self.connection: Connection[Any, Any]
        self.connection, theirs = context.Pipe()
        try:
            self.process = context.Process(target=_serve, args=(theirs, attempt, gc.get_threshold()), daemon=True)
            self.process.start()
        except BaseException:
            self.connection.close()
            raise
        finally:
            theirs.close()
        self.given: deque[tuple[int, Any]] = deque()
        self.is_ready = False

    def give(self, numbered: tuple[int, Any]) -> bool:
        """Gives it one thing more to do; whether it is still there to take it."""
        try:
            self.connection.send(numbered)
        except OSError:
            return False
        self.given.append(numbered)
        return True

    def end(self) -> None:
        """Ends it, whatever it is doing."""
        self.process.terminate()
        self.process.join()
        self.connection.close()


class _Crew(Generic[Item, Result]):
    """Processes that share the same work."""

    def __init__(self, context: Any, attempt: _Attempt[Item, Result]) -> None:  # noqa: ANN401
        self._context = context
        self._attempt = attempt
        self._workers: list[_Worker] = []
        self._again: deque[tuple[int, Item]] = deque()
        self._ahead: Iterator[tuple[int, Item]] = iter(())
        self._count = 0
        self._done: dict[int, Result | Lost] = {}

    def engage(self) -> None:
        """One process more.

        Raises:
            OSError: the system gives none.
        """
        self._workers.append(_Worker(self._context, self._attempt))

    def end(self) -> None:
        """Ends all of them."""
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def results(self, items: Iterable[Item]) -> Iterator[Result | Lost]:
        """What is done for each item, in their order."""
        self._ahead = enumerate(items)
        asked = 0
        while True:
            self._hand_out(asked + _WINDOW)
            if asked in self._done:
                yield self._done.pop(asked)
                asked += 1
            elif any(worker.given for worker in self._workers):
                self._listen()
            elif left := self._next(asked + _WINDOW):  # no process is left
                self._done[left[0]] = self._attempt(left[1])
            else:
                return

    def _next(self, end: int) -> tuple[int, Item] | None:
        """What is to be done next, with its number; None where that is not before the end, or there is nothing."""
        if self._again:
            return self._again.popleft()
        if self._count >= end:
            return None
        found = next(self._ahead, None)
        self._count += found is not None
        return found

    def _hand_out(self, end: int) -> None:
        """Gives each process something to do: one thing each, then another one."""
        for most in range(1, _AHEAD + 1):
            for worker in [each for each in self._workers if len(each.given) < most]:
                given = self._next(end)
                if given is None:
                    return
                if not worker.give(given):
                    self._again.appendleft(given)
                    self._replace(worker)

    def _listen(self) -> None:
        """Hears what processes have to say: that they have begun, what they did, or nothing ever again."""
        from multiprocessing.connection import wait

        speaking = {worker.connection: worker for worker in self._workers if worker.given}
        for connection in wait(list(speaking)):
            worker = speaking[connection]  # type: ignore[index]
            try:
                heard = worker.connection.recv()
            except (EOFError, OSError):
                self._replace(worker)
                continue
            if heard is None:
                worker.is_ready = True
            else:
                number, _ = worker.given.popleft()
                self._done[number] = heard

    def _replace(self, worker: _Worker) -> None:
        """Puts another process in the place of one that was ended: what it was doing is lost, the rest done again.

        One that was ended before it began lost nothing, and another one would fare no better.
        """
        self._workers.remove(worker)
        if worker.is_ready and worker.given:
            number, _ = worker.given.popleft()
            self._done[number] = Lost(
                msg("the process that was reading it was ended; QP_JOBS=1 reads without others, in less memory")
            )
        self._again.extendleft(reversed(worker.given))
        worker.end()
        if worker.is_ready:
            try:
                self.engage()
            except OSError:
                return


def _serve(connection: Connection[Any, Any], attempt: _Attempt[Any, Any], thresholds: tuple[int, int, int]) -> None:
    """What a process does: it answers in the order it is asked, until nobody asks any more."""
    _begin(thresholds)
    connection.send(None)
    while True:
        try:
            _, item = connection.recv()
        except EOFError:
            return
        connection.send(attempt(item))


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
