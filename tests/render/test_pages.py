"""Pages: paragraphs are translated, headings keep their marks, examples stay as they are."""

from __future__ import annotations

from qp_cli.render.language import Language
from qp_cli.render.pages import paragraphs, put_into

PAGE = "A short\nsentence.\n\n## What it does\n\nLooks\nat it.\n\n```yaml\na: b\n\nc: d\n```\n\nEnd.\n"


def test_the_texts_of_a_page_are_its_paragraphs_on_one_line_without_the_examples():
    assert list(paragraphs(PAGE)) == ["A short sentence.", "What it does", "Looks at it.", "End."]


def test_an_example_and_the_marks_of_headings_are_kept():
    found = put_into(PAGE, Language("en"))
    assert found == "A short sentence.\n\n## What it does\n\nLooks at it.\n\n```yaml\na: b\n\nc: d\n```\n\nEnd."
