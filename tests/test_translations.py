"""The French catalogue says all that the code says, and its check would see it if it did not."""

import importlib.util
import re
import shutil
from pathlib import Path

import pytest

from qp_cli.render.language import Language
from qp_cli.render.wording import COLUMNS
from qp_cli.tracking.summary import StateColumn

ROOT = Path(__file__).resolve().parents[1]


def _load():
    spec = importlib.util.spec_from_file_location("translations", ROOT / "scripts" / "translations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


translations = _load()


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(ROOT / "qp_cli", tmp_path / "qp_cli", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def _change(root, source, *, string=None, fuzzy=False):
    """Changes one entry of the catalogue and compiles it, so that nothing else is wrong."""
    catalogue = translations.read(root)
    entry = catalogue[source]
    assert entry.string
    if string is not None:
        entry.string = string
    if fuzzy:
        entry.flags.add("fuzzy")
    (root / translations.CATALOGUE).write_bytes(translations.po_bytes(catalogue))
    translations.compile_catalogue(root)


def test_every_text_is_translated_and_compiled():
    assert translations.problems() == []


def test_a_faithful_copy_has_no_problem(copy):
    assert translations.problems(copy) == []


def test_a_missing_translation_is_found(copy):
    _change(copy, "Friday", string="")
    assert translations.problems(copy) == ['"Friday" has no translation']


def test_a_missing_plural_is_found(copy):
    _change(copy, "{count} month", string=("{count} mois", ""))
    assert translations.problems(copy) == ['"{count} month" has no translation']


def test_a_fuzzy_translation_is_found(copy):
    _change(copy, "Friday", fuzzy=True)
    assert translations.problems(copy) == ['"Friday" is fuzzy']


def test_a_changed_placeholder_is_found(copy):
    _change(copy, "On {day}", string="Au {jour}")
    assert translations.problems(copy) == ['"On {day}" and its translation have different placeholders']


def test_a_text_that_the_code_lost_is_found(copy):
    catalogue = translations.read(copy)
    catalogue.add("Doomsday", "fin des temps")
    (copy / translations.CATALOGUE).write_bytes(translations.po_bytes(catalogue))
    translations.compile_catalogue(copy)
    assert translations.problems(copy) == ['"Doomsday" is obsolete']


def test_a_stale_compilation_is_found(copy):
    compiled = (copy / translations.CATALOGUE).with_suffix(".mo")
    compiled.write_bytes(compiled.read_bytes()[:-1])
    (problem,) = translations.problems(copy)
    assert problem.endswith("qp.mo is stale: run python scripts/translations.py compile")


def test_a_marked_f_string_is_found(copy):
    (copy / "qp_cli" / "late.py").write_text('name = "x"\nfound = msg(f"No {name}")\n', "utf-8")
    assert translations.problems(copy) == ["qp_cli/late.py:2: an f-string cannot be translated"]


def test_french_punctuation_never_starts_a_line():
    """No plain space before : ; ? ! » or after «, and the plain apostrophe; code in backticks is left as it is."""
    entries = translations.entries(translations.read())
    texts = [text for entry in entries for text in translations.forms(entry.string)]
    documents = [path.read_text("utf-8") for path in (ROOT / "docs" / "regles").glob("*.md")]
    texts += [re.sub("^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL) for text in documents]
    assert documents
    assert [text for text in texts if re.search(r"\s(?<!\xa0)[:;?!»]|«[ \n]|[’“”]", re.sub("`[^`]*`", "", text))] == []


def test_no_french_text_says_that_somebody_is_late():
    """An échéance is dépassée, nobody is en retard: in the catalogue as in all that qp writes."""
    shipped = [path for folder in ("data", "docs", "templates") for path in (ROOT / folder).rglob("*.*")]
    written = [path for path in (ROOT / "qp_cli" / "init" / "templates").rglob("*") if path.is_file()]
    texts = {path: path.read_text("utf-8") for path in [*shipped, *written] if path.suffix in {".md", ".yaml", ".yml"}}
    texts |= {entry.id: str(entry.string) for entry in translations.entries(translations.read())}
    assert [place for place, text in texts.items() if re.search("retard", text, re.IGNORECASE)] == []


def test_the_french_headings_of_the_status_leave_room_for_the_parties():
    french = Language("fr")
    lengths = {each: len(french.text(heading)) for each, heading in COLUMNS.items()}
    assert sum(lengths.values()) <= 60
    assert sum(lengths.values()) - lengths[StateColumn.OPTIONS] <= 52  # most conventions have no option
