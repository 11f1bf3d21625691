"""What `qp record` asks at a terminal for what its command line lacks, in the reader's words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qp_cli.app.given_proofs import dropped_path, read_given_proof
from qp_cli.app.readings import read_day_from, read_delay
from qp_cli.app.record_usage import datable_events, nothing_of
from qp_cli.app.recording import ENDINGS, FACT_KINDS, find_fact, read_fact, read_kind, refuse_days_to_come, takes
from qp_cli.cli.prompts import Asking, optional, say_wrapped, something, terminal_width
from qp_cli.cli.record_answers import (
    PARTLY,
    Offered,
    any_day,
    concerned_engagements,
    has_parts,
    occurrence_words,
    picked,
    read_listed,
    read_share,
    read_target,
)
from qp_cli.cli.record_words import DAY_QUESTIONS, KIND_WORDS
from qp_cli.cli.recording import from_here
from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.model.kinds import ALL
from qp_cli.render.visible import visible
from qp_cli.tracking.filters import find_event, find_party, find_site, means_every_engagement
from qp_cli.tracking.summary import OVER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qp_cli.app.given_proofs import GivenProof
    from qp_cli.app.opening import Opened
    from qp_cli.app.typed_command import Typed
    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.tracking.situation import Obligation

_LAST_FACTS = 15
_MOST_OCCURRENCES = 9


class Interview(Asking):
    """Questions about one repository."""

    def __init__(self, typed: Typed, opened: Opened, language: Language) -> None:
        super().__init__(language)
        self.typed = typed
        self.opened = opened
        self.now = opened.situation

    def complete(self, *, whole: bool, dated: bool = False) -> bool:
        """Asks for what `typed` lacks, and puts it there; whether anything was asked.

        When it lacked its kind or target, or the `whole` of it is wanted, what may be left out is offered too; where it
        is to be `dated`, its day is asked for in any case.

        Raises:
            UnansweredError: the answers end, say to stop, or make no sense five times.
            UsageError: there is nothing of that kind to record, or what was typed makes no sense.
        """
        before, offered = self.typed, whole or self.typed == type(self.typed)(kind=self.typed.kind)
        if self.typed.kind is None:
            self._keep(self.typed._replace(kind=self._kind()))
        kind = read_kind(self.typed.kind, self.opened)
        if self.typed.target is None and kind not in ENDINGS:
            offered = True
            self._keep(self.target(self.typed, kind))
        if kind == "amended":
            self.avenant()
        if offered:
            self.details(kind)
        asks_for_proof = offered and kind != "voided"  # what never was has nothing to show
        self._keep(self.proof(self.typed, offered=asks_for_proof, needed=kind == "proof"))
        if dated and self._lacks_day(kind):
            read_fact(self.typed, self.opened)  # what is wrong is said before its day is asked for
            self._dated(kind)
        if kind == "fulfilled":
            self._keep(self._said_by_whom(self.typed))
        if offered and self.typed.note is None:
            note = self.ask(msg("A remark (nothing for none):"), optional(something))
            self._keep(self.typed._replace(note=note))
        return offered or self.typed != before

    def _keep(self, typed: Typed) -> Typed:
        """Keeps what was answered up to here."""
        self.typed = typed
        return typed

    def _kind(self) -> str:
        """What happened: one of the thirteen kinds, of which the repository has something."""
        offered = self.kinds()
        self._show(offered)

        def read(text: str) -> str:
            kind = picked(text, offered, lambda said: read_listed(said, FACT_KINDS))
            if kind not in ENDINGS and not self._offered(kind):
                raise nothing_of(kind)
            return kind

        return self.ask(msg("What happened?"), read)

    def _offered(self, kind: str) -> list[Offered]:
        """What a kind of fact can be about."""
        if kind == "occurred":
            return [Offered(event.id, event.title) for event in datable_events(self.now)]
        return self._facts(kind) if kind in {"voided", "proof"} else concerned_engagements(self.now, kind)

    def pick(self, question: Message, offered: Sequence[Offered], read: Callable[[str], str]) -> str:
        """One of what is offered: by its number, its name, its title, or a part of its title that no other has."""
        self._show(offered)
        return self.ask(question, lambda text: picked(text, offered, read))

    def pick_one_or_none(self, question: Message, offered: Sequence[Offered], read: Callable[[str], str]) -> str | None:
        """The same; None where nothing is answered."""
        self._show(offered)
        return self.ask(question, optional(lambda text: picked(text, offered, read)))

    def pick_some(
        self, question: Message, offered: Sequence[Offered], read: Callable[[str], str], *, needed: bool = False
    ) -> tuple[str, ...]:
        """The same, several of them separated by commas; none where nothing is answered and nothing needed."""
        self._show(offered)

        def several(text: str) -> tuple[str, ...]:
            parts = (part.strip() for part in (something(text) if needed else text).split(","))
            return tuple(dict.fromkeys(picked(part, offered, read) for part in parts if part))

        return self.ask(question, several)

    def _show(self, offered: Sequence[Offered]) -> None:
        """What can be answered, numbered: what people call it, then its name where that takes no line more."""
        for number, one in enumerate(offered, 1):
            title, prefix = visible(one.title or one.name), f"{number:4}  "
            both = self.language.text(msg("{title} ({id})", title=title, id=one.name))
            alone = one.is_said or not one.title or len(prefix + both) > terminal_width() >= len(prefix + title)
            say_wrapped(prefix, title if alone else both)

    def kinds(self) -> list[Offered]:
        """The thirteen kinds with their words."""
        return [Offered(kind, self.language.text(KIND_WORDS[kind])) for kind in FACT_KINDS]

    def target(self, typed: Typed, kind: str) -> Typed:
        """What a kind of fact is about: for a suspension or a resumption, several engagements, or all.

        Raises:
            UsageError: the repository has nothing that it could be about.
        """
        now, offered = self.now, self._offered(kind)
        if not offered:
            raise nothing_of(kind)
        if kind == "occurred":
            return typed._replace(target=self.pick(msg("Which event?"), offered, partial(find_event, now)))
        if kind in {"voided", "proof"}:
            read = partial(find_fact, self.opened, kind=kind)
            return typed._replace(target=self.pick(msg("Which fact?"), offered, read))
        if not takes(kind, "term"):
            read = partial(read_target, now)
            return typed._replace(target=self.pick(msg("Which engagement?"), offered, read))
        every = Offered(ALL, self.language.text(msg("every engagement")))
        question = msg("Which engagement? (several: 1, 3)")

        def some(text: str) -> str:
            return ALL if means_every_engagement(now, text) else read_target(now, text)

        first, *more = self.pick_some(question, [*offered, every], some, needed=True)
        return typed._replace(target=first, more=tuple(more))

    def _facts(self, kind: str) -> list[Offered]:
        """The last facts that are not cancelled, newest first; for a proof, those that something can show."""
        from qp_cli.render.journal import FactNames, target
        from qp_cli.render.wording import FACTS
        from qp_cli.tracking.journal import cancellations

        cancelled, names = cancellations(self.opened.facts), FactNames(self.now)
        silent = {"voided", "proof"} if kind == "proof" else {"voided"}
        found: list[Offered] = []
        for fact in reversed(self.opened.facts):
            if fact.id not in cancelled and fact.kind not in silent:
                name, title = target(names, fact)
                words = msg("{kind}, {day}", kind=FACTS[fact.kind], day=self.language.short_day(fact.on).strip())
                about = msg("{label}: {text}", label=words, text=title or name)
                found.append(Offered(fact.id, self.language.text(about)))
        return found[:_LAST_FACTS]

    def avenant(self) -> None:
        """What every avenant has: a title, and one change."""
        if not self.typed.title:
            self._keep(self.typed._replace(title=self.ask(msg("Its title:"), something)))
        if not (self.typed.extend or self.typed.due_on or self.typed.end or self.typed.to):
            self._keep(self._change(self.typed))

    def _change(self, typed: Typed) -> Typed:
        """What an avenant changes."""
        ways = [
            Offered("extend", self.language.text(msg("a longer period, counted from the same origin"))),
            Offered("due-on", self.language.text(msg("another date"))),
            Offered("end", self.language.text(msg("no longer owed"))),
            Offered("to", self.language.text(msg("owed by others from then on"))),
        ]
        names = [one.name for one in ways]
        match self.pick(msg("What does it change?"), ways, lambda text: read_listed(text, names)):
            case "extend":
                return typed._replace(extend=self.ask(msg("Longer by (12 months…):"), read_delay))
            case "due-on":
                return typed._replace(due_on=self.ask(msg("The new date:"), any_day))
            case "to":
                parties = [Offered(each.id, each.name) for each in self.now.directory.parties.values()]
                read = partial(find_party, self.now)
                return typed._replace(to=self.pick_some(msg("Who owes it then?"), parties, read, needed=True))
            case _:
                return typed._replace(end=True)

    def details(self, kind: str) -> None:
        """What may be left out of a fact, as far as its kind and target leave a choice."""
        if self._lacks_day(kind):
            self._dated(kind)
        if kind == "amended":  # what part of it an avenant changes is said by options alone
            return
        typed = self._keep(self._people(self.typed, kind))
        owed = self._owed(typed)
        typed = self._keep(self._sites(typed, kind, owed))
        typed = self._keep(self._occurrence(typed, kind, owed))
        if kind == "fulfilled" and not typed.part and not typed.partly and has_parts(owed):
            question = msg("Which share of it? (1/3, 30 %, in part; nothing for all of it)")
            share = self.ask(question, optional(read_share))
            self._keep(typed._replace(partly=True) if share == PARTLY else typed._replace(part=share))
        if kind == "notified" and typed.cure is None:
            question = msg("Time given to put things right (1 month…; nothing for none):")
            self._keep(typed._replace(cure=self.ask(question, optional(read_delay))))
        if kind == "terminated" and not typed.notice and not typed.effect:
            question = msg("The notice given (3 months…; nothing for none):")
            self._keep(typed._replace(notice=self.ask(question, optional(read_delay))))

    def _lacks_day(self, kind: str) -> bool:
        return self.typed.on is None and self.typed.signed is None and kind != "voided"  # what never was has no day

    def _dated(self, kind: str) -> None:
        """Asks for the day of a fact, today where nothing is answered."""
        question = DAY_QUESTIONS.get(kind, msg("On which day?"))
        self._keep(self.typed._replace(on=self.ask(question, self._day, self.language.day(self.now.as_of))))

    def _day(self, text: str) -> str:
        """A day, as a file writes it, that is not to come."""
        day = read_day_from(text, self.now.as_of)
        refuse_days_to_come(self.now.as_of, day)
        return day.isoformat()

    def _people(self, typed: Typed, kind: str) -> Typed:
        """Who performs, is concerned or ends the convention, where that could be several; who is asked."""

        def read(text: str) -> str:
            return find_party(self.now, text)

        if typed.by is not None or typed.to or kind == "occurred" or not takes(kind, "by"):
            return typed._replace(by=read(typed.by)) if typed.by else typed
        parties = list(self._denouncing() if kind in ENDINGS else self._debtors(typed))
        if kind == "fulfilled" and self._former(typed):
            return self._said_by_whom(typed)
        if kind == "denounced":
            return typed._replace(by=self.pick(msg("By whom?"), parties, read))
        if len(parties) < 2:  # noqa: PLR2004 - no choice
            return typed
        if kind == "triggered":
            question = msg("Of whom is it asked? (several: 1, 3; nothing for all)")
            return typed._replace(to=self.pick_some(question, parties, read))
        question = msg("Which debtor? (nothing for all)")
        if kind == "fulfilled" or kind in ENDINGS:
            question = msg("By whom? (nothing for all)")
        return typed._replace(by=self.pick_one_or_none(question, parties, read))

    def _said_by_whom(self, typed: Typed) -> Typed:
        """Who performed, of an engagement that was handed over while something of it was still owed."""
        former = self._former(typed)
        if typed.by is not None or typed.occurrence is not None or not former:
            return typed
        parties = [*self._debtors(typed), *former]
        return typed._replace(by=self.pick(msg("By whom?"), parties, partial(find_party, self.now)))

    def _former(self, typed: Typed) -> list[Offered]:
        """Those who still owe something of an engagement that they handed over."""
        current = {one.name for one in self._debtors(typed)}
        owing = [one.debtor.parties for one in self._owed(typed) if one.state not in OVER]
        names = dict.fromkeys(party for parties in owing for party in parties if current and party not in current)
        return [Offered(party, self.now.directory.label(party)) for party in names]

    def _debtors(self, typed: Typed) -> Iterator[Offered]:
        """Who owes the engagement, unless the target already names one of them."""
        for engagement in self.now.convention.engagements:
            if engagement.id == typed.target and not typed.more:
                for debtor in self.now.directory.debtors(engagement):
                    for party in debtor.parties:
                        yield Offered(party, self.now.directory.label(party))

    def _denouncing(self) -> Iterator[Offered]:
        """Who can end the convention, or refuse that it be renewed."""
        from qp_cli.tracking.denunciation import denouncing

        for party in denouncing(self.now.convention, self.now.directory):
            yield Offered(party, self.now.directory.label(party))

    def _owed(self, typed: Typed) -> list[Obligation]:
        """The obligations of the engagement, or of the one debtor, that the fact is about; none of several."""
        if typed.more:
            return []
        own = [one for one in self.now.obligations if one.engagement.id == typed.target]
        return [one for one in own if typed.by is None or typed.by in one.debtor.parties]

    def _sites(self, typed: Typed, kind: str, owed: Sequence[Obligation]) -> Typed:
        """Where, if it is owed at several places."""

        def read(text: str) -> str:
            return find_site(self.now, text)

        if typed.site:
            return typed._replace(site=tuple(map(read, typed.site)))
        there = {site for one in owed for site in one.sites}
        sites = [Offered(site.id, site.name) for site in self.now.sites if site.id in there]
        if not takes(kind, "site") or len(sites) < 2:  # noqa: PLR2004 - no choice
            return typed
        return typed._replace(site=self.pick_some(msg("Where? (several: 1, 3; nothing for everywhere)"), sites, read))

    def _occurrence(self, typed: Typed, kind: str, owed: Sequence[Obligation]) -> Typed:
        """Which one of a series, or the answer to which request."""
        from qp_cli.app.named_obligations import occurrence_key, occurrence_named

        wanted = [one for one in owed if not typed.site or set(one.sites) & set(typed.site)]
        keys = {occurrence_key(one): one for one in reversed(wanted) if one.deadline.occurrence}
        if typed.occurrence is not None or not takes(kind, "occurrence") or len(keys) < 2:  # noqa: PLR2004 - no choice
            return typed
        standing = [each for each in sorted(keys) if not keys[each].standing.fulfilled_on] or sorted(keys)
        days = [each.partition("~")[0] for each in keys]

        def name(each: str) -> str:
            """What is typed for one of them: of several requests of one day, its id."""
            return keys[each].request or each if days.count(each.partition("~")[0]) > 1 else each

        offered = [
            Offered(name(each), self.language.text(occurrence_words(keys[each])), is_said=True)
            for each in standing[:_MOST_OCCURRENCES]
        ]

        def read(text: str) -> str:
            occurrence_named(wanted, text)
            return text

        question = _which(kind, on_request=any(one.request for one in keys.values()))
        return typed._replace(occurrence=self.pick_one_or_none(question, offered, read))

    def proof(self, typed: Typed, *, offered: bool, needed: bool) -> Typed:
        """What shows the fact; a file from elsewhere is copied if the reader agrees.

        Raises:
            UsageError: it is none, or is not to be copied.
        """
        if typed.proof is not None:
            return typed if typed.copy_proof else self._agreed(typed, self._given(typed.proof))
        if not needed and not offered:
            return typed
        question = msg("The proof, a file or a web address:")
        if not needed:
            question = msg("A proof, a file or a web address (nothing for none):")

        def read(text: str) -> tuple[str, GivenProof] | None:
            path = dropped_path(text)
            return (path, self._given(path)) if text or needed else None

        found = self.ask(question, read)
        return self._agreed(typed._replace(proof=found[0]), found[1]) if found else typed

    def _given(self, text: str) -> GivenProof:
        return read_given_proof(something(text), self.opened.folder, self.opened.facts, copies=True)

    def _agreed(self, typed: Typed, given: GivenProof) -> Typed:
        """The same with the copy that the proof takes, if the reader agrees."""
        if given.copy is None:
            return typed
        file = from_here(self.opened.folder / given.copy.name)
        question = msg("It is outside the repository: copy it to {file}?", file=file)
        if given.copy.is_there:
            question = msg("The repository holds the same file: name {file} as the proof?", file=file)
        if self.confirms(question):
            return typed._replace(copy_proof=True)
        raise UsageError(msg("A proof stands in the repository: nothing was recorded."))


def _which(kind: str, *, on_request: bool) -> Message:
    """The question for one of a series, or of requests; nothing answered means the oldest, or all."""
    if kind == "fulfilled":
        if on_request:
            return msg("Which request? (nothing for the oldest still owed)")
        return msg("Which one of the series? (nothing for the oldest still owed)")
    return msg("Which request? (nothing for all)") if on_request else msg("Which one of the series? (nothing for all)")
