"""What `qp init` asks for: names and dates, each answer tried with qp's own rules before the next question."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from qp_cli.app.readings import read_choice
from qp_cli.app.typed_command import as_line
from qp_cli.cli.init_answers import (
    TypedAnswers,
    answered_options,
    read_debtors,
    read_due,
    read_founding,
    read_partner,
    read_template,
    read_term,
    read_zone,
    try_out,
)
from qp_cli.cli.output import say
from qp_cli.cli.prompts import Asking, UnansweredError, a_name, optional, something
from qp_cli.init.convention import BLANK, QUARTIERS, Owed
from qp_cli.law.typed_days import read_day
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable

    from qp_cli.messages import Message
    from qp_cli.render.language import Language


def complete_founding(typed: TypedAnswers, folder: str, language: Language, *, ask: bool) -> TypedAnswers:
    """The command line with what it lacked; more engagements are asked for where it says to `ask`.

    Raises:
        UsageError: what was typed cannot be read; or the answers end, or make no sense five times, and the command that
            goes on from there is given.
    """
    if typed.party or not typed.engagement:
        read_founding(typed, language)  # what was typed wrong is told before anything is asked
    say(language.text(msg("A few questions; nothing is written before the last one, and Ctrl-C stops.")))
    asking = Questions(typed, language, is_going_on=ask)
    try:
        if typed.template is None:
            asking.template()
        asking.quartiers() if asking.typed.template == QUARTIERS else asking.blank()
    except UnansweredError as stopped:
        if asking.typed == typed:
            raise
        again = as_line(("qp", "init", folder), {**answered_options(asking.typed), "ask": True})
        raise stopped.saying(again) from stopped
    return asking.typed


class Questions(Asking):
    """Questions about a convention that no file holds yet."""

    def __init__(self, typed: TypedAnswers, language: Language, *, is_going_on: bool = False) -> None:
        super().__init__(language)
        self.typed = typed
        self._is_going_on = is_going_on

    def template(self) -> None:
        """Which convention it starts from."""
        choices = [
            (
                QUARTIERS,
                self.language.text(msg("the convention of the programme, articles 1 to 4: names are asked for")),
            ),
            (BLANK, self.language.text(msg("any other: its parties, term and first engagements are asked for"))),
        ]
        found = self.choose(msg("Which convention is it?"), choices, read_template)
        self.typed = self.typed._replace(template=found)

    def quartiers(self) -> None:
        """The names and days of a territory of the programme."""
        from qp_cli.init.convention import labelled, partners

        self.need("territory", msg("Its territory:"), a_name)
        self.need("epci", msg("The intercommunalité, by its full name:"), a_name)
        self.need("prefet", msg("The préfet who follows it (Préfet du Nord…):"), a_name)
        if not self.typed.chef_de_file:
            found = self.choose(msg("Which partner is chef de file?"), partners(), read_partner)
            self.typed = self.typed._replace(chef_de_file=found)
        self.need("origin", msg("The day of the labellisation:"), _day, labelled().isoformat())
        self.need("signed", msg("The day of the signature (nothing while it is not known):"), optional(_day))
        self.zone()

    def blank(self) -> None:
        """The parties, the origin, the term and the first engagements of any convention."""
        self.need("title", msg("Its title:"), a_name)
        self.need("territory", msg("Its territory (nothing for none):"), optional(a_name))
        self.parties()
        start = self.language.text(msg("Signature of the convention"))
        self.need("event", msg("What are its periods counted from?"), something, start)
        self.need("origin", msg("On which day? (nothing while it is not known)"), optional(_day))
        question = msg("How long does it last? (P24M, or its last day; nothing if no clause says)")
        self.need("term", question, optional(_term))
        if self.typed.term:
            self.need("term_clause", msg("Which clause says so? (for example: art. 4)"))
        self.zone()
        if not self.typed.engagement or self._is_going_on:
            self.engagements()

    def zone(self) -> None:
        """Whose public holidays count."""
        self.need("zone", msg("The zone of its public holidays (alsace-moselle, reunion…):"), read_zone, "metropole")

    def need(
        self,
        name: str,
        question: Message,
        read: Callable[[str], str | None] = something,
        default: str = "",
    ) -> None:
        """Asks for one option, unless it was given."""
        if not getattr(self.typed, name):
            self.typed = self.ask(question, lambda text: self.with_answer(name, read(text)), default)

    def with_answer(self, name: str, value: str | None) -> TypedAnswers:
        """The command line with one option more, if what it makes can be read."""
        changes: dict[str, Any] = {name: value}
        return self.tried(self.typed._replace(**changes))

    def tried(self, typed: TypedAnswers) -> TypedAnswers:
        """The same, if the repository that it makes can be read."""
        try_out(read_founding(typed, self.language), self.language)
        return typed

    def parties(self) -> None:
        """One party after the other, until an empty answer; the id of each is shown."""
        while True:
            known = self.typed.party
            question = msg("Another party (nothing to go on):") if known else msg("A party, by its full name:")
            name = self.ask(question, self.party if known else lambda text: self.party(a_name(text)))
            if not name:
                return
            self.typed = self.typed._replace(party=(*known, name))
            self.show("parties")

    def party(self, text: str) -> str:
        """A name that can stand beside the others; or none."""
        if text:
            a_name(text)
            self.tried(self.typed._replace(party=(*self.typed.party, text)))
        return text

    def show(self, part: str) -> None:
        """The id that was made of the last answer."""
        from qp_cli.init.files import declare

        declared = declare(read_founding(self.typed, self.language))[part]
        say(f"  id: {declared[-1]['id']}")

    def engagements(self) -> None:
        """One engagement after the other, until an empty answer."""
        while title := self.ask(msg("Something it asks for, in a few words (nothing to finish):"), self.titled):
            clause = self.ask(msg("Which clause? (for example: art. 1)"), partial(self.clause, title))
            draft = Owed(title, clause, self.debtors(), self.kind())
            if draft.kind != "continuing":
                draft = self.ask(self.when(draft.kind), partial(self.due, draft))
            self.typed = self.typed._replace(engagement=(*self.typed.engagement, draft))
            self.show("engagements")

    def titled(self, text: str) -> str:
        """A title that a file can hold; or none."""
        if text:
            self.owed(Owed(text, "art. 1", self.typed.party[:1], "continuing"))
        return text

    def clause(self, title: str, text: str) -> str:
        """A clause that a file can hold."""
        self.owed(Owed(title, something(text), self.typed.party[:1], "continuing"))
        return text

    def due(self, draft: Owed, text: str) -> Owed:
        """The engagement with a date that can be computed."""
        return self.owed(draft._replace(due=read_due(text, draft.kind)))

    def owed(self, owed: Owed) -> Owed:
        """The same engagement, if it can stand beside the others."""
        self.tried(self.typed._replace(engagement=(*self.typed.engagement, owed)))
        return owed

    def debtors(self) -> tuple[str, ...]:
        """Who owes it: the only party there is, or some of them."""
        names = self.typed.party
        if len(names) == 1:
            return names

        def read(text: str) -> str:
            words = [
                names[int(each) - 1] if each.strip().isdecimal() and 0 < int(each) <= len(names) else each
                for each in ([text] if text in names else text.split(","))
            ]
            return "\n".join(name for each in words for name in read_debtors(something(each.strip()), names))

        question = msg("Who owes it? (several: 1, 2)")
        found = self.choose(question, [(name, "") for name in names], read)
        return tuple(dict.fromkeys(found.split("\n")))

    def kind(self) -> str:
        """How it is owed; at intervals only where a term ends them."""
        from qp_cli.model.kinds import Kind
        from qp_cli.render.wording import KINDS

        kinds = [kind for kind in Kind if kind is not Kind.RECURRING or self.typed.term]
        names = [kind.value for kind in kinds]
        choices = [(kind.value, self.language.text(KINDS[kind])) for kind in kinds]

        def read(text: str) -> str:
            return read_choice(text, names, msg("Kind"), lambda name: KINDS[Kind(name)])

        return self.choose(msg("How is it owed?"), choices, read)

    def when(self, kind: str) -> Message:
        """The question about its date."""
        if kind == "recurring":
            return msg("How often? (P1Y, P6M…)")
        if kind == "on-request":
            return msg("Within how long of each request? (P1M…; nothing if the text gives no number)")
        return msg("By when? (P6M from that day, or a date; nothing if the text does not say)")


def _day(text: str) -> str:
    return read_day(text).isoformat()


def _term(text: str) -> str:
    return str(read_term(text))
