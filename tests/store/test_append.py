"""One fact more in a journal: every byte that was there kept, the fact reads back as it was given."""

from __future__ import annotations

import os
import re
import stat
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qp_cli.errors import BrokenRepositoryError, UsageError
from qp_cli.model.facts import Journal
from qp_cli.store.journal_append import append_fact, append_facts
from qp_cli.store.journal_text import draft_fact, draft_facts
from qp_cli.store.schema import validate
from qp_cli.store.yaml.reader import read_document

FACT = {"kind": "fulfilled", "engagement": "bilan", "by": "ville", "on": date(2026, 9, 1)}
FIRST = "id: f-1, kind: waived, engagement: bilan, on: 2026-01-01"
LAYOUTS = {
    "two spaces": "format: qp/1\nfacts:\n  - id: f-1\n    kind: waived\n    engagement: bilan\n    on: 2026-01-01\n",
    "no indent": "format: qp/1\nfacts:\n- id: f-1\n  kind: waived\n  engagement: bilan\n  on: 2026-01-01\n",
    "wide dash": "format: qp/1\nfacts:\n-   id: f-1\n    kind: waived\n    engagement: bilan\n    on: 2026-01-01\n",
    "lone dash": "format: qp/1\nfacts:\n -\n  id: f-1\n  kind: waived\n  engagement: bilan\n  on: 2026-01-01\n",
    "trailing comment": f"format: qp/1\nfacts:\n  - {{{FIRST}}} # c\n# fin\n",
    "no final newline": f"format: qp/1\nfacts:\n  - {{{FIRST}}}",
    "comment without newline": f"format: qp/1\nfacts:\n  - {{{FIRST}}} # fin",
    "blank lines at the end": f"format: qp/1\nfacts:\n  - {{{FIRST}}}\n\n\n",
    "spaces at the end": f"format: qp/1\nfacts:\n  - {{{FIRST}}}\n   ",
    "end mark": f"---\nformat: qp/1\nfacts:\n  - {{{FIRST}}}\n...\n# après\n",
    "key after": f"format: qp/1\nfacts:\n  - {{{FIRST}}} # c\n\n# autre\nx-vu: oui\n",
    "kept blank lines": f"facts:\n  - {{{FIRST}}}\n  - {{{FIRST.replace('f-1', 'f-2')}}}\n"
    "  - id: f-3\n    kind: waived\n    engagement: b\n    on: 2026-01-01\n"
    "    note: |+\n      x\n\n\n# c\nformat: qp/1\n",
    "spaced items": f"format: qp/1\nfacts:\n  - {{{FIRST}}}\n\n  # deux\n  - {{{FIRST.replace('f-1', 'f-2')}}}\n",
    "brackets": f"format: qp/1\nfacts: [{{{FIRST}}}] # c\n",
    "brackets and comma": f"format: qp/1\nfacts: [\n  {{{FIRST}}}, # c\n  # d\n]\n",
    "all in braces": f"{{format: qp/1, facts: [{{{FIRST}}}]}}",
    "all in braces, none": "{format: qp/1, facts: []}\n",
    "all in braces, no list": "{format: qp/1}\n",
    "none": "format: qp/1\nfacts: []\n",
    "none, comments": "format: qp/1\nfacts: []  # rien encore\n# fin\n",
    "none, no newline": "format: qp/1\nfacts: []",
    "none, comment within": "format: qp/1\nfacts: [\n  # rien\n]  # encore\n",
    "none, on its own line": "format: qp/1\nfacts:\n  []\n",
    "none, key after": "facts: []\nformat: qp/1\n",
    "no list": "# tête\nformat: qp/1 # c\n# fin\n",
    "no list, no newline": "format: qp/1",
    "byte order mark": "\ufeffformat: qp/1\nfacts: []\n",
}


def facts(data):
    value, findings = validate(read_document(data, "journal.yaml"), Journal)
    assert not findings
    return value.facts


def is_subsequence(old, new):
    rest = iter(new)
    return all(byte in rest for byte in old)


def without_brackets(data):
    return data.replace(b" []", b"", 1) if b"facts: []" in data else data.replace(b"[", b"", 1).replace(b"]", b"", 1)


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_keeps_its_bytes_and_its_line_ends(tmp_path, layout, newline):
    journal = tmp_path / "journal.yaml"
    old = LAYOUTS[layout].replace("\n", newline).encode()
    journal.write_bytes(old)
    before = facts(old)
    for number in (1, 2):
        data = journal.read_bytes()
        appended = append_fact(journal, FACT | {"note": "un\n  deux\n"})
        new = journal.read_bytes()
        assert new == appended.data
        assert is_subsequence(data if before or number == 2 or b"{" in data else without_brackets(data), new)
        if newline == "\r\n" and b"\n" in old:
            assert new.count(b"\r\n") == new.count(b"\n")
        assert facts(new)[: len(before)] == before
        assert len(facts(new)) == len(before) + number
        assert facts(new)[-1].id == appended.id
        assert facts(new)[-1].note == "un\n  deux\n"


GROWING = ("two spaces", "no indent", "wide dash", "lone dash", "trailing comment", "no final newline")
GROWING += ("comment without newline", "blank lines at the end", "spaces at the end", "spaced items")
GROWING += ("no list", "no list, no newline")


@pytest.mark.parametrize("layout", GROWING)
def test_what_ends_with_its_list_only_grows(tmp_path, layout):
    old = LAYOUTS[layout].encode()
    journal = tmp_path / "journal.yaml"
    journal.write_bytes(old)
    append_fact(journal, FACT)
    assert journal.read_bytes().startswith(old)


def test_the_new_one_is_laid_out_as_the_last(tmp_path):
    journal = tmp_path / "journal.yaml"
    journal.write_text(LAYOUTS["wide dash"], "utf-8")
    name = append_fact(journal, FACT).id
    assert journal.read_text("utf-8").endswith(
        f"-   id: {name}\n    kind: fulfilled\n    engagement: bilan\n    by: ville\n    on: 2026-09-01\n"
    )
    journal.write_text(LAYOUTS["spaced items"], "utf-8")
    name = append_fact(journal, FACT).id
    assert f"\n\n  - id: {name}\n    kind: fulfilled\n" in journal.read_text("utf-8")


def test_the_smallest_edit_of_an_empty_list(tmp_path):
    journal = tmp_path / "journal.yaml"
    journal.write_text(LAYOUTS["none, comments"], "utf-8")
    name = append_fact(journal, FACT).id
    text = journal.read_text("utf-8")
    assert text.startswith(f"format: qp/1\nfacts:  # rien encore\n# fin\n  - id: {name}\n    kind: fulfilled\n")


def test_a_first_journal_begins_with_its_schema_and_a_word(tmp_path):
    journal = tmp_path / "journal.yaml"
    append_fact(journal, FACT)
    text = journal.read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schemas/journal.schema.json\n#\n# Ce qui est arrivé")
    assert len(facts(journal.read_bytes())) == 1
    assert b"\r" not in journal.read_bytes()


def test_a_first_journal_takes_its_schema_where_the_convention_takes_its_own(tmp_path):
    line = "# yaml-language-server: $schema=https://qp.test/convention.schema.json"
    (tmp_path / "convention.yaml").write_text(f"{line}\nformat: qp/1\n", "utf-8")
    append_fact(tmp_path / "journal.yaml", FACT)
    first = (tmp_path / "journal.yaml").read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=https://qp.test/journal.schema.json"


def test_ids_are_random_and_come_first(tmp_path):
    journal = tmp_path / "journal.yaml"
    names = {append_fact(journal, FACT).id for _ in range(20)}
    assert len(names) == 20
    assert all(len(name) == 12 and name.startswith("f-") and name[2:].isalnum() for name in names)
    assert journal.read_text("utf-8").count("- id: f-") == 20


def test_a_draft_writes_nothing(tmp_path):
    journal = tmp_path / "journal.yaml"
    draft = draft_fact(journal, None, FACT)
    assert draft.entry.startswith(f"  - id: {draft.id}\n    kind: fulfilled\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_several_facts_are_appended_at_once_as_they_would_be_one_after_the_other(tmp_path, layout):
    one, many = tmp_path / "un.yaml", tmp_path / "tous.yaml"
    for journal in (one, many):
        journal.write_text(LAYOUTS[layout], "utf-8")
    notes = [FACT | {"note": f"fait {number}"} for number in range(3)]
    for each in notes:
        append_fact(one, each)
    appended = append_facts(many, notes)
    texts = [re.sub("f-[a-z0-9]{10}", "f-", path.read_text("utf-8")) for path in (one, many)]
    alone, together = ([line for line in text.splitlines() if line.strip()] for text in texts)
    assert alone == together
    assert appended.ids == tuple(sorted(fact.id for fact in appended.facts[-3:]))
    assert [fact.note for fact in facts(many.read_bytes())[-3:]] == ["fait 0", "fait 1", "fait 2"]


def test_where_one_of_several_facts_cannot_stand_none_is_written(tmp_path):
    journal = tmp_path / "journal.yaml"
    journal.write_text(LAYOUTS["none"], "utf-8")
    for wrong in ({"note": "a\x85b"}, {"kind": "autre"}):
        with pytest.raises(UsageError):
            append_facts(journal, [FACT, FACT | wrong, FACT])
    assert journal.read_text("utf-8") == LAYOUTS["none"]
    assert draft_facts(journal, None, [FACT, FACT]).entry.count("- id: f-") == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_the_mode_is_kept(tmp_path, mode):
    journal = tmp_path / "journal.yaml"
    journal.write_text(LAYOUTS["none"], "utf-8")
    journal.chmod(mode)
    append_fact(journal, FACT)
    assert stat.S_IMODE(journal.stat().st_mode) == mode


def refused(journal, fact=FACT, error=UsageError):
    before = journal.read_bytes() if journal.is_file() else None
    with pytest.raises(error) as caught:
        append_fact(journal, fact)
    assert (journal.read_bytes() if journal.is_file() else None) == before
    assert not [path for path in journal.parent.iterdir() if path.name.endswith(".tmp")]
    return str(caught.value)


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_symbolic_link_is_refused(tmp_path):
    real, journal = tmp_path / "real.yaml", tmp_path / "journal.yaml"
    real.write_text(LAYOUTS["none"], "utf-8")
    journal.symlink_to(real)
    assert "symbolic link" in refused(journal)
    assert real.read_text("utf-8") == LAYOUTS["none"]
    assert journal.is_symlink()
    real.unlink()
    assert "symbolic link" in refused(journal)


def test_a_folder_in_its_place_is_refused(tmp_path):
    (tmp_path / "journal.yaml").mkdir()
    assert "no ordinary file" in refused(tmp_path / "journal.yaml")


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no such file or folder"):
        append_fact(tmp_path / "rien" / "journal.yaml", FACT)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- liste\n",
        "format: qp/1\nfacts: [\n",
        "format: qp/1\nfacts:\n",
        "format: qp/1\nfacts: rien\n",
        "format: qp/1\nfacts:\n\t- id: a\n",
        "format: qp/1\nfacts:\n  - id: a\n    kind: autre\n",
        "format: qp/1\n<<<<<<< HEAD\nfacts: []\n",
        "format: qp/2\nfacts: []\n",
    ],
)
def test_a_journal_with_errors_is_left_alone(tmp_path, text):
    journal = tmp_path / "journal.yaml"
    journal.write_text(text, "utf-8")
    assert "has errors" in refused(journal, error=BrokenRepositoryError)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"kind": "autre"}, "cannot be recorded"),
        ({"note": ""}, "cannot be recorded"),
        ({"note": "x" * 5001}, "cannot be recorded"),
        ({"by": "Ville"}, "cannot be recorded"),
        ({"inconnu": "x"}, "cannot be recorded"),
        ({"note": "a\x85b"}, r"U\+0085 \(NEXT LINE\)"),
        ({"note": "a\tb"}, r"U\+0009"),
        ({"note": "a\rb"}, r"U\+000D"),
        ({"note": "\x1b[31m"}, r"U\+001B"),
        ({"recorded_by": "\u202eeve"}, r"recorded_by: .*U\+202E"),
        ({"proof": {"file": "a\u2028b"}}, r"file: .*U\+2028"),
        ({"note": "\udcff"}, r"U\+DCFF"),
    ],
)
def test_what_cannot_stand_in_a_journal_is_refused(tmp_path, more, words):
    journal = tmp_path / "journal.yaml"
    journal.write_text(LAYOUTS["trailing comment"], "utf-8")
    assert re.search(words, refused(journal, FACT | more))


def test_what_an_editor_saves_meanwhile_is_not_lost(tmp_path, monkeypatch):
    from qp_cli.store import journal_append as append

    journal = tmp_path / "journal.yaml"
    journal.write_text(LAYOUTS["none"], "utf-8")
    prepare, saved = append.prepare, []

    def edited(path, data):
        if not saved:
            saved.append(journal.write_text(LAYOUTS["two spaces"], "utf-8"))
        return prepare(path, data)

    monkeypatch.setattr(append, "prepare", edited)
    append_fact(journal, FACT)
    first, _ = facts(journal.read_bytes())
    assert first.id == "f-1"


def test_whoever_accepts_sees_what_others_recorded(tmp_path):
    journal = tmp_path / "journal.yaml"
    journal.write_text(LAYOUTS["two spaces"], "utf-8")

    def accept(found):
        assert [fact.id for fact in found.facts[:-1]] == ["f-1"]
        raise UsageError("no")  # type: ignore[arg-type]

    with pytest.raises(UsageError):
        append_fact(journal, FACT, accept=accept)
    assert journal.read_text("utf-8") == LAYOUTS["two spaces"]


TROUBLE = st.sampled_from(
    ["\n", "\r\n", "\x85", "\u2028", "\t", '"', "'", ": ", " #", "- ", "---\n", "|", ">", "%", "\\"]
)
TROUBLE |= st.sampled_from(
    ["&a", "*a", "!t", "{", "}", "[", "]", "<<<<<<< x\n", "\x00", "\x1b", "\u202e", "\xa0", "\ufeff"]
)
TEXTS = st.lists(st.text(max_size=12) | TROUBLE, min_size=1, max_size=12).map("".join)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, layout=st.sampled_from(sorted(LAYOUTS)), crlf=st.booleans())
@example(text="on", layout="none", crlf=False)
@example(text="2026-01-01", layout="brackets", crlf=False)
@example(text="\n x\ny \n", layout="two spaces", crlf=True)
@example(text="<<<<<<< HEAD\n=======\n", layout="no indent", crlf=False)
@example(text="a\n\n", layout="none", crlf=True)
@example(text="é: #", layout="brackets", crlf=True)
def test_any_text_reads_back_equal_or_is_refused(tmp_path_factory, text, layout, crlf):
    journal = tmp_path_factory.getbasetemp() / "journal.yaml"
    old = LAYOUTS[layout].replace("\n", "\r\n" if crlf else "\n").encode()
    journal.write_bytes(old)
    try:
        append_fact(journal, FACT | {"note": text, "recorded_by": text[:20] or "x"})
    except UsageError:
        assert journal.read_bytes() == old
        return
    last = facts(journal.read_bytes())[-1]
    assert (last.note, last.recorded_by) == (text, text[:20] or "x")
    assert facts(journal.read_bytes())[:-1] == facts(old)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(["# c\n", "\n", "  # d\n", f"  - {{{FIRST}}}\n", f"  - {{{FIRST}}} # e\n"]), max_size=8)
)
def test_old_bytes_are_a_prefix(tmp_path_factory, lines):
    journal = tmp_path_factory.getbasetemp() / "journal.yaml"
    old = "format: qp/1\nfacts:\n  - {" + FIRST + "}\n" + "".join(lines)
    journal.write_text(old, "utf-8")
    append_fact(journal, FACT)
    assert journal.read_text("utf-8").startswith(old)


@pytest.mark.skipif(sys.platform == "win32", reason="made of the owners of POSIX")
@pytest.mark.parametrize("may", [True, False])
def test_the_owner_and_the_group_are_kept_as_far_as_the_system_lets_one(tmp_path, monkeypatch, may):
    journal = tmp_path / "journal.yaml"
    append_fact(journal, FACT)
    about, asked = journal.stat(), []

    def chown(path, owner, group):
        asked.append((Path(path).name.startswith(".journal.yaml"), owner, group))
        if owner != -1 and not may:
            raise PermissionError

    real = Path.stat

    def stat_of_another(path, **more):
        found = real(path, **more)
        return (
            found if path != journal else os.stat_result((*found[:4], about.st_uid + 1, about.st_gid + 2, *found[6:]))
        )

    monkeypatch.setattr(os, "chown", chown)
    monkeypatch.setattr(Path, "stat", stat_of_another)
    append_fact(journal, FACT)
    whole = (True, about.st_uid + 1, about.st_gid + 2)
    assert asked == [whole] if may else [whole, (True, -1, about.st_gid + 2)]


def test_a_file_with_two_names_is_refused(tmp_path):
    journal, other = tmp_path / "journal.yaml", tmp_path / "other.yaml"
    append_fact(journal, FACT)
    before = journal.read_bytes()
    os.link(journal, other)
    with pytest.raises(UsageError, match="another name"):
        append_fact(journal, FACT)
    assert journal.read_bytes() == other.read_bytes() == before
    other.unlink()
    append_fact(journal, FACT)
    assert journal.read_bytes() != before
