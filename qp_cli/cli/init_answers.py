"""From what was typed to a new repository: answers read, tried with qp's own rules, and what is still missing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from qp_cli.app.readings import names_day, read_choice, read_delay, read_period
from qp_cli.choices import chosen, rhythm
from qp_cli.errors import UsageError, unknown
from qp_cli.findings import Severity
from qp_cli.init.convention import BLANK, PARTY_ID, QUARTIERS, TEMPLATES, Founding, Owed, make_id
from qp_cli.law.typed_days import read_day
from qp_cli.messages import Message, msg
from qp_cli.names import key, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from qp_cli.findings import Finding
    from qp_cli.model.convention import Convention
    from qp_cli.render.language import Language


_Read = TypeVar("_Read")
_FIELDS = 5
_SOURCE = re.compile(r"[A-Za-z0-9./][A-Za-z0-9._~:/@=<>!#&?,+%\[\]-]*")
_EXAMPLE = "git+https://…/qp.git@v1.0.0"


TEMPLATE_WORDS = {QUARTIERS: msg("quartiers-productifs"), BLANK: msg("blank")}
"""The words for what a repository starts from."""


def read_template(text: str) -> str:
    """One of the templates."""
    return read_choice(text, TEMPLATES, "--template", TEMPLATE_WORDS.__getitem__)


def read_zone(text: str) -> str:
    """A zone of public holidays."""
    from qp_cli.law.zones import Zone

    def called(name: str) -> Message:
        return Message(Zone(name).label, {})

    return read_choice(text, [zone.value for zone in Zone], "--zone", called)


def read_term(text: str) -> date | str:
    """A last day where a day is written, else a length."""
    return read_day(text) if names_day(text) else read_delay(text)


def read_partner(text: str) -> str:
    """The id of a partner, by id or name.

    Raises:
        UsageError: none has that name.
    """
    from qp_cli.init.convention import partners

    known = partners()
    for name, title in known:
        if key(text) in {key(name), key(title)}:
            return name
    problem = msg("No party, group or role is called “{name}”.", name=shown(text))
    raise unknown(problem, text, [name for name, _ in known])


def read_source(text: str | None) -> str | None:
    """What pip installs: one word that neither a shell, nor pip, nor a CI can take for something else.

    Raises:
        UsageError: it is none.
    """
    if text is not None and not _SOURCE.fullmatch(text):
        problem = msg(
            "--qp-source: “{text}” is not one word for pip, as in {example}", text=shown(text), example=_EXAMPLE
        )
        raise UsageError(problem)
    return text


def read_debtors(text: str, parties: Sequence[str]) -> tuple[str, ...]:
    """Parties by name or id, several separated by commas.

    Raises:
        UsageError: one of them is none of the parties.
    """
    found: list[str] = []
    for word in [text] if key(text) in map(key, parties) else text.split(","):
        names = [each for each in parties if key(word) in {key(each), key(make_id(each, PARTY_ID))}]
        if not names:
            raise unknown(msg("No party, group or role is called “{name}”.", name=shown(word.strip())), word, parties)
        found += names[:1]
    return tuple(dict.fromkeys(found))


def read_due(text: str, kind: str) -> date | str | None:
    """When an engagement of a kind is due; None for an empty text.

    Raises:
        UsageError: it is neither a day nor a length, or the kind has no such date.
    """
    text = text.strip()
    match kind:
        case "recurring" if not text:
            raise UsageError(msg("What comes back needs how often: “1 an”, “3 mois”, P1Y, P3M"))
        case "recurring":
            return read_period(text)
        case _ if not text:
            return None
        case "one-off":
            return read_term(text)
        case "on-request":
            return read_delay(text)
        case _:
            raise UsageError(msg("{option} does not go with {kind}.", option=shown(text), kind=kind))


def read_owed(given: str | Owed, parties: Sequence[str]) -> Owed:
    """An engagement as the interview made it, or as one option writes it."""
    if isinstance(given, Owed):
        return given
    fields = [each.strip() for each in given.split(";")]
    if len(fields) != _FIELDS or not all((*fields[:3], fields[4])):
        form = msg("TITLE; PARTY; KIND; DUE; CLAUSE")
        raise UsageError(msg("--engagement: write “{form}”, not “{text}”", form=form, text=shown(given)))
    title, debtors, kind, due, clause = fields
    of = msg("--engagement “{title}”", title=shown(title))
    kind = _read_part(msg("{engagement}, KIND", engagement=of), _read_kind, kind)
    named = _read_part(msg("{engagement}, PARTY", engagement=of), lambda text: read_debtors(text, parties), debtors)
    term = _read_part(msg("{engagement}, DUE", engagement=of), lambda text: read_due(text, kind), due)
    return Owed(title, clause, named, kind, term)


def answered_options(typed: TypedAnswers) -> dict[str, object]:
    """The options of `qp init` that say what was typed and answered, by their names."""
    return {**typed._asdict(), "engagement": [_written(each) for each in typed.engagement]}


def _written(given: str | Owed) -> str:
    """An engagement as one option writes it."""
    if isinstance(given, str):
        return given
    debtors = ",".join(make_id(each, PARTY_ID) for each in given.debtors)
    return "; ".join((given.title, debtors, given.kind, str(given.due or ""), given.clause))


def _read_part(part: Message, read: Callable[[str], _Read], text: str) -> _Read:
    """One part of an engagement; what is wrong with it is said after its name."""
    try:
        return read(text)
    except UsageError as error:
        raise UsageError(msg("{option}: {problem}", option=part, problem=error.message)) from error


def _read_kind(text: str) -> str:
    from qp_cli.model.kinds import Kind

    kind = chosen(text, [each.value for each in Kind])
    if kind:
        return kind
    problem = msg("“{text}” is no kind.", text=shown(text))
    if period := rhythm(text):
        raise UsageError(msg("{problem} Write recurring, and {period} as DUE.", problem=problem, period=period))
    raise unknown(problem, text, [each.value for each in Kind])


_ONLY: dict[str, frozenset[str]] = {
    QUARTIERS: frozenset({"epci", "prefet", "chef_de_file", "signed"}),
    BLANK: frozenset({"party", "engagement", "event", "term_clause"}),
}
"""The options that go with one template alone."""
_NEEDED: dict[str, tuple[str, ...]] = {
    QUARTIERS: ("territory", "epci", "prefet", "chef_de_file"),
    BLANK: ("title", "party"),
}
_TOLD = ("QP3", "QP216")
"""The warnings that say something of the law, or that no engagement is written yet: no reason to ask again."""


class TypedAnswers(NamedTuple):
    """The command line of `qp init`, as it was typed; None or nothing where it says nothing."""

    template: str | None = None
    id: str | None = None
    title: str | None = None
    territory: str | None = None
    zone: str | None = None
    origin: str | None = None
    event: str | None = None
    signed: str | None = None
    term: str | None = None
    term_clause: str | None = None
    party: tuple[str, ...] = ()
    engagement: tuple[str | Owed, ...] = ()
    epci: str | None = None
    prefet: str | None = None
    chef_de_file: str | None = None


def missing_answers(typed: TypedAnswers) -> list[str]:
    """The options that nothing can be written without and that were not given."""
    return ["--template"] if typed.template is None else _missing_for(typed, typed.template)


def missing_options(typed: TypedAnswers) -> Message | None:
    """All that is missing, said at once: for either template where none was chosen and none is meant."""
    if typed.template is not None:
        lacking = _missing_for(typed, typed.template)
        return msg("Missing: {names}", names=", ".join(lacking)) if lacking else None
    meant = [template for template in TEMPLATES if any(getattr(typed, name) for name in _ONLY[template])] or TEMPLATES
    ways = [" ".join((f"--template {each}", *_missing_for(typed, each))) for each in meant]
    if len(ways) == 1:
        return msg("Missing: {names}", names=ways[0])
    return msg("Missing: {names}", names=msg("{one}, or {other}", one=ways[0], other=ways[1]))


def _missing_for(typed: TypedAnswers, template: str) -> list[str]:
    """The options that a template cannot do without and that were not given."""
    needed = list(_NEEDED[template])
    is_recurring = any(_is_recurring(each) for each in typed.engagement)
    if template == BLANK and is_recurring:
        needed.append("term")
    if template == BLANK and (typed.term or is_recurring):
        needed.append("term_clause")
    return [_option(name) for name in needed if not getattr(typed, name)]


def _is_recurring(given: str | Owed) -> bool:
    """Whether an engagement comes back, as far as it can be read."""
    if isinstance(given, Owed):
        return given.kind == "recurring"
    fields = given.split(";")
    return len(fields) == _FIELDS and bool(fields[3].strip() and chosen(fields[2].strip(), ["recurring"]))


def read_founding(typed: TypedAnswers, language: Language) -> Founding:
    """What a repository starts from; what is still missing has a stand-in.

    Raises:
        UsageError: an answer cannot be read, or does not go with the template.
    """
    template = typed.template or BLANK
    other = BLANK if template == QUARTIERS else QUARTIERS
    for name in sorted(_ONLY[other]):
        if getattr(typed, name):
            raise UsageError(msg("{option} does not go with {kind}.", option=_option(name), kind=template))
    _refuse_texts(typed)
    parties = _parties(typed.party)
    signature = language.text(msg("Signature of the convention"))
    event = _one(typed.event) or signature
    founding = Founding(
        template=template,
        id=typed.id,
        title=_one(typed.title),
        territory=_one(typed.territory),
        zone=read_zone(typed.zone or "metropole"),
        origin=_day(typed.origin),
        event=event,
        signs=event == signature,
        signed=_day(typed.signed),
        term=read_term(typed.term) if typed.term else None,
        term_title=language.text(msg("Term of the convention")),
        term_clause=_one(typed.term_clause),
        parties=parties,
        engagements=tuple(read_owed(each, parties) for each in typed.engagement),
        epci=_one(typed.epci),
        prefet=_one(typed.prefet),
        lead=read_partner(typed.chef_de_file) if typed.chef_de_file else None,
    )
    if founding.term is None and any(owed.kind == "recurring" for owed in founding.engagements):
        raise UsageError(msg("Missing: {names}", names="--term"))
    if template == QUARTIERS and founding.origin is None:
        from qp_cli.init.convention import labelled

        return founding._replace(origin=labelled())
    return founding


def try_out(founding: Founding, language: Language) -> tuple[Convention, list[Finding]]:
    """The convention that would be written, read by qp itself, and the warnings that it would start with.

    Raises:
        UsageError: an answer is refused by a rule of `qp check`, in that rule's words.
    """
    from qp_cli.checks.registry import examine
    from qp_cli.init.files import declare
    from qp_cli.render.init_summary import founded_data
    from qp_cli.store.places import CONVENTION
    from qp_cli.store.repository import read_repository

    repository = read_repository(Path("data"), None, founded_data(founding, language))
    found = [each for each in examine(repository) if each.severity is not Severity.INFO]
    for finding in found:
        if finding.severity is Severity.ERROR or not finding.code.startswith(_TOLD):
            raise UsageError(finding.message)
    convention = repository.convention
    if convention is None or repository.documents[CONVENTION].root != declare(founding):
        raise UsageError(msg("This would not read back as it was typed."))
    return convention, found


def _parties(given: Sequence[str]) -> tuple[str, ...]:
    """The names of the parties, each once.

    Raises:
        UsageError: two are the same, case and accents aside.
    """
    names = [each.strip() for each in given]
    known: set[str] = set()
    for name in names:
        if key(name) in known:
            raise UsageError(msg("“{id}” is named twice", id=shown(name)))
        known.add(key(name))
    return tuple(names)


def _refuse_texts(typed: TypedAnswers) -> None:
    """Refuses what no file may hold, and options that hold nothing."""
    from qp_cli.store.journal_text import refuse_characters

    for name, value in typed._asdict().items():
        texts = [value] if isinstance(value, str) else [text for each in value or () for text in _texts(each)]
        for text in texts:
            if not text.strip():
                raise UsageError(msg("The option {name} needs a value.", name=_option(name)))
            refuse_characters({_option(name): text})


def _texts(given: str | Owed) -> list[str]:
    return [given] if isinstance(given, str) else [given.title, given.clause]


def _one(text: str | None) -> str | None:
    """A text without the blanks around it."""
    return text.strip() if text else None


def _day(text: str | None) -> date | None:
    return read_day(text) if text else None


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")
