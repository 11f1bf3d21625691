"""A proof from elsewhere: a name for every system, a copy over nothing, and none where nothing names it."""

from __future__ import annotations

import hashlib
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qp_cli.errors import UsageError
from qp_cli.store.places import RefusedFileError
from qp_cli.store.proof_copies import ProofCopy, placed, plan_copy, safe_name
from qp_cli.store.yaml.rules import refused_decoded

LINKS = pytest.mark.skipif(os.name == "nt", reason="Windows lets few people make links")


@pytest.fixture
def folder(tmp_path):
    """The folder of a journal, in a repository."""
    (tmp_path / "depot" / "data").mkdir(parents=True)
    (tmp_path / "depot" / "data" / "convention.yaml").write_text("format: qp/1\n", "utf-8")
    return tmp_path / "depot" / "data"


@pytest.fixture
def source(tmp_path):
    """Writes a file outside the repository."""

    def write(name="Accusé de réception.pdf", content=b"%PDF"):
        path = tmp_path / "bureau" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return path

    return write


def copied(path, folder, named=None):
    copy = plan_copy(path, folder, named or {})
    with placed(copy, folder):
        (folder / "journal.yaml").write_text(f"- file: {copy.name}\n", "utf-8")
    return copy


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Procès-verbal n° 1.pdf", "Procès-verbal n° 1.pdf"),
        ("Proce\u0300s.pdf", "Procès.pdf"),
        ("18/03 : <reçu>?.pdf", "18-03 - -reçu--.pdf"),
        ("  .caché.pdf", "caché.pdf"),
        ("fin. .", "fin"),
        ("con.pdf", "preuve-con.pdf"),
        ("LPT1", "preuve-LPT1"),
        ("journal.yaml", "preuve-journal.yaml"),
        ("a\u202eb\u2028c\td.pdf", "a-b c d.pdf"),
        ("...", "preuve"),
        ("é" * 200 + ".pdf", "é" * 73 + ".pdf"),
    ],
)
def test_a_name_is_one_that_every_system_takes_with_its_accents(name, safe):
    assert safe_name(name) == safe


@given(st.text(min_size=1, max_size=300))
def test_any_name_becomes_a_safe_one_once_and_for_all(name):
    safe = safe_name(name)
    assert safe_name(safe) == safe
    assert 0 < len(safe.encode()) <= 160
    assert safe.isprintable()
    assert not set(safe) & set('<>:"/\\|?*')
    assert not safe.startswith((".", " "))
    assert not safe.endswith((".", " "))
    assert not refused_decoded().search(safe)


def test_a_copy_is_what_was_given_under_its_name(source, folder):
    path = source()
    copy = copied(path, folder)
    assert copy == ProofCopy(
        path, "preuves/Accusé de réception.pdf", hashlib.sha256(b"%PDF").hexdigest(), is_there=False
    )
    assert (folder / copy.name).read_bytes() == b"%PDF"
    assert [each.name for each in (folder / "preuves").iterdir()] == ["Accusé de réception.pdf"]


def test_the_same_content_is_taken_again_and_another_gets_a_free_name(source, folder):
    first = copied(source("pv.pdf", b"1"), folder)
    assert copied(source("pv.pdf", b"1"), folder) == first._replace(is_there=True)
    assert copied(source("autre nom.pdf", b"1"), folder).name == first.name
    assert [copied(source("PV.pdf", content), folder).name for content in (b"2", b"3")] == [
        "preuves/PV-2.pdf",
        "preuves/PV-3.pdf",
    ]
    assert (folder / first.name).read_bytes() == b"1"


def test_the_name_of_a_proof_that_is_missing_is_kept_for_it(source, folder):
    path = source("pv.pdf", b"1")
    sha256 = hashlib.sha256(b"1").hexdigest()
    assert plan_copy(path, folder, {"preuves/pv.pdf": "0" * 64}).name == "preuves/pv-2.pdf"
    assert plan_copy(path, folder, {"preuves/pv.pdf": sha256}).name == "preuves/pv.pdf"


def test_nothing_is_left_of_a_copy_that_nothing_names(source, folder):
    copy = plan_copy(source(), folder, {})

    def stopped():
        with placed(copy, folder):
            assert (folder / copy.name).exists()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert [each.name for each in folder.iterdir()] == ["convention.yaml"]


def test_what_the_journal_names_stays_whatever_happens(source, folder):
    copy = plan_copy(source(), folder, {})

    def stopped():
        with placed(copy, folder):
            (folder / "journal.yaml").write_text(f"- file: {copy.name}\n", "utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert (folder / copy.name).exists()


def test_nothing_is_written_over_what_came_meanwhile_nor_of_what_changed(source, folder):
    path = source("pv.pdf", b"1")
    copy = plan_copy(path, folder, {})
    (folder / "preuves").mkdir()
    (folder / copy.name).write_bytes(b"other")
    with pytest.raises(UsageError, match="is there by now"), placed(copy, folder):
        pytest.fail("it is placed")
    assert (folder / copy.name).read_bytes() == b"other"
    (folder / copy.name).unlink()
    path.write_bytes(b"2")
    with pytest.raises(UsageError, match="changed while it was copied"), placed(copy, folder):
        pytest.fail("it is placed")
    assert not (folder / "preuves").exists()


def test_a_disk_without_second_names_takes_copies_too(source, folder, monkeypatch):
    monkeypatch.setattr("os.link", lambda *_: (_ for _ in ()).throw(PermissionError(1, "no links here")))
    copy = copied(source("pv.pdf"), folder)
    assert (folder / copy.name).read_bytes() == b"%PDF"
    assert len(list((folder / "preuves").iterdir())) == 1


@LINKS
def test_no_link_leads_a_copy_out_of_the_repository_nor_a_secret_into_it(source, folder, tmp_path):
    secret = source("id_rsa", b"secret")
    (folder / "plan.pdf").symlink_to(secret)
    with pytest.raises(RefusedFileError, match="leads out of the repository"):
        plan_copy(folder / "plan.pdf", folder, {})
    (folder / "ailleurs").symlink_to(secret.parent)
    with pytest.raises(RefusedFileError, match="leads out of the repository"):
        plan_copy(folder / "ailleurs" / "id_rsa", folder, {})
    hidden = folder.parent / ".git"
    hidden.mkdir()
    (hidden / "config").write_text("x", "utf-8")
    with pytest.raises(RefusedFileError, match="hidden"):
        plan_copy(hidden / "config", folder, {})
    (folder / "preuves").symlink_to(tmp_path / "bureau")
    with pytest.raises(UsageError, match="is no folder"):
        plan_copy(source("pv.pdf"), folder, {})
    with (
        pytest.raises(UsageError, match="is no folder"),
        placed(ProofCopy(secret, "preuves/pv.pdf", hashlib.sha256(b"secret").hexdigest(), is_there=False), folder),
    ):
        pytest.fail("it is placed")
    assert sorted(each.name for each in (tmp_path / "bureau").iterdir()) == ["id_rsa", "pv.pdf"]


@LINKS
def test_what_is_no_ordinary_file_is_refused(source, folder):
    with pytest.raises(RefusedFileError, match="it is a folder"):
        plan_copy(source().parent, folder, {})
    pipe = source().parent / "tube"
    os.mkfifo(pipe)
    with pytest.raises(RefusedFileError, match="no ordinary file"):
        plan_copy(pipe, folder, {})
    assert stat.S_ISFIFO(pipe.stat().st_mode)
