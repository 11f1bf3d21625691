"""How far a long reading has come, on stderr, once it has lasted a second, on a terminal only."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from qp_cli.cli.clock import elapsed
from qp_cli.cli.output import is_terminal, say_all
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from qp_cli.render.language import Language

_PATIENCE = 1.0
_PAUSE = 0.2
_CLEAR = "\r\x1b[K"


class Progress:
    """A line that is written over, and taken away at the end; where the total is 0, of folders looked through."""

    def __init__(self, language: Language, environ: Mapping[str, str], total: int) -> None:
        self._language = language
        self._total = total
        self._done = 0
        self._next = elapsed() + _PATIENCE
        self._shown = False
        self._wanted = total != 1 and is_terminal(sys.stderr) and environ.get("TERM") != "dumb"

    def __enter__(self) -> Callable[[], None]:
        return self.step

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        if self._wanted and elapsed() >= self._next:
            self._next = elapsed() + _PAUSE
            self._shown = True
            text = msg("{done} conventions of {total}", done=self._done, total=self._total)
            if not self._total:
                text = msg("{done} folders looked through", done=self._done)
            self._write(_CLEAR + self._language.text(text))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._write(_CLEAR)

    def _write(self, text: str) -> None:
        say_all(text)
