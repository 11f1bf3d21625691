"""The sites a convention applies to."""

from typing import Literal

from qp_cli.model.base import Declared, Id, Prose, Text
from qp_cli.model.contacts import Contact


class Zoom(Declared):
    """A part of a site looked at more closely."""

    name: Text
    focus: tuple[Text, ...] = ()
    note: Prose | None = None


class Site(Declared):
    """A place where the engagements are carried out."""

    id: Id
    name: Text
    short: Text | None = None
    aliases: tuple[Text, ...] = ()
    commune: Text
    districts: tuple[Text, ...] = ()
    focus: tuple[Text, ...] = ()
    projects: tuple[Text, ...] = ()
    zooms: tuple[Zoom, ...] = ()
    source: Text | None = None
    note: Prose | None = None
    contact: Contact | None = None

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short or self.name


class Sites(Declared):
    """The file of sites."""

    format: Literal["qp/1"]
    sites: tuple[Site, ...] = ()
