"""qp: the obligations of a convention, tracked from plain text; `docs/en/python.md` says how to use it from Python."""

from typing import TYPE_CHECKING

from qp_cli.version import __version__

__all__ = [
    "BrokenRepositoryError",
    "Finding",
    "Ledger",
    "Obligation",
    "QpError",
    "Severity",
    "State",
    "__version__",
    "check",
    "compute",
    "in_words",
    "load",
    "load_all",
    "obligations_of",
]

if TYPE_CHECKING:
    from qp_cli.api import check, compute, in_words, load, load_all, obligations_of
    from qp_cli.errors import BrokenRepositoryError, QpError
    from qp_cli.findings import Finding, Severity
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.situation import Obligation
    from qp_cli.tracking.states import State
else:

    def __getattr__(name: str) -> object:
        """What a program asks for is loaded then: the command line needs none of it."""
        if name in __all__:
            from qp_cli import api

            return getattr(api, name)
        problem = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(problem, name=name)

    def __dir__() -> list[str]:
        """What there is, loaded or not."""
        return sorted({*globals(), *__all__})
