"""What a repository of this folder gives at a day: a state and a due date for each obligation, and the term."""

from __future__ import annotations

from pathlib import Path

from tests.tracking.building import by_id, folder, folder_at


class Life:
    """A repository of this folder, read once."""

    def __init__(self, name):
        self.repository = folder(Path(__file__).parent / name)

    def at(self, as_of):
        """The situation at a day."""
        return folder_at(self.repository, as_of)

    def rows(self, as_of):
        """The state and the due date of each obligation, by id."""
        found = by_id(self.at(as_of))
        return {name: (one.state.value, one.due.isoformat() if one.due else None) for name, one in found.items()}

    def term(self, as_of):
        """The term; None while it has no date."""
        term = self.at(as_of).term
        return term.due.isoformat() if term and term.due else None


def each(days, state, row, due=None):
    """The rows of a series by its days, all in one state, each due on its own day or on the one given for it."""
    return {row.format(day): (state, due[day] if due else day) for day in days}
