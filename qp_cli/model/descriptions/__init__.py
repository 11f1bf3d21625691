"""What each declared thing, key and value is: read by whoever writes a file, through its JSON Schema.

Apart from the models, so that no other command pays for these texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.model.descriptions.convention import CONVENTION_WORDS
from qp_cli.model.descriptions.dues import DUES
from qp_cli.model.descriptions.journal import JOURNAL_WORDS

if TYPE_CHECKING:
    from qp_cli.model.descriptions.words import KeyWords

ALL_WORDS: dict[str, KeyWords] = {**CONVENTION_WORDS, **DUES, **JOURNAL_WORDS}
"""By the name of the model; `Due`, `Fact` and `Change` are unions of models."""
