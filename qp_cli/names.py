"""Names as people type them: alike without regard to case, accents or separators; the nearest of the known ones."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
ID_LENGTH = 80
"""An id: lower-case letters without accents, figures, single hyphens; a word in a shell, and a name for a file."""
SHOWN = 40
"""How many characters of a refused text a message repeats."""
_NEAR = 3
_HYPHENS, _APOSTROPHES = "-_\u2010\u2011\u2012\u2013\u2014\u2212", "'’‘ʼ′´`"
_LETTERS = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"}
_SEPARATORS = str.maketrans(
    dict.fromkeys(f"{_HYPHENS}{_APOSTROPHES}\u00a0\u202f", " ")
    | {form: other for letter, other in _LETTERS.items() for form in (letter, letter.upper())}
)
_ARTICLES = ("l ", "le ", "la ", "les ", "the ")

_BREAK = re.compile(r"[\t\n]")
_BLANKS = re.compile(r"[ \t\n]+")
_LIGATURES = str.maketrans(_LETTERS)
"""Letters that Unicode does not take apart, and that people look for under others."""


def fold_case(text: str) -> str:
    """The text in lower case, without accents or outer spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).strip()


def key(name: str) -> str:
    """What two spellings of one name have in common: case, accents, ligatures, hyphens and apostrophes left aside."""
    return " ".join(fold_case(name.translate(_SEPARATORS)).split())


def without_article(folded: str) -> str:
    """What `key` gives of a name, without the article that it begins with."""
    return next((folded[len(each) :] for each in _ARTICLES if folded.startswith(each)), folded)


def with_articles_aside(names: Mapping[str, str]) -> dict[str, str]:
    """Folded names with what each stands for; those without their article too, where no other is called so."""
    bare: dict[str, str] = {}
    for name, meant in names.items():
        bare.setdefault(without_article(name), meant)
    return {**bare, **names}


def meant_by_name(name: str, names: Mapping[str, str]) -> str | None:
    """What a name stands for among folded ones, as it is or without its article; None where none is called so."""
    asked = key(name)
    return names.get(asked) or names.get(without_article(asked))


def id_words(name: str) -> list[str]:
    """The words of a name as an id can have them: letters without accents, and figures."""
    return re.findall("[a-z0-9]+", key(name.casefold().translate(_LIGATURES)))


def collated(name: str) -> tuple[str, str, str]:
    """Where a name stands among names that people read: by its letters, whatever the machine's locale.

    Case, accents, hyphens and apostrophes only tell apart what is otherwise alike, in this order: “Étampes” stands
    between “Épinay” and “Évry”, “L'Haÿ” beside “L’Haÿ”, “Œuilly” among those in “Oe”. No two names stand in one place.
    """
    letters = name.casefold().translate(_LIGATURES)
    return key(letters), unicodedata.normalize("NFKD", letters), name


def on_one_line(text: str) -> str:
    """The text with one blank for line breaks, tabs and the blanks around them; with none at its ends."""
    if not _BREAK.search(text):
        return text
    joined = _BLANKS.sub(lambda found: " " if _BREAK.search(found[0]) else found[0], text.replace("\r\n", "\n"))
    return joined.strip(" ") or " "


def is_id(text: str) -> bool:
    """Whether a text has the form of an id."""
    return len(text) <= ID_LENGTH and re.fullmatch(ID_PATTERN, text) is not None


class KnownNames:
    """Names that others are held against: folded once, however many are asked about."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = known

    @cached_property
    def _by_key(self) -> dict[str, str]:
        return {key(each): each for each in self._known}

    def nearest(self, name: str) -> list[str]:
        """The known names most like this one, best first, three at the most; none when none is near."""
        from difflib import get_close_matches

        return [self._by_key[close] for close in get_close_matches(key(name[:SHOWN]), self._by_key, n=_NEAR)]


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """The known names most like this one, best first, three at the most; none when none is near."""
    return KnownNames(known).nearest(name)


def shown(text: str) -> str:
    """The start of a refused text, short enough for a message."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
