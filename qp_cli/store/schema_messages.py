"""What each disagreement with the schema means, in the reader's words, and what to do about it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qp_cli import names
from qp_cli.choices import chosen, chosen_key
from qp_cli.messages import Message, msg
from qp_cli.model.amounts import CURRENCY_PATTERN, NO_AMOUNT, SHARE_PATTERN
from qp_cli.model.contacts import EMAIL_PATTERN, TELEPHONE_PATTERN
from qp_cli.model.dues import FORMS, name_or_day, origin_kind
from qp_cli.model.editor_patterns import ASKED
from qp_cli.model.fields import Maybe, OneOf, Several, ThingForm, fields_of
from qp_cli.model.kinds import Kind
from qp_cli.names import ID_PATTERN, nearest
from qp_cli.store import meant
from qp_cli.store.meant import in_brackets, meant_group, meant_start
from qp_cli.store.misplaced_keys import misplaced_key
from qp_cli.store.not_provided import not_provided
from qp_cli.store.remedies import remedy_of_place
from qp_cli.store.single_values import QUOTED, meant_value, value_to_add
from qp_cli.store.swapped_forms import swapped_form
from qp_cli.store.yaml.builder import MAX_DIGITS, end_of_month

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pydantic_core import ErrorDetails

    from qp_cli.model.base import Declared
    from qp_cli.model.fields import Form


def known_keys(model: type[Declared], loc: Sequence[str | int]) -> list[str]:
    """The keys of the model that stands at `loc`, in the order they are declared; empty when none does."""
    *_, (_, last) = _steps(model, loc)
    choices = last.choices.values() if isinstance(last, OneOf) else [last]
    kinds = [each.kind for each in choices if isinstance(each, ThingForm)]
    return list(dict.fromkeys(each.key for kind in kinds for each in fields_of(kind)))


def written(model: type[Declared], loc: Sequence[str | int]) -> tuple[str | int, ...]:
    """An error's path as the file has it: the keys and numbers of `loc`, without the tags of unions."""
    return tuple(step for step, _ in _steps(model, loc) if step is not None)


def _steps(model: type[Declared], loc: Sequence[str | int]) -> Iterator[tuple[str | int | None, Form | None]]:
    """The parts of a path, none for a union's tag, and what is allowed there; first the model itself."""
    form: Form | None = ThingForm(model)
    yield None, form
    for step in loc:
        is_tag = isinstance(form, OneOf) and step in form.choices
        form = _inside(form, step)
        while isinstance(form, Maybe):
            form = form.inner
        yield None if is_tag else step, form


def _inside(form: Form | None, step: str | int) -> Form | None:
    """What a form allows under a key, at a number of a list, or by a tag; None when nothing is there."""
    match form:
        case Several(inner):
            return inner
        case OneOf(choices):
            return choices.get(str(step))
        case ThingForm(kind):
            return next((each.form for each in fields_of(kind) if step in {each.key, each.name}), None)
        case _:
            return None


class Explanation(NamedTuple):
    """A code, a sentence, and what to do."""

    code: str
    message: Message
    hint: Message | None = None


def explain_disagreement(detail: ErrorDetails, model: type[Declared], root: object = None) -> Explanation:
    """The explanation of one Pydantic error, always with a sentence of our own.

    Args:
        detail: the error.
        model: what the file was held against.
        root: what the file says, for the ids that it declares.
    """
    kind = detail["type"]
    path = written(model, detail["loc"])
    if remedy := remedy_of_place(path, detail, root, lambda end: known_keys(model, detail["loc"][:end])):
        return Explanation(*remedy)
    is_id = kind == "string_pattern_mismatch" and detail.get("ctx", {}).get("pattern") == ID_PATTERN
    if kind in _OF_VALUES and (swapped := swapped_form(written(model, detail["loc"]), detail["input"], root)):
        return Explanation("QP105" if is_id else _SIMPLE[kind](detail).code, *swapped)
    if is_id:
        return _no_id(detail, root)
    if kind in _SIMPLE and (value := meant_value(detail, written(model, detail["loc"]))):
        code, message, _ = _SIMPLE[kind](detail)
        return Explanation(code, message, msg("Write {value}", value=value))
    if kind == "missing":
        return _missing(detail, [form for _, form in _steps(model, detail["loc"])][-1])
    if kind in _SIMPLE:
        return _SIMPLE[kind](detail)
    if kind == "extra_forbidden":
        return _unknown_key(detail, model, root)
    return Explanation("QP100", msg("This value is not accepted here: {value}", value=shown_value(detail["input"])))


_CODES = {"extra_forbidden": "QP101", "missing": "QP102"}
"""The codes that the kind of an error tells by itself."""


def code_of(detail: ErrorDetails, model: type[Declared]) -> str:
    """The code that explains one Pydantic error; nothing is looked for in the file."""
    return _CODES.get(detail["type"]) or explain_disagreement(detail, model).code


def shown_value(value: object) -> str:
    """A value as it can be echoed: short, on one line."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return "…" if isinstance(value, dict | list | tuple) else names.shown(str(value))


def _unknown_key(detail: ErrorDetails, model: type[Declared], root: object) -> Explanation:
    key = str(detail["loc"][-1])
    if outside := not_provided([key]):
        return Explanation("QP101", outside.message, outside.closest)
    known = known_keys(model, detail["loc"][:-1])
    if found := misplaced_key(written(model, detail["loc"]), root, known):
        return Explanation("QP101", found.message, found.hint)
    stands_for = chosen_key(key, known)
    near = [stands_for] if stands_for else nearest(key, known)
    message = msg("Unknown key “{key}”", key=shown_value(key))
    first = next((each for each in known if each in FORMS), None)
    if first and key in FORMS:
        message = msg("A due date is said in one way: {first}, or {second}", first=first, second=key)
        return Explanation(
            "QP101", message, msg("Keep one of them; for the first or last of several: earliest_of, latest_of")
        )
    if first and key == "before":
        return Explanation("QP101", message, msg("A period that ends before something is at_least: or at_the_latest:"))
    if near:
        return Explanation("QP101", message, msg("Did you mean: {names}?", names=", ".join(near)))
    hint = msg("Known here: {names}. A key that begins with x- is free.", names=", ".join(known))
    return Explanation("QP101", message, hint)


def _missing(detail: ErrorDetails, form: Form | None) -> Explanation:
    key = str(detail["loc"][-1])
    return Explanation(
        "QP102", msg("The key “{key}” is missing", key=key), msg("Add {value}", value=value_to_add(key, form))
    )


def _no_text(detail: ErrorDetails) -> Explanation:
    value = detail["input"]
    if value is None:
        return Explanation("QP103", msg("A text is expected, and there is nothing"), msg("Write it after the colon"))
    if isinstance(value, list) and _can_be_a_day(detail):
        hint = msg("For the first or last of several dates: earliest_of, latest_of, with a due date for each")
        return Explanation("QP103", msg("One event, engagement or day is expected, not a list"), hint)
    if isinstance(value, dict | list):
        text = meant.meant_text(value)
        quoted = msg("Put it in quotes: {text}", text=text) if text else None
        return Explanation("QP103", msg("A text is expected, not a list or a group of keys"), quoted)
    hint = msg('Put it in quotes: "{value}"', value=shown_value(value))
    return Explanation("QP103", msg("A text is expected, not {value}", value=shown_value(value)), hint)


def _can_be_a_day(detail: ErrorDetails) -> bool:
    """Whether a name was tried because no day stood there: both can."""
    return detail["loc"][-1:] == ("name",)


def _no_date(detail: ErrorDetails) -> Explanation:
    value = detail["input"]
    day = meant.written_day(str(value)) if isinstance(value, str) else ""
    if not day:
        message = msg("A date is expected, written YYYY-MM-DD, not {value}", value=shown_value(value))
        awaited = msg("Leave {key} out while the day is not known", key="date") if detail["loc"][-1] == "date" else None
        return Explanation("QP106", message, awaited)
    return Explanation("QP106", *_of_a_day(str(value), day))


def _of_a_day(text: str, day: str) -> tuple[Message, Message | None]:
    """What there is to say of a day in another form than that of a file."""
    if not meant.exists_in_calendar(day):
        last = end_of_month(day)
        hint = msg("That month ends on {date}", date=last) if last else None
        if other := meant.month_first(day):
            hint = msg("Did you mean: {names}?", names=other)
        return msg("The date {value} does not exist.", value=shown_value(text)), hint
    if day == text:
        message = msg("A date is expected, not the text “{value}”", value=text)
        return message, msg("Write {value}, without quotes", value=day)
    message = msg("A date is expected, written YYYY-MM-DD, not {value}", value=shown_value(text))
    return message, msg("Write {value}", value=day)


def _meant(value: str, choices: list[str]) -> list[str]:
    """The choice that a word of the screens stands for, else those spelt most like it."""
    choice = chosen(value, choices)
    return [choice] if choice else nearest(value, choices)


def _no_choice(detail: ErrorDetails) -> Explanation:
    expected = str(detail.get("ctx", {}).get("expected", ""))
    choices = QUOTED.findall(expected)
    value = shown_value(detail["input"])
    if choices == ["qp/1"]:
        message = msg("This version of qp reads the format qp/1, not {value}", value=value)
        hint = msg("Write {value}", value="format: qp/1") if meant.without_quotes(value) == choices[0] else None
        return Explanation("QP109", message, hint)
    message = msg("“{value}” is not one of: {choices}", value=value, choices=", ".join(choices))
    near = _meant(value, choices)
    hint = msg("Did you mean: {names}?", names=", ".join(near)) if near else None
    return Explanation("QP104", message, (meant.meant_kind(value, choices) if choices == [*Kind] else None) or hint)


_ASKED_AS_TO_EDITORS = frozenset({SHARE_PATTERN, CURRENCY_PATTERN, EMAIL_PATTERN, TELEPHONE_PATTERN})
"""The forms for which the terminal asks in the words that editors have."""


def _bad_form(detail: ErrorDetails) -> Explanation:
    value = shown_value(detail["input"])
    pattern = str(detail.get("ctx", {}).get("pattern", ""))
    if pattern == r"\S":
        return Explanation("QP105", msg("A text is expected, and there is nothing"))
    if pattern.startswith("^https"):
        return Explanation("QP105", msg("A web address is expected, beginning with https://"))
    if pattern in _ASKED_AS_TO_EDITORS:
        return Explanation("QP105", ASKED[pattern])
    if "0-9a-f" in pattern:
        return Explanation("QP105", msg("A SHA-256 is expected: 64 figures and letters from a to f"))
    return Explanation("QP105", msg("“{value}” does not have the expected form", value=value))


def _no_id(detail: ErrorDetails, root: object) -> Explanation:
    """A text that has not the form of an id: what was meant, if it is declared, else the form it could have."""
    text = str(detail["input"])
    if _can_be_a_day(detail) and (day := meant.written_day(text)):
        return Explanation("QP106" if "on" in detail["loc"] else "QP105", *_of_a_day(text, day))
    message = msg("“{value}” is no id", value=shown_value(text))
    form, known = meant.id_form(text), meant.meant_ids(text, root)
    if detail["loc"][-1] != "id" and known:
        return Explanation("QP105", message, msg("Did you mean: {names}?", names=", ".join(known)))
    if not form or (detail["loc"][-1] != "id" and meant.declares_ids(root)):
        hint = msg("Lower-case letters without accents, figures and single hyphens: {id}", id=meant.example_id(root))
    elif form in known:
        hint = msg("Lower-case letters without accents, figures and single hyphens; “{id}” is already taken", id=form)
    else:
        hint = msg("Lower-case letters without accents, figures and single hyphens: {id}", id=form)
    return Explanation("QP105", message, hint)


def _empty(_: ErrorDetails) -> Explanation:
    return Explanation("QP105", msg("A text is expected, and there is nothing"))


def _too_long(detail: ErrorDetails) -> Explanation:
    most = detail.get("ctx", {}).get("max_length", "")
    return Explanation("QP105", msg("This is too long: {most} at the most", most=most))


def _too_few(detail: ErrorDetails) -> Explanation:
    least, value = detail.get("ctx", {}).get("min_length", 1), detail["input"]
    message = msg("This list needs at least {least}", least=least)
    if detail["loc"][-1] not in {"earliest_of", "latest_of"} or not isinstance(value, list) or not value:
        return Explanation("QP105", message)
    alone = msg("A single date is written alone, without {key}", key=detail["loc"][-1])
    if not isinstance(value[0], dict):
        alone = msg("A single date is written alone: {date}", date=f"on: {in_brackets(value[0])}")
    return Explanation("QP105", message, alone)


def _no_list(detail: ErrorDetails) -> Explanation:
    hint = msg("Write it as a list: [one, two], or one “- ” line each")
    if items := meant.meant_list(detail["input"]):
        hint = msg("Write it as a list: {list}", list=items)
    return Explanation("QP103", msg("A list is expected"), hint)


def _no_keys(_: ErrorDetails) -> Explanation:
    return Explanation("QP103", msg("A group of keys is expected here"))


def _no_number(detail: ErrorDetails) -> Explanation:
    value = detail["input"]
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= MAX_DIGITS:
        message = msg("A whole number is expected, not the text “{value}”", value=shown_value(value))
        return Explanation("QP103", message, msg("Write {value}, without quotes", value=shown_value(value)))
    number = meant.meant_number(value)
    hint = msg("Write {value}", value=number) if number else None
    return Explanation("QP103", msg("A whole number is expected, not {value}", value=shown_value(value)), hint)


def _no_flag(detail: ErrorDetails) -> Explanation:
    value = detail["input"]
    meaning = meant.meant_flag(value)
    if meaning == value:
        message = msg("true or false is expected, not the text “{value}”", value=meaning)
        return Explanation("QP103", message, msg("Write {value}, without quotes", value=meaning))
    hint = msg("Write {value}", value=meaning) if meaning else None
    return Explanation("QP103", msg("true or false is expected, not {value}", value=shown_value(value)), hint)


def _out_of_bounds(detail: ErrorDetails) -> Explanation:
    context, value = detail.get("ctx", {}), detail["input"]
    if isinstance(value, date):
        return Explanation("QP110", msg("qp computes from 1905 to 2100, not in {text}", text=value.isoformat()))
    if "ge" in context:
        return Explanation("QP110", msg("{least} or more is expected", least=context["ge"]))
    return Explanation("QP110", msg("{most} or less is expected", most=context.get("le", "")))


def _own(detail: ErrorDetails) -> Explanation:
    message = detail.get("ctx", {}).get("message")
    if message == NO_AMOUNT:
        amount = meant_group(("amount",), detail["input"])
        hint = msg("Write {value}", value=amount[len("amount: {") : -1]) if amount else None
        return Explanation("QP105", NO_AMOUNT, hint)
    return Explanation("QP107", message if isinstance(message, Message) else msg("This value cannot be read"))


def told_apart_by(detail: ErrorDetails) -> str:
    """The key by which a union tells its forms apart."""
    return str(detail.get("ctx", {}).get("discriminator", "")).strip("'")


def _no_form(detail: ErrorDetails) -> Explanation:
    """A union that cannot tell which of its forms is meant."""
    field = told_apart_by(detail)
    if field in {"kind", "change"}:
        return _no_variant(detail, field)
    value = detail["input"]
    if isinstance(value, dict) and (outside := not_provided(value)):
        return Explanation("QP108", outside.message, outside.closest)
    if field in _STARTS:
        return Explanation("QP108", *meant_start(value, shown_value))
    message = msg("This does not say a due date")
    keys = ", ".join(FORMS)
    for written_key in value if isinstance(value, dict) else ():
        if (glued := meant.glued_key(str(written_key), FORMS))[0]:
            message = msg("A space is missing after the colon of “{key}”.", key=glued[0])
            return Explanation("QP108", message, msg("Write {value}", value=f"{glued[0]}: {shown_value(glued[1])}"))
    near = [each for key in value for each in nearest(str(key), FORMS)] if isinstance(value, dict) else []
    if near:
        return Explanation("QP108", message, msg("Did you mean: {names}?", names=", ".join(dict.fromkeys(near))))
    hint = meant.meant_due(value, tuple(FORMS)) or msg("Begin with one of these keys: {names}", names=keys)
    return Explanation("QP108", message, hint)


_STARTS = frozenset({f"{name_or_day.__name__}()", f"{origin_kind.__name__}()"})
"""How unions of what dates are counted from are named: a name or a day, alone or among recurrences."""


def _no_variant(detail: ErrorDetails, field: str) -> Explanation:
    context = detail.get("ctx", {})
    choices = QUOTED.findall(str(context.get("expected_tags", "")))
    if "tag" not in context:
        if not isinstance(detail["input"], dict):
            return _no_keys(detail)
        return Explanation("QP102", msg("The key “{key}” is missing", key=field))
    tag = shown_value(context["tag"])
    near = _meant(tag, choices)
    message = msg("“{value}” is not one of: {choices}", value=tag, choices=", ".join(choices))
    return Explanation("QP104", message, msg("Did you mean: {names}?", names=", ".join(near)) if near else None)


_OF_VALUES = frozenset({"string_pattern_mismatch", "string_type", "qp"})
_SIMPLE: dict[str, Callable[[ErrorDetails], Explanation]] = {
    "string_type": _no_text,
    "date_type": _no_date,
    "enum": _no_choice,
    "literal_error": _no_choice,
    "string_pattern_mismatch": _bad_form,
    "string_too_short": _empty,
    "string_too_long": _too_long,
    "too_long": _too_long,
    "too_short": _too_few,
    "tuple_type": _no_list,
    "dict_type": _no_keys,
    "model_type": _no_keys,
    "model_attributes_type": _no_keys,
    "int_type": _no_number,
    "bool_type": _no_flag,
    "greater_than_equal": _out_of_bounds,
    "less_than_equal": _out_of_bounds,
    "qp": _own,
    "union_tag_not_found": _no_form,
    "union_tag_invalid": _no_form,
}
