"""Names as people type them: alike without regard to case, accents or separators; the nearest of the known ones."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
ID_LENGTH = 80
"""An id: lower-case letters without accents, figures, single hyphens; a word in a shell, and a name for a file."""
SHOWN = 40
"""How many characters of a refused text a message repeats."""
_NEAR = 3
_BEGINNING = 3
"""How many letters two names have to begin with alike."""
_LIKE = 0.75
"""How much a word of a name has in common with what was typed where one is the other misspelt: 1 is all."""
_HYPHENS, _APOSTROPHES = "-_\u2010\u2011\u2012\u2013\u2014\u2212", "'’‘ʼ′´`"
_LETTERS = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"}
_SEPARATORS = str.maketrans(
    dict.fromkeys(f"{_HYPHENS}{_APOSTROPHES}\u00a0\u202f", " ")
    | {form: other for letter, other in _LETTERS.items() for form in (letter, letter.upper())}
)
_ARTICLES = ("l ", "le ", "la ", "les ", "the ")
_TELLING = 3
"""How many letters a word has at least that tells one thing from others."""
_LINKING = re.compile(
    "a|aux?|avec|ces|dans|des?|du|en|et|l|la|les?|leurs?|ou|par|pour|qu|que|qui|sa|se|ses|son|sur|une?"
    "|an|and|at|by|for|from|in|its|of|on|or|the|their|to|with"
)
"""The words of names that tell nothing of what is called so."""

_NUMBER = re.compile("[0-9]+")
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


def telling_words(text: str) -> frozenset[str]:
    """The words of a text that say what it is about, in the singular; none where only links and figures are left."""
    words = [
        word
        for word in re.findall(r"[^\W_]+", key(text.casefold().translate(_LIGATURES)))
        if not _LINKING.fullmatch(word)
    ]
    if not any(len(word) >= _TELLING and word.isalpha() for word in words):
        return frozenset()
    return frozenset(word.rstrip("sx") or word for word in words)


def id_words(name: str) -> list[str]:
    """The words of a name as an id can have them: letters without accents, and figures."""
    return re.findall("[a-z0-9]+", key(name.casefold().translate(_LIGATURES)))


def collated(name: str) -> tuple[str, str, str]:
    """Where a name stands among names that people read: by its letters, whatever the machine's locale.

    Case, accents, hyphens and apostrophes only tell apart what is otherwise alike, in this order: “Étampes” stands
    between “Épinay” and “Évry”, “L'Haÿ” beside “L’Haÿ”, “Œuilly” among those in “Oe”; “Ville 2” before “Ville 10”. No
    two names stand in one place.
    """
    letters = name.casefold().translate(_LIGATURES)
    return _by_number(key(letters)), unicodedata.normalize("NFKD", letters), name


@lru_cache(maxsize=4096)
def collated_id(name: str) -> str:
    """Where an id stands among ids, as a text: by its letters, by what its numbers are; no two stand in one place."""
    return f"{_by_number(name)}\x02{name}"


def _by_number(text: str) -> str:
    """The text in the order of which numbers stand by what they are: each is preceded by how long it is."""
    return _NUMBER.sub(_with_its_length, text)


def _with_its_length(number: re.Match[str]) -> str:
    figures = number[0].lstrip("0")
    return f"{len(figures):04}{figures}"


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
        self._nearest: dict[str, list[str]] = {}

    @cached_property
    def _by_key(self) -> dict[str, str]:
        return {key(each): each for each in self._known}

    def all(self) -> frozenset[str]:
        """Every one of them."""
        return frozenset(self._known)

    def nearest(self, name: str) -> list[str]:
        """The known names most like this one, best first, three at the most; none when none is near.

        Where numbers alone are written otherwise, `ct-3` for `ct-0003`, that one comes first. Where none is spelt like
        it, those that begin like it, or that it begins like; else those with a word that is spelt like it.
        """
        if name not in self._nearest:
            self._nearest[name] = self._look_for(key(name[:SHOWN]))
        return self._nearest[name]

    def _look_for(self, typed: str) -> list[str]:
        from difflib import get_close_matches

        plain = _without_zeros(typed)
        same = [each for each in self._by_key if _without_zeros(each) == plain]
        close = same + [each for each in get_close_matches(typed, self._by_key, n=_NEAR) if each not in same]
        if not close and len(typed) >= _BEGINNING:
            close = [each for each in self._by_key if _begin_alike(typed, each)]
        if not close and len(typed) > _BEGINNING:
            words = get_close_matches(typed, self._by_word, n=_NEAR, cutoff=_LIKE)
            close = list(dict.fromkeys(each for word in words for each in self._by_word[word]))
        return [self._by_key[each] for each in close[:_NEAR]]

    @cached_property
    def _by_word(self) -> dict[str, list[str]]:
        """Each word of the names, with those that have it."""
        found: dict[str, list[str]] = {}
        for each in self._by_key:
            for word in each.split():
                if len(word) > _BEGINNING and not word.isdigit():
                    found.setdefault(word, []).append(each)
        return found


def _without_zeros(folded: str) -> str:
    """A folded name whose numbers are written without the zeros before them."""
    return _NUMBER.sub(lambda found: found[0].lstrip("0"), folded)


def _begin_alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _BEGINNING and longer.startswith(shorter)


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """The known names most like this one, best first, three at the most; none when none is near."""
    return KnownNames(known).nearest(name)


def shown(text: str) -> str:
    """The start of a refused text, short enough for a message."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
