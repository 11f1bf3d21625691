"""Feed qp with mutations of the shipped files: nothing may crash, hang or show a traceback.

    python scripts/fuzz.py --count 200000 --jobs 2          # some minutes; prints a summary, exits 1 on a problem
    python scripts/fuzz.py --seed 7 --only 1234             # one sample again, kept in a folder
    python scripts/fuzz.py --replay FOLDER                  # the whole path on a folder of files

A sample is made from the seed and its number alone. Each goes the whole way: read, schema, rules, findings in both
languages; then, where nothing is wrong, the situation at several days, drawn in one language or the other; one in
forty goes through a command as well. A problem is an exception that is not a `QpError`, more than two seconds of
CPU, the end of the process, two parsers that disagree, a `--fix` that changes a meaning, a finding placed outside its
file. Each is made small and kept.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import json
import mmap
import os
import random
import re
import struct
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qp_cli.app.answers import ask_about, chosen_of, counts_of
from qp_cli.checks.registry import examine
from qp_cli.cli.main import run as run_command
from qp_cli.errors import QpError
from qp_cli.findings import Severity
from qp_cli.render.findings.text import write_findings
from qp_cli.render.language import Language
from qp_cli.render.lists import draw_deadlines, draw_overdue
from qp_cli.render.screen import Screen
from qp_cli.render.status import draw_status
from qp_cli.store.repository import read_repository
from qp_cli.store.yaml.reader import read_document
from qp_cli.tracking.situation import assess
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import soonest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qp_cli.findings import Finding
    from qp_cli.store.repository import Repository
    from qp_cli.tracking.situation import Situation

    Files = dict[str, bytes]
    Tree = dict[str, Any]
    Node = Any
    Random = random.Random

ROOT = Path(__file__).resolve().parents[1]
SEEDS = (ROOT / "data", ROOT / "tests" / "conventions" / "neighbour")
NAMES = ("convention.yaml", "journal.yaml", "sites.yaml")
LIMIT = 2.0
"""Seconds of CPU that one sample may take."""
START = 120.0
"""Seconds that a process may take before its first sample."""
NOT_BEGUN, DONE = -2, -1
"""What stands for a number before the first sample, and after the last."""
HANG = 30.0
"""Seconds after which a process that does not go on is ended."""
IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 a folder of its own is made there
"""Where samples are written, if the system has such a place; else with the other temporary files."""
MEMORY = 3 << 30
"""Bytes that a process may take."""
MOST_PIECES = 3000
"""Pieces of a file beyond which it is made no smaller by taking them out one by one."""
GARBAGE = 100_000
"""Objects between two looks for garbage: a sample makes little."""
DAYS = (date(2021, 10, 1), date(2026, 11, 23), date(2100, 12, 31))
ENGLISH, FRENCH = Language("en"), Language("fr")
SCREEN = Screen(80, colour=False, unicode=True)
OUTCOMES = ("unreadable", "not the schema", "against a rule", "not computable", "assessed", "problem")
COMMANDS: tuple[tuple[str, ...], ...] = (
    *(("check", "--format", form) for form in ("text", "json", "github", "gitlab", "sarif", "junit")),
    ("check", "--strict", "--lang", "fr"),
    *((name, "--format", form) for name in ("status", "deadlines") for form in ("table", "json", "csv", "md")),
    ("overdue",),
    ("parties",),
    ("sites",),
    ("show", "terme"),
    ("show", "diagnostic", "--lang", "fr"),
)
FIRST_OF_THE_LAW = "QP300"
"""From this code on, what is wrong does not keep anything from being computed."""
ONE_IN = 40
"""How many samples to one that also goes through a command, and to one read by both parsers."""

# --- What samples are made of -----------------------------------------------------------------------------------------


class Verbatim(str):
    """A value written as it is, whatever YAML makes of it."""

    __slots__ = ()


_PLAIN = re.compile(r"[A-Za-zÀ-ÿ][\w’' ()/°;-]*(?<! )")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
_TOKEN = re.compile(r" +|\n|[\[\]{},:#'\"]|[^\s\[\]{},:#'\"]+")
_BYTES = (
    *(b"\0", b"\t", b"\r", b"\r\n", b"\x1b[31m", b"\x7f", b"\x80", b"\xff", b"\xfe\xff", b"\xc3", b"\xed\xa0\x80"),
    *(
        mark.encode()
        for mark in ("\u00a0", "\u202f", "\u2028", "\u202e", "\ufeff", "\x85", "\ue000", "é", "😀", "\u0301")
    ),
)
_TOKENS = (
    *("- ", "? ", ": ", ":", "&a ", "*a", "<<: *a", "!!str ", "!!python/object:os.system ", "|", ">-", "|2", "'", '"'),
    *("[", "]", "{", "}", "[" * 40, "{a: " * 40, "---\n", "...\n", "\n%YAML 1.1\n", "\n<<<<<<< HEAD\n", "\n=======\n"),
    *(
        "#x",
        " # x",
        "# qp: ignore[QP304] reason",
        "# qp: ignore[",
        "\t",
        "\u00a0",
        "\\",
        "@",
        "`",
        "%",
        "=",
        "~",
        "null",
    ),
    *(
        "yes",
        "no",
        "on",
        ".nan",
        "-.inf",
        "0x1F",
        "01001",
        "12:30",
        "1_000",
        "1e400",
        "9" * 5000,
        "2026-02-30",
        "x" * 600,
    ),
)
_HOSTILE: tuple[object, ...] = (
    *(None, True, False, 0, -1, 1, 10**30, 1.5, "", " ", "\n", "x", "x" * 600, "é", "\u202e", "\x1b[2J", "::error::x"),
    *("=1+1", "[red]x[/red]", "{0.__class__}", "%s%n", "../../etc", "terme", "a" * 81, "A B", "-", "a--b", "😀" * 50),
    *(
        [],
        {},
        [[]],
        [None],
        {"": ""},
        {"on": "on"},
        ["terme"],
        {"within": "P6M"},
        [1, "a", True],
        {"a": {"b": {"c": 1}}},
    ),
    *(
        Verbatim(text)
        for text in ("*a", "&a x", "!!map", "[" * 33 + "]" * 33, "[" * 4000, "{a: " * 31 + "1" + "}" * 31)
    ),
)
_FAR_DAYS = (
    date(1, 1, 1),
    date(1904, 12, 31),
    date(1905, 1, 1),
    date(2100, 12, 31),
    date(2101, 1, 1),
    date(9999, 12, 31),
)
_PERIODS = (
    "P6M",
    "P24M",
    "P1Y",
    "P30D",
    "P2W",
    "P15D",
    "P1M",
    "P1D",
    "10 jours ouvrés",
    "5 jours ouvrables",
    "P1Y2M3D",
)
_FAR_PERIODS = (
    "P0D",
    "P0M",
    "P9999Y",
    "P9999M",
    "P9999W",
    "P9999D",
    "9999 jours ouvrés",
    "P",
    "P-1D",
    "0 jours ouvrés",
    "P1H",
)
_RRULES = (
    *("FREQ=YEARLY;BYMONTH=1;BYDAY=2TU", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=DAILY"),
    *("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=YEARLY;BYDAY=53MO", "FREQ=SECONDLY"),
    *(
        "FREQ=DAILY;INTERVAL=9999999999",
        "FREQ=YEARLY;INTERVAL=3;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=",
        "FREQ=DAILY;COUNT=0",
    ),
    *("FREQ=WEEKLY;UNTIL=99991231", "FREQ=DAILY;COUNT=100000000", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
    *("FREQ=YEARLY;BYMONTH=1,2,3;BYMONTHDAY=1,-1,31;BYDAY=MO", "FREQ=MONTHLY;BYSETPOS=366;BYDAY=SU", "FREQ=YEARLY;X=1"),
)
_KINDS = ("one-off", "continuing", "recurring", "on-request")
_FACTS = (
    "fulfilled",
    "waived",
    "suspended",
    "resumed",
    "notified",
    "breached",
    "triggered",
    "occurred",
    "amended",
    "voided",
)
_FORWARDS = ("quantieme", "duree", "procedure-civile", "ccag", "ue-1182-71", "delai-franc", "silence-administration")
_REGIMES = (*_FORWARDS, "prescription", "a-rebours")
_ZONES = ("metropole", "alsace-moselle", "guadeloupe", "guyane", "martinique", "mayotte", "reunion")


class Seeds(NamedTuple):
    """The files samples are made from: as they are, and as trees."""

    texts: Files
    trees: dict[str, Tree]


def read_seeds(folder: Path) -> Seeds:
    """The files of one folder of `SEEDS`."""
    texts = {name: (folder / name).read_bytes() for name in NAMES}
    return Seeds(texts, {name: copy(read_document(data, name).root) for name, data in texts.items()})


def copy(value: Node) -> Node:
    """A tree that can be changed by itself."""
    if isinstance(value, dict):
        return {key: copy(item) for key, item in value.items()}
    return [copy(item) for item in value] if isinstance(value, list) else value


def dump(rng: Random, tree: Tree) -> bytes:
    """A tree as YAML, in one style or another."""
    parts = []
    for key, value in tree.items():
        if isinstance(value, list) and value and _chance(rng, 0.9):
            parts.append(f"{_scalar(key)}:\n")
            parts += [_entry(item, block=_chance(rng, 0.4)) for item in value]
        else:
            parts.append(f"{_scalar(key)}: {_flow(value)}\n")
    return "".join(parts).encode(errors="surrogatepass")


def _entry(item: Node, *, block: bool) -> str:
    if not (block and isinstance(item, dict) and item):
        return f"  - {_flow(item)}\n"
    lines = [f"{_scalar(key)}: {_flow(value)}\n" for key, value in item.items()]
    return "  - " + "    ".join(lines)


def _flow(value: Node) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(map(_flow, value)) + "]" if isinstance(value, list) else _scalar(value)


def _scalar(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Verbatim():
            return value
        case str() if not (_PLAIN.fullmatch(value) and value.casefold() not in _WORDS):
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


# --- Mutations of bytes and of tokens ---------------------------------------------------------------------------------


def mutate_bytes(rng: Random, files: Files) -> None:
    """Changes a few bytes of one file."""
    name = _file(rng)
    data = bytearray(files[name])
    for _ in range(_few(rng)):
        place, length = rng.randrange(len(data) + 1), rng.choice((1, 1, 1, 2, 5, 40))
        piece = bytes(data[place : place + length])
        match rng.randrange(7):
            case 0:
                data[place : place + 1] = bytes([rng.randrange(256)])
            case 1:
                data[place:place] = rng.choice(_BYTES)
            case 2:
                data[place : place + length] = b""
            case 3:
                data[place:place] = piece * rng.choice((1, 2, 50))
            case 4:
                other = rng.randrange(len(data) + 1)
                data[other : other + length] = piece
            case 5:
                data[place : place + 1] = bytes([rng.choice(b"\n :-[]{},#'\"&*!|>%@`?0a")])
            case _:
                if _chance(rng, 0.2):
                    del data[place:]
    files[name] = bytes(data)


def mutate_tokens(rng: Random, files: Files) -> None:
    """Swaps, drops, repeats, quotes or indents what YAML sees as words and marks."""
    name = _file(rng)
    tokens = _TOKEN.findall(files[name].decode(errors="replace"))
    for _ in range(_few(rng)):
        if not tokens:
            break
        place, other = rng.randrange(len(tokens)), rng.randrange(len(tokens))
        match rng.randrange(8):
            case 0:
                tokens[place], tokens[other] = tokens[other], tokens[place]
            case 1:
                del tokens[place]
            case 2:
                tokens.insert(place, tokens[place] * rng.choice((1, 1, 2, 40)))
            case 3:
                tokens[place] = rng.choice(_TOKENS)
            case 4:
                tokens.insert(place, rng.choice(_TOKENS))
            case 5:
                tokens[place] = rng.choice(("'{}'", '"{}"', "[{}]", "{{{}}}", "'{}", "{}:", "- {}", "| {}")).format(
                    tokens[place]
                )
            case 6:
                ends = [number for number, each in enumerate(tokens) if each == "\n"] or [0]
                tokens.insert(rng.choice(ends) + 1, " " * rng.randint(1, 5))
            case _:
                first, last = sorted((place, other))
                tokens[first:first] = tokens[first : min(last, first + 60)]
    files[name] = "".join(tokens).encode(errors="replace")


def _file(rng: Random) -> str:
    return rng.choices(NAMES, (6, 3, 1))[0]


def _chance(rng: Random, share: float) -> bool:
    return rng.random() < share


def _few(rng: Random) -> int:
    return rng.choices((1, 2, 3, 5, 9), (8, 4, 2, 1, 1))[0]


# --- Mutations of structure -------------------------------------------------------------------------------------------


def trim(rng: Random, tree: dict[str, Tree]) -> None:
    """Keeps a few engagements, so that most samples are small, and the facts about them."""
    convention, journal = tree["convention.yaml"], tree["journal.yaml"]
    engagements = convention["engagements"]
    kept = rng.sample(engagements, min(len(engagements), rng.randint(1, 6)))
    gone = {each["id"] for each in engagements} - {each["id"] for each in kept}
    needed = {name for name in gone if any(f"'{name}'" in str({**each, "id": ""}) for each in kept)}
    convention["engagements"] = [each for each in engagements if each["id"] not in gone - needed]
    journal["facts"] = [each for each in journal["facts"] if each.get("engagement") not in gone - needed]
    if _chance(rng, 0.8):
        for part in ("parties", "events", "groups", "roles", "sites"):
            for entry in (*convention.get(part, ()), *tree["sites.yaml"].get(part, ())):
                for key in ("note", "aliases", "part", "represented_by", "clause"):
                    entry.pop(key, None)


def mutate_structure(rng: Random, tree: dict[str, Tree]) -> None:
    """Changes what the files say: keys, types, references, days, periods, forms, facts."""
    for _ in range(_few(rng)):
        rng.choices(*zip(*_STRUCTURAL, strict=True))[0](rng, tree)


def _slots(value: Node) -> Iterator[tuple[Any, Any]]:
    """Every place of a tree: what holds it, and its key or number."""
    for key, item in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(item, dict | list):
            yield from _slots(item)


def _slot(rng: Random, tree: dict[str, Tree], wanted: Callable[[Any, Any], bool]) -> tuple[Any, Any]:
    """One of the places wanted; a place that does not matter where there is none."""
    found = [(holder, key) for name in NAMES for holder, key in _slots(tree[name]) if wanted(holder, key)]
    return rng.choice(found) if found else ({}, "x")


def _ids(tree: dict[str, Tree]) -> list[str]:
    """Every id of the files, the term's name, and one that nothing has."""
    slots = (slot for name in NAMES for slot in _slots(tree[name]))
    found = [holder["id"] for holder, key in slots if key == "id" and isinstance(holder.get("id"), str)]
    return [*found, "terme", "inconnu"]


def _part(tree: dict[str, Tree], name: str, part: str) -> list[Any]:
    """A list of a file, made where there is none."""
    found = tree[name].get(part)
    if not isinstance(found, list):
        found = tree[name][part] = []
    return found


def _rename_key(rng: Random, tree: dict[str, Tree]) -> None:
    holder, key = _slot(rng, tree, lambda holder, _: isinstance(holder, dict))
    if key in holder:
        keys = [str(known) for name in NAMES for each, known in _slots(tree[name]) if isinstance(each, dict)]
        new = rng.choice((key + "s", key[:-1], key.upper(), f"x-{key}", "on", "", "é" * 90, rng.choice(keys)))
        holder[new] = holder.pop(key)


def _replace(rng: Random, tree: dict[str, Tree]) -> None:
    holder, key = _slot(rng, tree, lambda *_: True)
    holder[key] = copy(rng.choice(_HOSTILE))


def _exchange(rng: Random, tree: dict[str, Tree]) -> None:
    (one, first), (other, second) = _slot(rng, tree, lambda *_: True), _slot(rng, tree, lambda *_: True)
    if first in one and second in other if isinstance(one, dict) and isinstance(other, dict) else False:
        one[first], other[second] = copy(other[second]), copy(one[first])


def _drop(rng: Random, tree: dict[str, Tree]) -> None:
    holder, key = _slot(rng, tree, lambda *_: True)
    if holder:
        del holder[key]


def _repeat(rng: Random, tree: dict[str, Tree]) -> None:
    holder, key = _slot(rng, tree, lambda holder, _: isinstance(holder, list))
    if isinstance(holder, list):
        holder[key:key] = [copy(holder[key]) for _ in range(rng.choice((1, 1, 1, 2, 20)))]


def _refer(rng: Random, tree: dict[str, Tree]) -> None:
    """Another id where one is named, or declared: unknown, of the wrong sort, twice, in a circle."""
    ids = _ids(tree)
    holder, key = _slot(rng, tree, lambda holder, key: isinstance(holder[key], str) and holder[key] in ids)
    holder[key] = rng.choice(ids)


def redate(rng: Random, tree: dict[str, Tree]) -> None:
    """Another day for a date."""
    holder, key = _slot(rng, tree, lambda holder, key: isinstance(holder[key], date))
    holder[key] = _day(rng)


def reperiod(rng: Random, tree: dict[str, Tree]) -> None:
    """Another length for a period."""
    names = {"within", "every", "at_the_latest", "at_least", "by", "cure"}
    holder, key = _slot(rng, tree, lambda holder, key: key in names and str(holder[key]).startswith(("P", "1", "5")))
    holder[key] = _period(rng)


def redue(rng: Random, tree: dict[str, Tree]) -> None:
    """Another form of due date for an engagement, or for the term."""
    entries = [*_part(tree, "convention.yaml", "engagements"), tree["convention.yaml"].get("term")]
    entry = rng.choice(entries)
    if isinstance(entry, dict):
        entry["due"] = _due(rng, _ids(tree))


def _rekind(rng: Random, tree: dict[str, Tree]) -> None:
    holder, key = _slot(rng, tree, lambda holder, key: key == "kind" and holder[key] in _KINDS)
    holder[key] = rng.choice(_KINDS)


def _nest(rng: Random, tree: dict[str, Tree]) -> None:
    depth = rng.choice((2, 6, 9, 12, 30))
    due = _due(rng, _ids(tree))
    for _ in range(depth):
        due = {
            rng.choice(("earliest_of", "latest_of")): [due, *(_due(rng, _ids(tree)) for _ in range(rng.randint(1, 3)))]
        }
    add_engagement(rng, tree, due=due)


def add_engagement(rng: Random, tree: dict[str, Tree], **more: object) -> None:
    """One more engagement."""
    _part(tree, "convention.yaml", "engagements").append(_engagement(rng, _ids(tree)) | more)


def _crowd(rng: Random, tree: dict[str, Tree]) -> None:
    """Many dates for many debtors at many sites."""
    rule = {"every": rng.choice(("P1D", "P1W", "P1M")), "from": _day(rng)} | rng.choice(({}, {"until": _day(rng)}))
    due = rng.choice((rule, {"rrule": rng.choice(_RRULES), "from": _day(rng)}))
    ids = _ids(tree)
    many = {
        "debtors": rng.sample(ids, min(len(ids), 9)),
        "sites": rng.sample(ids, min(len(ids), rng.choice((0, 2, 9)))),
    }
    add_engagement(rng, tree, kind="recurring", due=due, **(many if _chance(rng, 0.5) else {}))


def add_fact(rng: Random, tree: dict[str, Tree]) -> None:
    """One more fact."""
    _part(tree, "journal.yaml", "facts").append(_fact(rng, _ids(tree)))


def _settle(rng: Random, tree: dict[str, Tree]) -> None:
    """Another regime, zone, notice or approval for the whole convention."""
    key, values = rng.choice(
        (
            ("regime", _REGIMES),
            ("zone", _ZONES),
            ("due_soon_days", (0, 3660, 3661)),
            ("approval", _ids(tree)),
            ("signature", _ids(tree)),
        )
    )
    tree["convention.yaml"][key] = rng.choice(values)


def _silence(rng: Random, tree: dict[str, Tree]) -> None:
    entry = {"code": f"QP{rng.randrange(300, 520)}", "at": rng.choice(_ids(tree)), "reason": "lu et compris"}
    _part(tree, "convention.yaml", "ignore").append(entry)


def _claim(rng: Random, tree: dict[str, Tree]) -> None:
    years = {"first_year": rng.choice((1905, 2022, 2100)), "last_year": rng.choice((1905, 2024, 2100))}
    claim = {"about": rng.choice(_ids(tree)), "where": "rapport", "says": "de 2022 à 2024"}
    _part(tree, "convention.yaml", "claims").append(claim | rng.choice(({}, years)))


def _prove(rng: Random, tree: dict[str, Tree]) -> None:
    holder, key = _slot(
        rng, tree, lambda holder, _: isinstance(holder, list) and holder is tree["journal.yaml"].get("facts")
    )
    file = rng.choice(("journal.yaml", "../x", "/etc/passwd", ".", "absent.pdf", "a" * 300, "\0", "sites.yaml/x"))
    proofs: tuple[dict[str, str], ...] = (
        {"file": file},
        {"file": file, "sha256": rng.choice("0a") * 64},
        {"url": "https://exemple.fr/a"},
        {},
    )
    if isinstance(holder, list) and isinstance(holder[key], dict):
        holder[key]["proof"] = dict(rng.choice(proofs))


_STRUCTURAL: tuple[tuple[Callable[[Random, dict[str, Tree]], None], int], ...] = (
    *((_rename_key, 2), (_replace, 3), (_exchange, 1), (_drop, 2), (_repeat, 2), (_refer, 3), (redate, 4)),
    *(
        (reperiod, 4),
        (redue, 5),
        (_rekind, 2),
        (_nest, 1),
        (add_engagement, 5),
        (_crowd, 1),
        (add_fact, 8),
        (_settle, 3),
        (_silence, 1),
        (_claim, 1),
        (_prove, 2),
    ),
)


def _day(rng: Random) -> date:
    return rng.choice(_FAR_DAYS) if _chance(rng, 0.04) else date(2019, 1, 1) + timedelta(days=rng.randrange(3000))


def _period(rng: Random) -> str:
    return rng.choice(_FAR_PERIODS if _chance(rng, 0.15) else _PERIODS)


_DEEPEST = 2


def _due(rng: Random, ids: Sequence[str], depth: int = 0) -> dict[str, Any]:
    """A due date of any form, counted from anything."""

    def origin() -> object:
        return _day(rng) if _chance(rng, 0.3) else rng.choice(ids)

    match rng.randrange(5 if depth == _DEEPEST else 9):
        case 0:
            return {"on": _day(rng)}
        case 1:
            return {"at_the_latest": _period(rng), "before": origin()}
        case 2:
            return {"at_least": _period(rng), "before": origin()}
        case 3 | 4:
            regime = {"regime": rng.choice(_REGIMES)} if _chance(rng, 0.4) else {}
            readings = {"readings": rng.choices(_REGIMES, k=2)} if _chance(rng, 0.2) else {}
            return {"within": _period(rng), **({"from": origin()} if _chance(rng, 0.9) else {}), **regime, **readings}
        case 5:
            choices = [_due(rng, ids, depth + 1) for _ in range(rng.randint(1, 4))]
            return {rng.choice(("earliest_of", "latest_of")): choices}
        case 6:
            return {"every": _period(rng), "from": origin(), **({"until": origin()} if _chance(rng, 0.4) else {})}
        case 7:
            return {
                "rrule": rng.choice(_RRULES),
                "from": origin(),
                **({"until": origin()} if _chance(rng, 0.4) else {}),
            }
        case _:
            return {"within": _period(rng), "from": _due(rng, ids, depth + 1)}


def _engagement(rng: Random, ids: Sequence[str]) -> dict[str, Any]:
    made: dict[str, Any] = {"id": f"e-{rng.randrange(10**6)}", "title": "Essai", "kind": rng.choice(_KINDS)}
    made["debtors"] = rng.sample(ids, rng.choice((1, 1, 2)))
    optional: dict[str, Callable[[], object]] = {
        "due": lambda: _due(rng, ids),
        "trigger": lambda: rng.choice(ids),
        "sites": lambda: [rng.choice(ids)],
    }
    optional |= {"solidary": lambda: True, "performer": lambda: rng.choice(ids), "creditors": lambda: [rng.choice(ids)]}
    chances = (0.7, 0.3, 0.2, 0.2, 0.1, 0.2)
    return made | {
        key: make() for (key, make), chance in zip(optional.items(), chances, strict=True) if _chance(rng, chance)
    }


def _fact(rng: Random, ids: Sequence[str]) -> dict[str, Any]:
    kind = rng.choice(_FACTS)
    made: dict[str, Any] = {"id": f"f-{rng.randrange(10**6)}", "kind": kind, "on": _day(rng)}
    if kind == "amended":
        return made | {
            "title": "Avenant",
            "signed": _day(rng),
            "changes": [_change(rng, ids) for _ in range(rng.randint(1, 3))],
        }
    key = {"occurred": "event", "voided": "fact"}.get(kind, "engagement")
    made[key] = rng.choice(ids)
    if kind not in {"voided", "amended"} and _chance(rng, 0.4):
        made["by"] = rng.choice(ids)
    if kind == "notified":
        made["cure"] = _period(rng)
    if kind in {"triggered", "occurred"} and _chance(rng, 0.3):
        made["to"] = [rng.choice(ids)]
    if key == "engagement" and kind != "triggered" and _chance(rng, 0.2):
        made["occurrence"] = _day(rng)
    return made


def comment(rng: Random, files: Files) -> None:
    """Comments that silence rules, or try to."""
    name = _file(rng)
    lines = files[name].split(b"\n")
    for _ in range(_few(rng)):
        word = rng.choice(
            ("# qp: ignore[{}] lu et compris", "# qp: ignore[{}]", "# qp: ignore {}", "#qp:ignore[{}, QP304] é")
        )
        code = rng.choice((f"QP{rng.randrange(300, 520)}", "QP304", "QP3", "QP101", "", "x"))
        place = rng.randrange(len(lines))
        lines[place] += f" {word.format(code)}".encode()
    files[name] = b"\n".join(lines)


def _change(rng: Random, ids: Sequence[str]) -> dict[str, Any]:
    target = rng.choice(ids)
    return rng.choice(
        (
            lambda: {"change": "extend", "target": target, "by": _period(rng)},
            lambda: {"change": "due", "target": target, "due": _due(rng, ids)},
            lambda: {"change": "debtors", "target": target, "debtors": [rng.choice(ids)]},
            lambda: {"change": "add", "engagement": _engagement(rng, ids)},
            lambda: {"change": "end", "target": target},
        )
    )()


def sample(rng: Random, seeds: Sequence[Seeds]) -> Files:
    """The files of one sample."""
    origin = rng.choice(seeds)
    level = rng.choices(("bytes", "tokens", "structure"), (3, 3, 4))[0]
    if level != "structure" and _chance(rng, 0.3):
        files = dict(origin.texts)
    else:
        tree = {name: copy(each) for name, each in origin.trees.items()}
        if _chance(rng, 0.95):
            trim(rng, tree)
        if level == "structure":
            mutate_structure(rng, tree)
        files = {name: dump(rng, each) for name, each in tree.items()}
    if _chance(rng, 0.15):
        comment(rng, files)
    if level == "bytes":
        mutate_bytes(rng, files)
    if level == "tokens":
        mutate_tokens(rng, files)
    return files


# --- The whole path ---------------------------------------------------------------------------------------------------


class Problem(NamedTuple):
    """What must not happen: in short, so that the same problem is known again, and in full."""

    short: str
    full: str


class Disagreement(Exception):  # noqa: N818 what a sample shows, not what goes wrong here
    """Something qp promises does not hold."""


def pass_through(folder: Path, *, number: int = 0, everything: bool = False) -> tuple[str, Problem | None]:
    """The outcome of one sample, and the problem it shows, if any."""
    start = time.process_time()
    try:
        outcome = _go(folder, number, everything=everything)
    except Exception as error:  # noqa: BLE001 that is what is looked for
        return "problem", _problem(error)
    if (taken := time.process_time() - start) > LIMIT and not everything:
        return "problem", Problem(f"slow: {outcome}", f"{taken:.1f} s of CPU, then: {outcome}")
    return outcome, None


def _problem(error: Exception) -> Problem:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "qp_cli" in frame.filename]
    last = frames[-1] if frames else traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    detail = str(error).partition("\n")[0][:80] if isinstance(error, Disagreement) else ""
    return Problem(f"{type(error).__name__} at {where} {detail}".strip(), "".join(traceback.format_exception(error)))


def _go(folder: Path, number: int, *, everything: bool) -> str:
    repository = read_repository(folder, Path("data"))
    findings = examine(repository)
    for language in (ENGLISH, FRENCH):
        write_findings(findings, language)
    _check_places(repository, findings)
    if everything or number % ONE_IN == 0:
        commands = COMMANDS if everything else (COMMANDS[number // ONE_IN % len(COMMANDS)],)
        for command in commands:
            _run(command, folder)
    if everything or number % ONE_IN == 1:
        _check_parsers(folder)
    if everything or number % ONE_IN == 2:  # noqa: PLR2004 another one
        _check_fixes(folder, repository)
    errors = [finding.code for finding in findings if finding.severity is Severity.ERROR]
    codes = [code for code in errors if code < FIRST_OF_THE_LAW]
    if codes:
        return {"QP0": "unreadable", "QP1": "not the schema"}.get(min(codes)[:3], "against a rule")
    return _look(repository, number, everything=everything)


def _look(repository: Repository, number: int, *, everything: bool) -> str:
    if repository.convention is None or repository.sites is None or repository.facts is None:
        raise Disagreement("a file declares nothing, and no finding says why")
    try:
        for place, day in enumerate(DAYS):
            situation = assess(repository.convention, repository.sites, repository.facts, day)
            drawings = DRAWINGS if everything else DRAWINGS[(number + place) % len(DRAWINGS) :][:1]
            for drawing, language in drawings if everything or day != DAYS[-1] else ():
                drawing(situation, language)
    except QpError as error:
        for language in (ENGLISH, FRENCH):
            language.text(error.message)
        return "not computable"
    return "assessed"


def _status(situation: Situation, language: Language) -> None:
    draw_status(counts_of(ask_about(situation)), SCREEN, language)


def _deadlines(situation: Situation, language: Language) -> None:
    draw_deadlines(chosen_of(situation, soonest(situation.obligations)), None, SCREEN, language)


def _overdue(situation: Situation, language: Language) -> None:
    late = soonest(one for one in situation.obligations if one.state is State.OVERDUE)
    draw_overdue(chosen_of(situation, late), None, SCREEN, language)


DRAWINGS = tuple((draw, language) for language in (ENGLISH, FRENCH) for draw in (_status, _deadlines, _overdue))
"""What is drawn of a situation; of one sample at the first days, some, in turn."""


def _unexplained() -> str:
    raise Disagreement("a file declares nothing, and no finding says why")


def _check_places(repository: Repository, findings: Sequence[Finding]) -> None:
    lines = {document.path: document.lines for document in repository.documents.values()}
    for code, _, _, span, *_ in findings:
        text = lines.get(span.path, [""])
        fits = 1 <= span.line <= len(text) and 1 <= span.column <= len(text[span.line - 1]) + 1
        if not fits or (span.end_line, span.end_column) < (span.line, span.column):
            raise Disagreement(f"{code} is outside its file")  # noqa: EM102 as TRY003


def _check_parsers(folder: Path) -> None:
    for name in NAMES:
        data = (folder / name).read_bytes()
        compiled, pure = read_document(data, name), read_document(data, name, pure=True)
        if (compiled.root, compiled.findings) != (pure.root, pure.findings):
            raise Disagreement(f"the two parsers read {name} differently")  # noqa: EM102 as TRY003


def _check_fixes(folder: Path, before: Repository) -> None:
    """What `--fix` does to a copy changes no meaning."""
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as temporary:
        for name in NAMES:
            (Path(temporary) / name).write_bytes((folder / name).read_bytes())
        _run(("check", "--fix", "--format", "json"), Path(temporary))
        after = read_repository(Path(temporary), Path("data"))
    for was, is_now in zip(before[3:], after[3:], strict=True):
        if was is not None and was != is_now:
            raise Disagreement("--fix changes what the files say")


def _run(command: Sequence[str], folder: Path) -> None:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    environ = {"QP_DEBUG": "1", "QP_AS_OF": "2026-11-23", "QP_DATA": str(folder)}
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run_command(list(command), environ)
    if code not in {0, 1, 2, 3}:
        raise Disagreement(f"{command[0]} exits with {code}")  # noqa: EM102 as TRY003


def write(folder: Path, files: Files) -> None:
    """The files of a sample, where the path begins."""
    for name, data in files.items():
        (folder / name).write_bytes(data)


def at(seed: int, number: int, seeds: Sequence[Seeds]) -> Files:
    """The sample of a number."""
    return sample(generator(seed, number), seeds)


def generator(seed: int, number: int) -> Random:
    """What decides of a sample: the same for the same numbers."""
    return random.Random(f"{seed}:{number}")  # noqa: S311 samples are to be made again, not secret


# --- One process among several ----------------------------------------------------------------------------------------


class Board:
    """What a process did so far, in a file that outlives it: the number it is at, one count an outcome, the slowest."""

    FORM = struct.Struct(f"<qqq{len(OUTCOMES)}q")

    def __init__(self, path: Path, *, new: bool = False) -> None:
        self.path = path
        if new:
            path.write_bytes(self.FORM.pack(NOT_BEGUN, *[0] * (2 + len(OUTCOMES))))
        with path.open("r+b") as stream:
            self._memory = mmap.mmap(stream.fileno(), self.FORM.size)
        self.load()

    def load(self) -> None:
        """Takes the numbers as they are now."""
        self.number, self.slowest, self.slowest_at, *self.counts = self.FORM.unpack(self._memory[:])

    def save(self) -> None:
        """Puts the numbers where others see them."""
        self._memory[:] = self.FORM.pack(self.number, self.slowest, self.slowest_at, *self.counts)

    def close(self) -> None:
        """Lets go of the file; the numbers stay."""
        self._memory.close()


def work(seed: int, numbers: range, board: Board, log: Path) -> None:
    """Passes every sample of some numbers through; each problem is a line of the log."""
    _limit_memory()
    gc.set_threshold(GARBAGE)
    seeds = [read_seeds(folder) for folder in SEEDS]
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as temporary, log.open("a", encoding="utf-8") as lines:
        folder = Path(temporary)
        for number in numbers:
            board.number = number
            board.save()
            write(folder, at(seed, number, seeds))
            start = time.process_time()
            outcome, problem = pass_through(folder, number=number)
            taken = int((time.process_time() - start) * 1e6)
            if taken > board.slowest:
                board.slowest, board.slowest_at = taken, number
            board.counts[OUTCOMES.index(outcome)] += 1
            if problem:
                lines.write(json.dumps([number, *problem]) + "\n")
                lines.flush()
        board.number = DONE
        board.save()


def _limit_memory() -> None:
    """A sample that would fill the machine fails by itself, where the system can see to it."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


# --- Several processes, and what they found ---------------------------------------------------------------------------


class Worker:
    """A process that takes every n-th sample, started again behind the sample that ended it."""

    def __init__(self, folder: Path, seed: int, numbers: range) -> None:
        self.seed, self.numbers = seed, numbers
        self.board = Board(folder / f"{numbers.start}.board", new=True)
        self.log = folder / f"{numbers.start}.log"
        self.ended: list[tuple[int, Problem]] = []
        self.seen = (NOT_BEGUN, time.monotonic())
        self.process = self._start(numbers.start)

    def _start(self, first: int) -> subprocess.Popen[bytes]:
        self.board.number = NOT_BEGUN
        self.board.save()
        part = f"{self.seed}:{first}:{self.numbers.stop}:{self.numbers.step}"
        return subprocess.Popen([sys.executable, __file__, "--work", part, str(self.board.path), str(self.log)])

    def goes_on(self) -> bool:
        """Whether there is more to wait for; a process that crashed or stands still is replaced."""
        code = self.process.poll()
        self.board.load()
        number = self.board.number
        if code == 0:
            return False
        if number != self.seen[0]:
            self.seen = (number, time.monotonic())
        stands_still = time.monotonic() - self.seen[1] > (START if number == NOT_BEGUN else HANG)
        if code is None and not stands_still:
            return True
        self.process.kill()
        self.process.wait()
        if number < 0:
            sys.exit(f"a process of the fuzzer could not start: exit {code}")
        short = "hang" if code is None else f"crash: exit {code}"
        self.ended.append((number, Problem(short, f"the process was at sample {number}: {short}")))
        if number + self.numbers.step >= self.numbers.stop:
            return False
        self.process, self.seen = self._start(number + self.numbers.step), (NOT_BEGUN, time.monotonic())
        return True

    def stop(self) -> None:
        """Ends the process, if it still runs."""
        self.process.kill()
        self.process.wait()
        self.board.load()
        self.board.close()

    def problems(self) -> Iterator[tuple[int, Problem]]:
        """Each sample that showed one."""
        yield from self.ended
        for line in self.log.read_text("utf-8").splitlines() if self.log.exists() else ():
            number, short, full = json.loads(line)
            yield number, Problem(short, full)


def fuzz(seed: int, count: int, jobs: int, keep: Path | None = None) -> int:
    """Passes samples through in several processes and prints what came of them; how many were a problem."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        workers = [Worker(Path(temporary), seed, range(job, count, jobs)) for job in range(min(jobs, count))]
        try:
            while sum(worker.goes_on() for worker in workers):
                time.sleep(0.1)
        finally:
            for worker in workers:
                worker.stop()
        problems = sorted(found for worker in workers for found in worker.problems())
    boards = [worker.board for worker in workers]
    crashes = sum(len(worker.ended) for worker in workers)
    counts = {name: sum(board.counts[place] for board in boards) for place, name in enumerate(OUTCOMES)}
    counts["problem"] += crashes
    report(seed, problems, keep)
    slowest, number = max((board.slowest, board.slowest_at) for board in boards)
    outcomes = ", ".join(f"{name} {counts[name]}" for name in OUTCOMES)
    taken = f"{time.monotonic() - begun:.0f} s ({jobs} processes)"
    print(f"fuzz: seed {seed}, {sum(counts.values())} samples in {taken}: {outcomes}")
    print(f"fuzz: slowest {slowest / 1e6:.2f} s of CPU (sample {number})")
    return len(problems)


def report(seed: int, problems: Sequence[tuple[int, Problem]], keep: Path | None) -> None:
    """Each different problem once, with its smallest sample in a folder."""
    times = Counter(problem.short for _, problem in problems)
    seeds = [read_seeds(folder) for folder in SEEDS]
    for number, problem in {problem.short: (number, problem) for number, problem in reversed(problems)}.values():
        folder = keep or Path(tempfile.mkdtemp(prefix="qp-fuzz-"))
        folder = folder / f"{seed}-{number}"
        folder.mkdir(parents=True)
        write(folder, smallest(at(seed, number, seeds), problem, number))
        print(f"\nproblem, {times[problem.short]} times: {problem.short}\n{problem.full.rstrip()}")
        print(f"again: python scripts/fuzz.py --seed {seed} --only {number}; small: --replay {folder}\n")


def smallest(files: Files, problem: Problem, number: int, seconds: float = 60) -> Files:
    """The sample without the lines, then the pieces of lines, that its problem does not need."""
    until = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)

        def still(tried: Files) -> bool:
            write(folder, tried)
            return _short(folder, number, problem) == problem.short

        if not still(files):
            return files
        for pattern in (rb"[^\n]*\n?", rb"[^,{}\[\]]+|.", rb"(?s)."):
            for name in NAMES:
                pieces = re.findall(pattern, files[name])
                size = max(len(pieces) // 2, 1)
                while size and len(pieces) < MOST_PIECES:
                    place = 0
                    while place < len(pieces) and time.monotonic() < until:
                        shorter = pieces[:place] + pieces[place + size :]
                        if still({**files, name: b"".join(shorter)}):
                            pieces = shorter
                        else:
                            place += size
                    size //= 2
                if b"".join(pieces) != files[name] and still({**files, name: b"".join(pieces)}):
                    files = {**files, name: b"".join(pieces)}
    return files


def _short(folder: Path, number: int, problem: Problem) -> str:
    """What a sample shows, in a process of its own where it would end this one."""
    if problem.short.startswith(("crash", "hang")):
        command = [sys.executable, __file__, "--replay", str(folder)]
        try:
            code = subprocess.run(command, capture_output=True, check=False, timeout=HANG / 3).returncode
        except subprocess.TimeoutExpired:
            return "hang"
        return f"crash: exit {code}"
    found = pass_through(folder, number=number)[1]
    return found.short if found else ""


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=10_000, help="how many samples")
    parser.add_argument("--seed", type=int, default=1, help="what samples are made from")
    parser.add_argument("--jobs", type=int, default=2, help="how many processes")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where problems are kept (else a temporary folder)")
    parser.add_argument("--only", type=int, metavar="N", help="this sample alone, kept in a folder")
    parser.add_argument("--replay", type=Path, metavar="DIR", help="a folder of files, through every command")
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        seed, *numbers = map(int, options.work[0].split(":"))
        work(seed, range(*numbers), Board(Path(options.work[1])), Path(options.work[2]))
        return 0
    if options.replay or options.only is not None:
        folder = options.replay or Path(tempfile.mkdtemp(prefix="qp-fuzz-"))
        if options.only is not None:
            write(folder, at(options.seed, options.only, [read_seeds(each) for each in SEEDS]))
        outcome, problem = pass_through(folder, number=options.only or 0, everything=options.only is None)
        print(f"{folder}: {outcome}\n{problem.full if problem else ''}".rstrip())
        return 1 if problem else 0
    return 1 if fuzz(options.seed, options.count, options.jobs, options.keep) else 0


if __name__ == "__main__":
    sys.exit(main())
