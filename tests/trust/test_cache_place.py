"""The cache is never among files that came from elsewhere, nor where others could put another in its place."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

import pytest

from qp_cli.store.cache import Cache, cache_folder
from tests.conftest import small_convention, written

posix = pytest.mark.skipif(sys.platform == "win32", reason="owners and modes are POSIX's")


@pytest.fixture
def places(tmp_path):
    """A checkout with a convention, and a home beside it."""
    (tmp_path / "checkout" / ".git").mkdir(parents=True)
    data = tmp_path / "checkout" / "data"
    data.mkdir()
    (data / "convention.yaml").write_text(written(small_convention()), "utf-8")
    (tmp_path / "home").mkdir()
    return tmp_path


def poisoned(places, qp_process, cache):
    """Entries as qp makes them of a convention that says something else, under the names of this one's."""
    made = places / "made"
    run = {"cwd": places / "checkout", "environ": {"QP_CACHE_DIR": str(made), "QP_AS_OF": "2026-11-23"}}
    assert qp_process("deadlines", **run).code == 0
    (entry,) = made.iterdir()
    mark, name, _, payload = entry.read_bytes().split(b"\n", 3)
    other = payload.replace(b"Remettre le bilan", b"Rien a remettre !")
    assert other != payload
    cache.mkdir(parents=True, mode=0o700)
    (cache / entry.name).write_bytes(b"\n".join((mark, name, hashlib.sha256(other).hexdigest().encode(), other)))
    (cache / entry.name).chmod(0o600)  # as qp makes it, whatever the umask
    return {path: path.read_bytes() for path in cache.iterdir()}


WHERE = {
    "named": lambda checkout: {"QP_CACHE_DIR": str(checkout / ".cache" / "qp")},
    "named-from-here": lambda _: {"QP_CACHE_DIR": ".cache/qp"},
    "named-with-detours": lambda checkout: {"QP_CACHE_DIR": str(checkout / ".." / "checkout" / ".cache" / "qp")},
    "named-through-a-link": lambda checkout: {"QP_CACHE_DIR": str(checkout.parent / "home" / "link" / "qp")},
    "users": lambda checkout: {"QP_CACHE_DIR": "", "XDG_CACHE_HOME": str(checkout / ".cache"), "HOME": "/nowhere"},
    "home": lambda checkout: {"QP_CACHE_DIR": "", "XDG_CACHE_HOME": "", "HOME": str(checkout)},
}


@posix
@pytest.mark.parametrize("where", WHERE.values(), ids=WHERE)
@pytest.mark.parametrize("command", [("deadlines",), ("check",)], ids=" ".join)
def test_entries_that_were_committed_are_neither_read_nor_joined(places, qp_process, where, command):
    checkout = places / "checkout"
    entries = poisoned(places, qp_process, checkout / ".cache" / "qp")
    (places / "home" / "link").symlink_to(checkout / ".cache")
    environ = {"QP_AS_OF": "2026-11-23", "QP_NO_CACHE": "", **where(checkout)}
    answer = qp_process(*command, cwd=checkout, environ=environ)
    assert answer.code == 0, answer.err
    assert "Rien a remettre" not in answer.out
    assert {path: path.read_bytes() for path in (checkout / ".cache" / "qp").iterdir()} == entries


@posix
def test_entries_elsewhere_would_have_been_read(places, qp_process):
    cache = places / "home" / "cache"
    poisoned(places, qp_process, cache)
    environ = {"QP_AS_OF": "2026-11-23", "QP_NO_CACHE": "", "QP_CACHE_DIR": str(cache)}
    assert "Rien a remettre" in qp_process("deadlines", cwd=places / "checkout", environ=environ).out


def inside(cache, *read):
    return cache_folder({"QP_CACHE_DIR": str(cache)}, read) is None


def test_a_work_tree_is_the_one_of_git_else_what_holds_the_data(places):
    data = places / "checkout" / "data"
    assert inside(places / "checkout" / ".cache", data)
    assert inside(data / "cache", data)
    assert not inside(places / "home" / ".cache", data)
    shutil.rmtree(places / "checkout" / ".git")
    assert inside(places / "checkout" / ".cache", data)
    assert not inside(places / "checkout2", data)


def test_the_cache_is_in_no_other_work_tree_either(places, tmp_path):
    (tmp_path / "other" / ".git").mkdir(parents=True)
    assert inside(tmp_path / "other" / "cache", places / "checkout" / "data")
    assert inside(tmp_path / "other" / "cache")


def test_a_home_kept_in_git_still_has_a_cache(places, monkeypatch):
    home = places / "home"
    (home / ".git").mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    assert not inside(home / ".cache" / "qp", places / "checkout" / "data")


@posix
@pytest.mark.parametrize(
    ("mode", "trusted"), [(0o700, True), (0o755, True), (0o777, False), (0o707, False), (0o1777, True)]
)
@pytest.mark.parametrize("depth", [0, 1, 2])
def test_nobody_else_can_write_to_a_folder_above(places, mode, trusted, depth):
    above = [places / "home", places / "home" / "a", places / "home" / "a" / "b"]
    above[-1].mkdir(parents=True)
    above[depth].chmod(mode)
    try:
        assert inside(above[-1] / "qp") != trusted
    finally:
        above[depth].chmod(0o700)


@posix
@pytest.mark.parametrize("trusted", [True, False])
def test_a_group_of_the_users_own_is_nobody_else(places, trusted):
    folder = places / "home"
    try:
        os.chown(folder, -1, folder.stat().st_uid + (not trusted))
    except PermissionError:
        pytest.skip("only root gives a folder to any group")
    folder.chmod(0o770)
    assert inside(folder / "qp") != trusted


@posix
def test_a_folder_above_that_belongs_to_somebody_else_is_not_trusted(places):
    try:
        os.chown(places / "home", 12345, -1)
    except PermissionError:
        pytest.skip("only root gives a folder away")
    assert inside(places / "home" / "qp")


@posix
def test_a_link_of_somebody_elses_on_the_way_is_not_followed(places):
    link = places / "link"
    link.symlink_to(places / "home")
    try:
        os.lchown(link, 12345, -1)
    except PermissionError:
        pytest.skip("only root gives a link away")
    assert inside(link / "qp")


@posix
def test_the_folders_made_for_it_are_the_users_alone(tmp_path):
    before = os.umask(0)
    try:
        Cache(tmp_path / "a" / "b" / "qp").keep("1" * 64, [1])
    finally:
        os.umask(before)
    assert {Path(each).stat().st_mode & 0o777 for each in (tmp_path / "a", tmp_path / "a" / "b")} == {0o700}
    assert cache_folder({"QP_CACHE_DIR": str(tmp_path / "a" / "b" / "qp")}) is not None
