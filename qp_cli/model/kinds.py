"""The words of the format that everything reads: its name, the term's, and the choices a declaration has."""

from __future__ import annotations

from enum import StrEnum

FORMAT = "qp/1"
TERM = "terme"
"""The reserved name of the convention's term, wherever an event can be named."""
DENUNCIATION = "denonciation"
"""The reserved name of the option to denounce, in a convention that is renewed."""
ALL = "all"
"""The reserved name of all engagements together, where a suspension or a resumption names what it is about."""


class Kind(StrEnum):
    """How an engagement is owed."""

    ONE_OFF = "one-off"
    CONTINUING = "continuing"
    RECURRING = "recurring"
    ON_REQUEST = "on-request"
    OPTION = "option"


class Nature(StrEnum):
    """A reader's qualification: best efforts, or a result."""

    MOYENS = "moyens"
    RESULTAT = "resultat"


class Conformity(StrEnum):
    """How far pages meet the RGAA, as a public body has to state it (décret n° 2019-768 du 24 juillet 2019)."""

    NONE = "non-conforme"
    PARTIAL = "partiellement-conforme"
    FULL = "totalement-conforme"


class Scope(StrEnum):
    """Where an engagement was made: in this convention, or at national level and reported by it."""

    CONVENTION = "convention"
    NATIONAL = "national"
