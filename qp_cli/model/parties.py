"""The parties that several conventions share: ANRU is one ANRU, whatever convention names it."""

from typing import Literal

from qp_cli.model.base import Declared, Id, Prose, Text


class SharedParty(Declared):
    """A legal person that several conventions name, each in its own file; `ids` are the ids it has there."""

    id: Id
    name: Text
    short: Text | None = None
    aliases: tuple[Text, ...] = ()
    ids: tuple[Id, ...] = ()
    note: Prose | None = None

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short or self.name


class Parties(Declared):
    """The file of shared parties, above the conventions that share them."""

    format: Literal["qp/1"]
    parties: tuple[SharedParty, ...] = ()
