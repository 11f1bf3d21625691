"""Reads YAML written in a test, once with each parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qp_cli.store.yaml.reader import read_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from qp_cli.store.yaml.tree import Document


@pytest.fixture(params=[False, True], ids=["libyaml", "pure"])
def read(request: pytest.FixtureRequest) -> Callable[[str | bytes], Document]:
    """Reads a text or bytes as the file `f.yaml`."""

    def read_text(content: str | bytes) -> Document:
        data = content.encode() if isinstance(content, str) else content
        return read_document(data, "f.yaml", pure=request.param)

    return read_text


@pytest.fixture
def found(read) -> Callable[[str | bytes], list[tuple[str, int, int]]]:
    """The code, line and column of each finding in a text or bytes."""

    def find(content: str | bytes) -> list[tuple[str, int, int]]:
        return [(each.code, each.span.line, each.span.column) for each in read(content).findings]

    return find
