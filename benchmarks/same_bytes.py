"""Whether every answer has the same bytes with any number of processes, with the cache and without, for any hash seed.

A difference is told and makes the exit 1: unlike a time, it is an error.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import generate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
AS_OF = "2026-06-30"
FORMS = ("table", "json", "csv", "md")
GROUPINGS = ("party", "clause", "site")
LISTS = ("status", "overdue", "deadlines", "timeline")
OF_SEVERAL = (
    *(f"{name} --format {form}" for name in (*LISTS, "remind") for form in FORMS),
    *(f"{name} --group-by {each}" for name in (*LISTS, "report", "export md") for each in GROUPINGS),
    *(f"export {form}" for form in ("csv", "json", "md", "ics", "xlsx")),
    "export csv --excel-fr",
    "report",
    "report --party anru",
    "overdue --party anru",
    *(f"check --format {form}" for form in ("text", "json", "github", "gitlab", "sarif", "junit")),
)
"""What is asked of all the conventions together."""
OF_ONE = (
    *(f"{name} --format {form}" for name in ("status", "parties", "sites", "log", "show ID") for form in FORMS),
    *(f"diff 2024-06-30 {AS_OF} --format {form}" for form in FORMS),
    *(f"export {form}" for form in ("csv", "json", "md", "ics", "xlsx")),
    "timeline",
    "report",
    "report --summary",
)
"""What is asked of the first one alone; `ID` is an engagement of it."""
JOBS = ("1", "2", "4")
SEEDS = ("0", "1", "2", "3", "4")
NO_CACHE, CACHE = "none", "filled"
_ANSWERED = (b"0\n", b"1\n")
"""The exit codes of an answer, as they are written before it."""


class Way(NamedTuple):
    """How answers are asked for: the processes, the hash seed, and whether there is a cache."""

    jobs: str
    seed: str
    cache: str

    def variables(self, folder: Path) -> dict[str, str]:
        """What says so to qp and to Python."""
        kept = {"QP_NO_CACHE": "1"} if self.cache == NO_CACHE else {"QP_CACHE_DIR": str(folder / "cache")}
        return {"QP_JOBS": self.jobs, "PYTHONHASHSEED": self.seed, **kept}


EVERY_WAY = tuple(Way(jobs, seed, cache) for cache in (NO_CACHE, CACHE) for jobs in JOBS for seed in SEEDS)
FEW_WAYS = (Way("1", "0", NO_CACHE), Way("3", "2", CACHE))


def lines_of(portfolio: Path) -> Iterator[tuple[str, list[str]]]:
    """Every command that is asked, in words, and its arguments."""
    first = next(each for each in sorted(portfolio.iterdir()) if each.is_dir())
    for asked, folder in ((OF_SEVERAL, portfolio), (OF_ONE, first)):
        for text in asked:
            day = [] if text.startswith(("check", "diff")) else ["--as-of", AS_OF]
            place = [str(folder)] if text.startswith("check") else ["--data", str(folder)]
            words = [_an_engagement(first) if word == "ID" else word for word in text.split()]
            yield f"{text} [{'all' if folder == portfolio else 'one'}]", [*words, *day, *place]


def _an_engagement(folder: Path) -> str:
    """The id of the first engagement of a convention."""
    out, _ = answered(["export", "json", "--as-of", AS_OF, "--data", str(folder)], {"QP_NO_CACHE": "1"})
    name: str = json.loads(out.partition(b"\n")[2])["obligations"][0]["engagement"]
    return name


def answered(arguments: Sequence[str], environ: Mapping[str, str]) -> tuple[bytes, bytes]:
    """What one run writes in this process, its exit code first; and the file that `--output` names, if it does."""
    from qp_cli.cli.main import run

    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = run(list(arguments), {"LANG": "C.UTF-8", "QP_LANG": "fr", **environ})
    for stream in (out, err):
        stream.flush()
    file = Path(arguments[arguments.index("--output") + 1]) if "--output" in arguments else None
    said = out.buffer.getvalue() + b"\n" + err.buffer.getvalue()
    return b"%d\n" % code + said, file.read_bytes() if file else b""


def prints(portfolio: Path, folder: Path) -> dict[str, str]:
    """A fingerprint of each answer, asked in this process and as its environment says.

    Raises:
        ValueError: a command was not answered.
    """
    found: dict[str, str] = {}
    environ = {name: value for name, value in os.environ.items() if name.startswith("QP_")}
    for text, arguments in lines_of(portfolio):
        file = ["--output", str(folder / "answer")] if " xlsx" in text else []
        said, written = answered([*arguments, *file], environ)
        if said[:2] not in _ANSWERED:
            raise ValueError(text, said.decode())
        found[text] = sha256(said + b"\0" + written).hexdigest()
    return found


def differences(portfolio: Path, ways: Sequence[Way], folder: Path) -> dict[str, list[Way]]:
    """The commands whose answer is another one in some ways than in the first, with these.

    Raises:
        CalledProcessError: qp ended with an error that nobody expected.
    """
    known: dict[str, str] = {}
    found: dict[str, list[Way]] = {}
    for way in ways:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("QP_", "PYTHON", "COLUMNS"))}
        done = subprocess.run(
            [sys.executable, __file__, "--prints", str(portfolio), str(folder)],
            env={**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "80", **way.variables(folder)},
            stdout=subprocess.PIPE,
            check=True,
        )
        told: dict[str, str] = json.loads(done.stdout)
        for text, each in told.items():
            if known.setdefault(text, each) != each:
                found.setdefault(text, []).append(way)
    return found


def main() -> int:
    """Asks everything in every way; 1 where answers differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conventions", type=int, default=12)
    parser.add_argument("--engagements", type=int, default=30)
    parser.add_argument("--prints", nargs=2, type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.prints:
        print(json.dumps(prints(*asked.prints)))
        return 0
    with tempfile.TemporaryDirectory(prefix="qp-same-bytes-") as name:
        portfolio = Path(name) / "portfolio"
        generate.generate(portfolio, asked.conventions, asked.engagements)
        found = differences(portfolio, EVERY_WAY, Path(name))
    for text, ways in found.items():
        print(f"{text}: another answer with {', '.join(map(str, ways))}")
    print(f"{len(OF_SEVERAL) + len(OF_ONE)} commands, {len(EVERY_WAY)} ways, {len(found)} of them differ")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
