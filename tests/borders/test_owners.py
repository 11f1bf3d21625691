"""A convention of another owner that was found, not named: it is said, and nothing is written into it."""

from __future__ import annotations

import os

import pytest

from tests.borders.conftest import DAY
from tests.conftest import written

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a folder to somebody else"
)
ANOTHER = 65534


@pytest.fixture
def planted(repository):
    """A convention that somebody else put above the folder where people stand, which is given."""
    folder = repository()
    standing = folder / "travail"
    standing.mkdir()
    for each in (folder / "data", folder / "data" / "convention.yaml"):
        os.chown(each, ANOTHER, ANOTHER)
    return standing


@pytest.mark.parametrize("command", ["status", "deadlines", "overdue", "log", "show bilan", "report", "check"])
def test_it_is_said_where_it_is_found_and_not_where_it_is_named(qp_process, planted, command):
    found = qp_process(*command.split(), cwd=planted, environ=DAY)
    assert found.code == 0
    folder = planted.parent / "data"
    assert found.err == f"qp: {folder} was found here or above, and belongs to somebody else.\n"
    assert qp_process(*command.split(), "--data", "..", cwd=planted, environ=DAY).err == ""
    assert qp_process(*command.split(), cwd=planted, environ={**DAY, "QP_DATA": ".."}).err == ""


def test_nothing_is_recorded_into_it_unless_it_is_named(qp_process, planted):
    answer = qp_process("record", "waived", "bilan", cwd=planted, environ=DAY)
    assert (answer.code, answer.out) == (2, "")
    assert "belongs to somebody else: to write there, name it with --data." in answer.err
    assert not (planted.parent / "data" / "journal.yaml").exists()
    assert qp_process("record", "waived", "bilan", "--data", "..", cwd=planted, environ=DAY).code == 0


def test_nor_is_it_put_right(qp_process, planted):
    path = planted.parent / "data" / "convention.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b" \n"))
    before = path.read_bytes()
    assert qp_process("check", "--fix", cwd=planted).code == 2
    assert path.read_bytes() == before
    assert qp_process("check", "--fix", "..", cwd=planted).code == 0
    assert path.read_bytes() != before


def test_so_is_it_for_several(qp_process, conventions):
    top = conventions("nord", "sud")
    (top / "parties.yaml").write_text(written({"format": "qp/1", "parties": [{"id": "ville", "name": "La Ville"}]}))
    os.chown(top / "sud" / "data", ANOTHER, ANOTHER)
    answer = qp_process("status", cwd=top, environ=DAY)
    assert (answer.code, answer.err.count("belongs to somebody else")) == (0, 1)


def test_ones_own_under_sudo_is_ones_own(qp_process, planted):
    assert qp_process("status", cwd=planted, environ={**DAY, "SUDO_UID": "1234"}).err != ""
    os.chown(planted.parent / "data" / "convention.yaml", 0, 0)
    assert qp_process("status", cwd=planted, environ={**DAY, "SUDO_UID": str(ANOTHER)}).err == ""
