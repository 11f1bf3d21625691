"""The sites a convention applies to."""

from typing import Literal

from qp_cli.model.base import Declared, Id, Many, Prose, Text
from qp_cli.model.traits import Labelled


class Zoom(Declared):
    """A part of a site looked at more closely."""

    name: Text
    focus: Many[Text] = ()
    note: Prose | None = None


class Site(Labelled, Declared):
    """A place where the engagements are carried out."""

    id: Id
    name: Text
    short: Text | None = None
    aliases: Many[Text] = ()
    commune: Text
    districts: Many[Text] = ()
    focus: Many[Text] = ()
    projects: Many[Text] = ()
    zooms: Many[Zoom] = ()
    source: Text | None = None
    note: Prose | None = None


class Sites(Declared):
    """The file of sites."""

    format: Literal["qp/1"]
    sites: Many[Site] = ()
