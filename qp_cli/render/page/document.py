"""The page: conventions at a day as one self-contained HTML document, for a meeting or a file."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from qp_cli.messages import Message, msg, msgs
from qp_cli.render.amounts import sum_words
from qp_cli.render.findings.text import write_summary
from qp_cli.render.headings import HEADINGS, approval_remarks, group_name
from qp_cli.render.journal import journal_words, title
from qp_cli.render.language import Language
from qp_cli.render.naming import answering_words
from qp_cli.render.page.obligations import Listings
from qp_cli.render.page.sections import (
    anchors_of,
    show_journal,
    show_matrix,
    show_term,
    show_term_among_others,
)
from qp_cli.render.page.values import Member, OneConvention, Page, SeveralConventions
from qp_cli.render.page.words import fixed_words, severity_sign
from qp_cli.render.people_and_places import contact_words, describe
from qp_cli.render.status import national_words, option_words, other_words
from qp_cli.render.timeline.svg import draw_svg
from qp_cli.render.visible import visible
from qp_cli.render.wording import FACTS
from qp_cli.tracking.amounts import amount_sums
from qp_cli.tracking.filters import Choice, Chooser
from qp_cli.tracking.log import Filter, log_entries
from qp_cli.tracking.portfolio import (
    Census,
    Counter,
    Listed,
    SharedParties,
    convention_ref,
    counted_columns,
    party_tallies,
)
from qp_cli.tracking.timeline import timeline_of
from qp_cli.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from jinja2 import Environment

    from qp_cli.app.check_result import Checked
    from qp_cli.findings import Related, Span
    from qp_cli.render.language import Code
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.portfolio import ConventionRef, Grouping, Tally
    from qp_cli.tracking.situation import Situation

_PACKAGE = "qp_cli.render.page"
_POLICY = "default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'"


def draw_page(
    ledger: Ledger,
    checked: Checked,
    language: Language,
    *,
    party: str | None = None,
    notes: Sequence[Message] = (),
    contacts: bool = False,
) -> str:
    """A convention at a day as one HTML document: the same bytes for the same arguments.

    Args:
        ledger: the convention, its facts and its day.
        checked: what the check of its files found.
        language: the reader's.
        party: the id of the one party, organ, group or role that the page is about; of all when there is none.
        notes: what else is to be said of where the files come from.
        contacts: whether those who follow it are named, which a public page leaves out.

    Raises:
        UsageError: a party that nobody knows.
    """
    view = _View(SharedParties(), language, party, checked=checked, contacts=contacts)
    return _draw(view.page([ledger], ledger.situation.as_of, lambda: notes), language)


def draw_portfolio(
    ledgers: Iterable[Ledger],
    register: SharedParties,
    as_of: date,
    language: Language,
    *,
    party: str | None = None,
    grouping: Grouping | None = None,
    notes: Callable[[], Sequence[Message]] = tuple,
) -> str:
    """Several conventions at a day as one HTML document: the same bytes for the same arguments.

    Args:
        ledgers: the conventions, each with its facts; taken one at a time, once.
        register: the parties that they share.
        as_of: their day.
        language: the reader's.
        party: any name of the one party, organ, group or role that the page is about; of all when there is none.
        grouping: what the obligations are counted by too.
        notes: what else is to be said, asked for once every convention was read.

    Raises:
        UsageError: a party that none of them knows.
    """
    view = _View(register, language, party, grouping=grouping)
    return _draw(view.page(ledgers, as_of, notes), language)


class _View:
    """What is gathered while conventions go by, each looked at once and let go: one whole, or several side by side.

    Of a party, only what concerns it. Several are counted; of one, of which its files were `checked`, all is shown.
    """

    def __init__(
        self,
        register: SharedParties,
        language: Language,
        party: str | None,
        *,
        grouping: Grouping | None = None,
        checked: Checked | None = None,
        contacts: bool = False,
    ) -> None:
        self._register = register
        self._language = language
        self._party = party or ""
        self._grouping = grouping
        self._checked = checked
        self._contacts = contacts
        self._chooser = Chooser(Choice(parties=(party,) if party else ()), register)
        self._listings = Listings(language, self._party, several=checked is None)
        self._census, self._counter = Census(register), Counter()
        self._members: list[Member] = []
        self._aside = 0
        self._wanted: set[str] = set()
        self._called = ""
        self._only: Situation | None = None
        self._body: OneConvention | None = None

    def page(self, ledgers: Iterable[Ledger], as_of: date, notes: Callable[[], Sequence[Message]]) -> Page:
        """All that the page shows; `notes` is asked once the conventions have gone by.

        Raises:
            UsageError: a party that none of them knows.
        """
        for ledger in ledgers:
            self._add(ledger)
        self._chooser.confirm()
        label = visible(self._register.label(self._party) or self._called or self._party)
        only, count = self._only, msgs("{count} convention", "{count} conventions", count=len(self._members))
        called = title(only) if only else count
        return Page(
            language=self._language.code,
            title=msg("{title}: what concerns {party}", title=called, party=label) if self._party else called,
            heading=only.convention.title if only else count,
            party=msg("Only what concerns {party}", party=label) if self._party else None,
            day=as_of,
            warnings=(
                *(approval_remarks(only) if only else ()),
                *answering_words(self._chooser.answering, self._language),
                *notes(),
            ),
            people=tuple(self._people()),
            listings=self._listings.listings(),
            words=fixed_words(several=only is None),
            body=self._body or self._several(label),
        )

    def _people(self) -> Iterator[Tally]:
        """The counts of legal persons, or of those that the party asked for stands for; of several, of shared ones."""
        if self._only is None:
            yield from (each for each in self._census.shared if self._is_wanted(each.group.key))
            return
        home = convention_ref(self._only)
        for row in party_tallies(self._only):
            if self._is_wanted(self._register.person(home, row.group.key).key):
                yield row

    def _is_wanted(self, person: str) -> bool:
        return not self._party or person in self._wanted

    def _add(self, ledger: Ledger) -> None:
        """One convention more; among several, set aside where nothing in it concerns the party asked for."""
        chosen = tuple(self._chooser.choose(ledger.situation))
        if self._checked is None and self._party and not chosen:
            self._aside += 1
            return
        narrowed = ledger._replace(situation=ledger.situation._replace(obligations=chosen))
        home = self._census.add(narrowed.situation)
        self._want(home, narrowed.situation)
        anchors: dict[str, str] = {}
        if self._checked is not None:
            anchors = self._show(ledger, narrowed, self._checked)
        else:
            self._count(narrowed.situation, home)
        self._listings.add(home, narrowed, anchors)

    def _want(self, home: ConventionRef, situation: Situation) -> None:
        """Keeps the legal persons that the party asked for stands for in this convention."""
        for name in self._chooser.parties(situation):
            members = situation.directory.members(name)
            self._called = self._called or situation.directory.label(name)
            self._wanted |= {self._register.person(home, member).key for member in members}

    def _count(self, situation: Situation, home: ConventionRef) -> None:
        """One convention among several."""
        if self._grouping:
            for one in situation.obligations:
                self._counter.count(Listed(home, one), self._grouping, self._register)
        convention = situation.convention.title
        called = (*((convention,) if convention != home.label else ()), home.id)
        self._members.append(Member(home.id, home.label, called, show_term_among_others(situation, self._language)))

    def _several(self, label: str) -> SeveralConventions:
        aside = msgs(
            "In {count} other convention, nothing concerns {party}.",
            "In {count} other conventions, nothing concerns {party}.",
            count=self._aside,
            party=label,
        )
        return SeveralConventions(
            members=tuple(
                member._replace(tally=tally)
                for member, tally in zip(self._members, self._census.conventions, strict=True)
            ),
            said=(aside,) if self._aside else (),
            total=self._census.total,
            grouped_by=HEADINGS[self._grouping] if self._grouping else None,
            groups=tuple(self._counter.tallies()),
        )

    def _show(self, ledger: Ledger, narrowed: Ledger, checked: Checked) -> dict[str, str]:
        """All there is to say of the one convention; where the page shows each fact of its journal.

        Raises:
            UsageError: a party that nobody knows.
        """
        situation, language = narrowed.situation, self._language
        names = (self._party,) if self._party else ()
        entries = log_entries(ledger.situation, ledger.signed, ledger.facts, Filter(parties=names))
        said = [words(situation, language) for words in (other_words, option_words)]
        said += national_words(situation, language)
        said += contact_words(situation, language) if self._contacts else ()
        said += (sum_words(each, situation, language) for each in amount_sums(situation))
        drawn = bool(situation.obligations or ledger.facts)
        self._only = situation
        self._body = OneConvention(
            territory=situation.convention.territory or "",
            term=show_term(narrowed, language),
            people_said=tuple(filter(None, said)),
            timeline=draw_svg(timeline_of(ledger, situation.obligations), language) if drawn else "",
            matrix=show_matrix(situation, language),
            sites=tuple(situation.sites),
            journal_said=tuple(journal_words(situation, entries, ledger.facts, language)),
            journal=show_journal(situation, entries, language),
            checked=checked,
        )
        return anchors_of(entries)


def _draw(page: Page, language: Language) -> str:
    """The page as text: the style and the script are allowed by their fingerprints alone."""
    name = "page.html" if isinstance(page.body, OneConvention) else "portfolio.html"
    style, script = _asset("style.css") + _asset("timeline.css"), _asset("script.js")
    policy = _POLICY.format(style=_fingerprint(style), script=_fingerprint(script))
    template = _environment(language.code).get_template(name)
    return template.render(
        page=page,
        body=page.body,
        words=page.words,
        on=msg("On {day}", day=language.full_day(page.day)),
        made_by=msg("Made by qp {version}.", version=__version__),
        style=style,
        script=script,
        policy=policy,
    )


@cache
def _environment(code: Code) -> Environment:
    """The templates of the page in a language: everything is escaped, and a name they do not know is an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    language = Language(code)
    environment = Environment(
        loader=FunctionLoader(lambda name: _asset(f"templates/{name}")),
        autoescape=True,
        finalize=_finisher(language),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "full": language.full_day,
        "short": lambda day: " ".join(language.dated(day).split()),
        "plain": lambda day: language.short_day(day).strip(),
        "figure": lambda number: language.number(number) if number else "·",
        "number": language.number,
        "fact_kind": FACTS.__getitem__,
        "severity": severity_sign,
        "spot": _spot,
        "other_place": lambda each: msg("{label}: {text}", label=_place(each), text=each.message),
        "site_words": describe,
        "counted_columns": counted_columns,
        "group_name": lambda group: group_name(group, language),
        "summary": lambda checked: write_summary(checked, language),
    }
    return environment


def _finisher(language: Language) -> Callable[[object], object]:
    """What puts each value that a template shows into words: nothing in a text is invisible."""

    def finish(value: object) -> object:
        match value:
            case Message():
                return language.text(value)
            case date():
                return value.isoformat()
            case str() if not hasattr(value, "__html__"):
                return visible(value)
            case _:
                return value

    return finish


def _place(related: Related) -> str:
    return f"{visible(related.span.path)}{_spot(related.span)}"


def _spot(span: Span) -> str:
    return f":{span.line}:{span.column}"


@cache
def _asset(name: str) -> str:
    """One file of the page, its lines ended alike on every system."""
    from importlib.resources import files

    return files(_PACKAGE).joinpath(*name.split("/")).read_text("utf-8").replace("\r\n", "\n")


def _fingerprint(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
