"""Who follows something: a name, an e-mail address, a telephone number, and the language to write in."""

from typing import Annotated, Literal

from qp_cli.model.base import Bounds, Declared, Text

EMAIL_PATTERN = r"^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9]([A-Za-z0-9-]{0,62}\.)+[A-Za-z]{2,24}$"
TELEPHONE_PATTERN = r"^[+]?[0-9][0-9 .()-]{2,30}$"


class Contact(Declared):
    """Whom to ask: a name or an e-mail address at least."""

    name: Text | None = None
    email: Annotated[str, Bounds(most=254, pattern=EMAIL_PATTERN)] | None = None
    telephone: Annotated[str, Bounds(pattern=TELEPHONE_PATTERN)] | None = None
    language: Literal["fr", "en"] | None = None

    @property
    def words(self) -> str:
        """All that it says, on one line."""
        return ", ".join(filter(None, (self.name, self.email, self.telephone)))
