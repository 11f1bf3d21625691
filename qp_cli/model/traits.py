"""What declared things work out from what they say, whatever holds their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date


class _HasName(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def short(self) -> str | None: ...


class _HasDays(Protocol):
    @property
    def on(self) -> date: ...
    @property
    def signed(self) -> date | None: ...
    @property
    def effect(self) -> date | None: ...


class Declaration:
    """A thing that a repository declares."""


class Labelled:
    """Something with a name, and perhaps a short one."""

    @property
    def label(self: _HasName) -> str:
        """The short name where there is one."""
        return self.short or self.name


class Effective:
    """Something that is concluded on one day and takes effect on another."""

    @property
    def applies_from(self: _HasDays) -> date:
        """The first day on which it is both signed and in effect."""
        return max(self.signed or self.on, self.effect or self.on)
