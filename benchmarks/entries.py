"""As many made-up entries as a portfolio has engagements and facts, in the files that the peers read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from peers import Entry
from portfolio.words import DETAILS, TOPICS, VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRST_DAY = dt.date(2018, 1, 1)
DAYS = 3000
ACCOUNTS = 435
KINDS = ("open", "met")


def entries(count: int) -> Iterator[Entry]:
    """Entries with titles as long as an engagement's, spread over eight years."""
    for n in range(1, count + 1):
        verb, topic, detail = VERBS[n % len(VERBS)], TOPICS[n % len(TOPICS)][1], DETAILS[n // 7 % len(DETAILS)]
        yield Entry(n, f"Fictif {n} {verb} {topic} {detail}".rstrip(), FIRST_DAY + dt.timedelta(days=n * DAYS // count))


def write_ledger(path: Path, count: int) -> None:
    """A journal for hledger: a transaction an entry, two postings and a comment each."""
    with path.open("w", encoding="utf-8") as file:
        for n, title, day in entries(count):
            place = n % ACCOUNTS
            file.write(
                f"{day} * {title}  ; clause: art. {n % 12}\n"
                f"    obligations:territoire {place:03}:{KINDS[n % 2]}    1 OBL\n"
                f"    engagements:territoire {place:03}\n\n"
            )


def write_beans(path: Path, count: int) -> None:
    """The same for beancount, which wants its accounts opened."""
    with path.open("w", encoding="utf-8") as file:
        for place in range(ACCOUNTS):
            names = (f"Equity:Territoire{place:03}", *(f"Assets:Territoire{place:03}:{kind.title()}" for kind in KINDS))
            file.writelines(f"{FIRST_DAY} open {name}\n" for name in names)
        for n, title, day in entries(count):
            place = n % ACCOUNTS
            file.write(
                f'\n{day} * "{title}"\n'
                f'  clause: "art. {n % 12}"\n'
                f"  Assets:Territoire{place:03}:{KINDS[n % 2].title()}  1 OBL\n"
                f"  Equity:Territoire{place:03}\n"
            )
