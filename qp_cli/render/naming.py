"""Names and titles inside a sentence: a party with French's article, and what an answer was narrowed to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.messages import msg, msgs
from qp_cli.render.visible import visible
from qp_cli.render.wording import counted_word
from qp_cli.tracking.filters import find_party, find_site
from qp_cli.tracking.portfolio import titles
from qp_cli.tracking.summary import ASKED_BY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qp_cli.messages import Message
    from qp_cli.model.convention import Convention
    from qp_cli.render.language import Language
    from qp_cli.tracking.people import Directory

    Titles = Callable[[str], str]
    from collections.abc import Sequence

    from qp_cli.tracking.filters import Answering, Choice
    from qp_cli.tracking.situation import Situation


_ARTICLES = {
    "la ": "Banque Caisse Chambre Commune Communauté Fondation Métropole Préfecture Région Société Ville",
    "le ": "Centre Conseil Coordonnateur Département Ministère Préfet Syndicat",
    "l'": "Agence Association État Établissement Office Université",
}
_BY_NOUN = {noun: article for article, nouns in _ARTICLES.items() for noun in nouns.split()}
_ARTICLE = re.compile(r"(?:l['’]|le |la |les )", re.IGNORECASE)
_OPENING = re.compile(
    r"\w+$|(?:l['’]|(?:le|la|les|un|une|the|a|an) "
    r"|[^\W\d_]+ (?:[dl]['’]|(?:de|du|des|le|la|les|un|une|à|au|aux|en|par|pour|sur|of|the|a|an|by|to|for) ))",
    re.IGNORECASE,
)


def called(name: str, directory: Directory, language: Language) -> str:
    """A party, a group or a role as a sentence calls it: in French, with its article.

    An alias that is its name behind an article says which; else the noun that the name begins with does.
    """
    found = directory.parties.get(name) or directory.groups.get(name) or directory.roles.get(name)
    return _called(directory.label(name), found.aliases if found else (), language)


def _called(label: str, aliases: Iterable[str], language: Language) -> str:
    if language.code != "fr":
        return label
    for alias in aliases:
        if _ARTICLE.match(alias) and _ARTICLE.sub("", alias, count=1) == label:
            return alias
    if _ARTICLE.match(label):
        return label[0].lower() + label[1:]
    return _BY_NOUN.get(label.partition(" ")[0], "") + label


def answering_words(answering: Iterable[Answering], language: Language) -> list[Message]:
    """A line for each organ whose legal person is answered for."""
    return [
        msg(
            "{organ}: an organ that owes nothing of its own, answered for {party}",
            organ=each.organ,
            party=_called(each.person, each.aliases, language),
        )
        for each in answering
    ]


def in_sentence(title: str) -> str:
    """A title that goes on a sentence: without its capital where a common noun or an article has it."""
    first = title.partition(" ")[0]
    return title[0].lower() + title[1:] if _OPENING.match(title) and not first[1:].isupper() else title


def titles_of(convention: Convention) -> Titles:
    """What each event, each engagement and the term is called; a name of none of them is itself."""
    told: dict[str, str] = {}

    def title(name: str) -> str:
        if not told:
            told.update(titles(convention))
        return told.get(name, name)

    return title


def party_labels(situation: Situation, names: Sequence[str]) -> list[str]:
    """The short names of the parties asked for; as they were typed where this convention has no such party."""
    return [label or visible(name) for label, name in zip(known_labels(situation, names), names, strict=True)]


def known_labels(situation: Situation, names: Sequence[str]) -> list[str | None]:
    """The short names of parties, by any of their names; None where this convention has no such party."""
    return [_party(situation, name) for name in names]


def only_words(situation: Situation, choice: Choice, language: Language) -> str:
    """The parties, sites and states that were asked for; empty where all of them are shown."""
    words = party_labels(situation, choice.parties)
    return _only([*words, *(visible(_site(situation, name)) for name in choice.sites)], choice, language)


def only_typed(choice: Choice, language: Language, late: int = 0, by_term: int = 0) -> str:
    """The same of several conventions, which may call them otherwise: as they were typed.

    So many fulfilled `late` are left out that the column of those fulfilled counts, so many are held that are overdue
    or due soon `by_term`, which is counted apart.
    """
    return _only(list(map(visible, (*choice.parties, *choice.sites))), choice, language, _beside(late, by_term))


def _beside(late: int, by_term: int) -> list[Message]:
    """How a state asked for differs from the column of the counts that has its name."""
    left_out = msgs(
        "without the {count} fulfilled after the date: --state {name}",
        "without the {count} fulfilled after the date: --state {name}",
        count=late,
        name="fulfilled-late",
    )
    held = msgs("{count} of them by the term alone", "{count} of them by the term alone", count=by_term)
    return [*([left_out] if late else []), *([held] if by_term else [])]


def _only(words: list[str], choice: Choice, language: Language, beside: Iterable[Message] = ()) -> str:
    words += [language.text(counted_word(name)) for name in ASKED_BY if name in choice.states]
    words += map(language.text, beside)
    if choice.until:
        words.append(language.text(msg("overdue, or due by {day}", day=choice.until)))
    return language.text(msg("Only: {list}", list=language.joined(words))) if words else ""


def _party(situation: Situation, name: str) -> str | None:
    try:
        return visible(situation.directory.label(find_party(situation, name)))
    except UsageError:
        return None


def _site(situation: Situation, name: str) -> str:
    try:
        found = find_site(situation, name)
    except UsageError:
        return name
    return next((site.label for site in situation.sites if site.id == found), found)
