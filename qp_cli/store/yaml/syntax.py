"""Where a text is not YAML, said in sentences of our own, the same for both parsers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.store.yaml.characters import ODD_SPACES, echo
from qp_cli.store.yaml.missing_signs import explain_missing_sign
from qp_cli.store.yaml.rules import (
    refuse_explicit_key,
    refuse_open_quote,
    refuse_placeholder,
    refuse_reference,
    refuse_space,
    report_escapes,
)
from qp_cli.store.yaml.surroundings import closing_sign, indent_of, is_partner, words_above
from qp_cli.store.yaml.text import place_at

if TYPE_CHECKING:
    from yaml.error import MarkedYAMLError

    from qp_cli.messages import Message
    from qp_cli.store.yaml.findings import Collector
    from qp_cli.store.yaml.tree import Place

_SUSPECT_SPACE = re.compile(rf"\A *-?[{ODD_SPACES}]|[{ODD_SPACES}](?=:(?: |\Z))|:[{ODD_SPACES}]")
_NO_COLON = "could not find expected ':'"
_PROBLEMS_OF_LINES = (
    _NO_COLON,
    "values are not allowed",
    "expected <block end>",
    "did not find expected key",
    "did not find expected '-' indicator",
)
"""What the two parsers say of a line that is not where, or not what, it has to be."""
_GLUED_COLON = re.compile(r":[^\s:/]")
_GLUED_DASH = re.compile(r"-[^\s-]")
_KEY_OR_DASH = re.compile(r"- |-\Z|.*?:(?: |\Z)")
_KEY_AFTER_A_VALUE = re.compile(r"[{,] *[^ :,{}]+: [^:,{}]*[^ :,{}] (?P<key>[^\W\d][\w-]*)\Z")
_PARENTHESIS = re.compile(r": \([^\W\d][\w-]*\Z")
_LONE_COLON = re.compile(r"[ -]*\Z")


def explain_syntax(text: str, error: MarkedYAMLError, bracket: Place | None, notes: Collector) -> None:
    """Record the one finding that says why the text cannot be read further.

    Args:
        text: what was parsed.
        error: what the parser says of it.
        bracket: where the innermost bracket still open stands.
        notes: where the finding goes.
    """
    context, problem = error.context or "", error.problem or ""
    at = min(error.problem_mark.index, len(text)) if error.problem_mark else 0
    start = error.context_mark.index if error.context_mark else at
    if "quoted scalar" in context:
        _explain_quotes(text, start, notes)
    elif "alias" in context or "anchor" in context or "tag" in context:
        refuse_reference(notes, place_at(text, start), text[start])
    elif "tag handle" in problem:
        refuse_reference(notes, place_at(text, at), "!")
    elif "keys are not allowed" in problem:
        refuse_explicit_key(notes, text, at)
    else:
        is_early = "simple key" in context or "block scalar" in context
        _explain_layout(text, problem, start if is_early else at, bracket, notes)


def _explain_quotes(text: str, start: int, notes: Collector) -> None:
    """Say which escape has no meaning, or that the quote is not closed."""
    if text[start] == '"' and report_escapes(text, start, notes):
        return
    refuse_open_quote(notes, place_at(text, start), text[start])


def _explain_layout(text: str, problem: str, at: int, bracket: Place | None, notes: Collector) -> None:
    line_start = text.rfind("\n", 0, at) + 1
    line = text[line_start:].split("\n", 1)[0].rstrip("\r")
    above = words_above(text, line_start)
    if _explain_space(text, line_start, line, notes) or _explain_space(
        text, text.rfind("\n", 0, above.end) + 1, above.line, notes
    ):
        return
    before, rest = line[: at - line_start], line[at - line_start :]
    if bracket and _explain_bracket(text, problem, at, bracket, notes):
        return
    if bracket is None and _may_lack_a_sign(problem) and explain_missing_sign(text, at, notes):
        return
    if bracket is None and not before.strip(" ") and _explain_line(text, rest, line_start, notes):
        return
    if bracket and rest[:1] == ":" and (found := _KEY_AFTER_A_VALUE.search(before)):
        notes.add(
            "QP002",
            place_at(text, line_start + found.start("key"), at),
            msg("A comma is missing before “{key}”.", key=echo(found["key"])),
            msg("Put a comma between the value and the key, or the whole text in double quotes."),
        )
        return
    if before.endswith("{") and rest.startswith("%"):
        refuse_placeholder(notes, text, at - 1)
        return
    message, hint = _say(problem, before, rest, is_flow=bracket is not None)
    end = at + len(rest) if _NO_COLON in problem else at + 1
    notes.add("QP002", place_at(text, at, end) if rest else place_at(text, at, at), message, hint)


def _explain_space(text: str, start: int, line: str, notes: Collector) -> bool:
    """Say of a space that YAML takes for a letter that it is one.

    Returns:
        whether the line, which begins at `start`, has one where an ordinary space was probably meant.
    """
    space = _SUSPECT_SPACE.search(line)
    if not space or re.search("[\"']", line[: space.start()]):
        return False
    offset = next(index for index in range(space.start(), space.end()) if line[index] in ODD_SPACES)
    refuse_space(notes, text, start + offset)
    return True


def _may_lack_a_sign(problem: str) -> bool:
    """Whether a missing blank, colon or dash can be why the parser stopped."""
    return any(words in problem for words in _PROBLEMS_OF_LINES)


def _explain_bracket(text: str, problem: str, at: int, bracket: Place, notes: Collector) -> bool:
    """Say of a bracket that it is not closed, closed by another sign, or lacks a comma at the end of a line.

    Returns:
        whether something was said.
    """
    opening = _index(text, bracket)
    closing = closing_sign(text, opening)
    is_listed, is_elsewhere = "',' or" in problem, place_at(text, at)[0] != bracket[0]
    if not text[at:].strip() or (is_listed and is_elsewhere and closing is None):
        notes.add(
            "QP002",
            bracket,
            msg("This bracket is not closed."),
            msg("Add the closing bracket or a missing comma, or put the text in quotes."),
        )
        return True
    if is_listed and closing == at and not is_partner(text[at], text[opening]):
        message = msg("The bracket {opening} is closed by {closing}.", opening=text[opening], closing=text[at])
        hint = msg("Close it by its own sign, or put the text in quotes.")
        notes.add("QP002", place_at(text, at), message, hint, related=[(bracket, msg("opened here"))])
        return True
    return is_listed and is_elsewhere and _explain_comma(text, at, notes)


def _explain_comma(text: str, at: int, notes: Collector) -> bool:
    """Say that a line in brackets lacks its comma, where what follows begins on the next one.

    Returns:
        whether it was said.
    """
    line_start = text.rfind("\n", 0, at) + 1
    before = text[line_start:at]
    if ": " in before if text[at] == ":" else before.strip(" "):
        return False
    above = words_above(text, line_start)
    if above.line[-1:] in ",[{":
        return False
    hint = msg("Put a comma between what stands on this line and on the next one.")
    if above.comment is not None:
        hint = msg("Put a comma there, or move the comment out of the text that it interrupts.")
    notes.add("QP002", place_at(text, above.end - 1), msg("A comma is missing at the end of this line."), hint)
    return True


def _index(text: str, place: Place) -> int:
    """Where a place begins in its text."""
    start = 0
    for _ in range(place[0]):
        start = text.index("\n", start) + 1
    return start + place[1]


def _explain_line(text: str, rest: str, line_start: int, notes: Collector) -> bool:
    """Say of a line that belongs to nothing what it follows: a comment inside a text, a closed quote or bracket.

    Returns:
        whether something was said.
    """
    line_end = line_start + indent_of(text[line_start:])
    above = words_above(text, line_start)
    if not rest or _KEY_OR_DASH.match(rest) or line_end - line_start < indent_of(above.line):
        return False
    if above.line[-1:] in "\"']}" and _closes(above.line):
        message, hint = _say_misplaced(f"{above.line} ", rest)
        notes.add("QP002", place_at(text, line_end), message, hint)
    elif above.comment is not None and above.line[-1:] != ":":
        notes.add(
            "QP002",
            place_at(text, above.comment),
            msg("A comment cannot stand inside a text: the text ends before it."),
            msg("Move the comment above or below the text, or put the text in quotes if # belongs to it."),
        )
    else:
        return False
    return True


def _closes(line: str) -> bool:
    """Whether the value on a line, or the line, begins with a quote or a bracket."""
    value = line.lstrip(" -").partition(": ")[2] or line.lstrip(" -")
    return value.lstrip(" ")[:1] in "\"'[{"


def _say(problem: str, before: str, rest: str, *, is_flow: bool) -> tuple[Message, Message]:
    """The message and the hint for a problem, given the line before and after it."""
    sign = rest[:1]
    if "unexpected ':'" in problem:
        return (
            msg("A colon must be followed by a space here."),
            msg("Put a space after the colon, or the text in quotes."),
        )
    if _NO_COLON in problem:
        return _say_no_colon(rest)
    if sign == ":" and ("node content" in problem or (not is_flow and _LONE_COLON.match(before))):
        return msg("A key is missing before the colon."), msg("Write a key, or put the text in quotes.")
    if "values are not allowed" in problem or (is_flow and sign == ":"):
        return _say_colon(before)
    if "entries are not allowed" in problem:
        return (
            msg("A list cannot start on the line of its key."),
            msg("Start the list on the next line, or put the text in quotes if the dash belongs to it."),
        )
    if "indentation indicator" in problem or "line break" in problem or "chomping" in problem:
        return (
            msg("After {sign} the line must end: the text starts on the next one.", sign=sign),
            msg("Put the text in quotes if this sign belongs to it."),
        )
    if "start any token" in problem or "node content" in problem:
        return (
            msg("The sign {sign} cannot start a value.", sign=echo(sign)),
            msg("Put the text in quotes."),
        )
    if "',' or" in problem:
        return (
            msg("A comma or a closing bracket is missing here."),
            msg("Put the text in quotes if the bracket or the comma belongs to it."),
        )
    return _say_misplaced(before, rest)


def _say_no_colon(line: str) -> tuple[Message, Message]:
    message = msg("A key and a colon are expected here: {text}", text=echo(line))
    if _GLUED_DASH.match(line):
        return message, msg("Put a space after the dash.")
    if _GLUED_COLON.search(line):
        return message, msg("Put a space after the colon.")
    return message, msg("Write “key: value”, or indent the line if it continues the text above.")


def _say_colon(before: str) -> tuple[Message, Message]:
    if _PARENTHESIS.search(before):
        return (
            msg("A group of keys stands between braces, and not between parentheses."),
            msg("Write {braces} for {signs}, or put the text in double quotes.", braces="{…}", signs="(…)"),
        )
    if ": " in before:
        return (
            msg("A second colon followed by a space is not allowed in a value without quotes."),
            msg("Put the whole text after the first colon in double quotes."),
        )
    return (
        msg("This line is read as the continuation of the text above, where a colon is not expected."),
        msg("Align the line with the keys above, or put the whole text in double quotes."),
    )


def _say_misplaced(before: str, rest: str) -> tuple[Message, Message]:
    """What stands where nothing was expected: after a value, or on a line that is not aligned."""
    last = before.rstrip(" ")[-1:]
    if last == "'" and (rest.rstrip().endswith("'") or (before.endswith("'") and rest[:1].isalnum())):
        return (
            msg("The apostrophe closes the text that a single quote opened."),
            msg("Put the text in double quotes, or write the apostrophe twice."),
        )
    if last and last in "\"'":
        return (
            msg("Nothing can follow the closing quote: {text}", text=echo(rest)),
            msg("Put the whole text in quotes, and check that no quote is missing above."),
        )
    if rest[:1] and rest[0] in "]}":
        return (
            msg("This bracket closes nothing: {sign}", sign=rest[0]),
            msg("Delete it, or put the whole text in quotes if it belongs to it."),
        )
    if last and last in "]}":
        return (
            msg("Nothing can follow the closing bracket: {text}", text=echo(rest)),
            msg("Put the whole text in quotes if the bracket belongs to it."),
        )
    if not last:
        return (
            msg("This line is not aligned with the lines it belongs to."),
            msg("Give it the indentation of the lines of the same level, with spaces only."),
        )
    return (
        msg("This is not expected here: {text}", text=echo(rest)),
        msg("Check the indentation and the quotes of this line and of the line above."),
    )
