"""The cache: whatever becomes of its files, an entry comes back as it was kept, or not at all; nothing is raised."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import sys
from pathlib import Path

import pytest

from qp_cli.store import cache as cache_module
from qp_cli.store import cache as fingerprints
from qp_cli.store.cache import Cache, Limits, cache_folder, code_print, entry_key, prune, sha256, users_folder

KEY, OTHER = "ab" * 32, "cd" * 32
VALUE = {"title": "Convention d'Élan", "days": ["2021-03-18", None, True, 3]}
posix_only = pytest.mark.skipif(os.name == "nt", reason="owners and modes are POSIX's")


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "caches" / "qp")


@pytest.fixture
def filled(cache):
    cache.keep(KEY, VALUE)
    assert cache.load(KEY) == VALUE
    return cache


def entry(cache, name=KEY):
    return cache.folder / name


def names(cache):
    return sorted(path.name for path in cache.folder.iterdir())


def test_a_value_comes_back_under_its_key_and_no_other(filled):
    assert filled.load(KEY) == VALUE
    assert filled.load(OTHER) is None
    assert names(filled) == [KEY]


@posix_only
def test_the_folder_and_its_entries_are_the_users_alone(filled):
    assert filled.folder.stat().st_mode & 0o777 == 0o700
    assert entry(filled).stat().st_mode & 0o777 == 0o600


def test_an_entry_says_in_json_what_it_holds_and_nothing_that_runs(filled):
    mark, name, checksum, payload = entry(filled).read_bytes().split(b"\n", 3)
    assert (mark, name) == (b"qp-cache", KEY.encode())
    assert checksum == hashlib.sha256(payload).hexdigest().encode()
    assert json.loads(payload) == VALUE


def test_an_entry_cut_anywhere_is_a_miss(filled):
    whole = entry(filled).read_bytes()
    for length in range(len(whole)):
        entry(filled).write_bytes(whole[:length])
        assert filled.load(KEY) is None
    entry(filled).write_bytes(whole + b" ")
    assert filled.load(KEY) is None


def test_an_entry_with_any_bit_changed_is_a_miss(filled):
    whole = entry(filled).read_bytes()
    for place in range(len(whole)):
        for bit in range(8):
            changed = bytearray(whole)
            changed[place] ^= 1 << bit
            entry(filled).write_bytes(bytes(changed))
            assert filled.load(KEY) is None


def test_an_entry_under_the_name_of_another_is_a_miss(filled):
    filled.keep(OTHER, [1])
    one, other = entry(filled).read_bytes(), entry(filled, OTHER).read_bytes()
    entry(filled).write_bytes(other)
    entry(filled, OTHER).write_bytes(one)
    assert filled.load(KEY) is None
    assert filled.load(OTHER) is None


def sealed(payload, name=KEY):
    """An entry that passes for one of qp's."""
    return b"\n".join((b"qp-cache", name.encode(), hashlib.sha256(payload).hexdigest().encode(), payload))


@pytest.mark.parametrize(
    "payload",
    [b"", b"{", b"\xff\xfe", b"[" * 200_000, b'{"a":' * 100_000, b"1" * 10_000, b"[NaN"],
    ids=["nothing", "cut", "no text", "deep lists", "deep mappings", "a long number", "no number"],
)
def test_a_sealed_entry_that_is_no_json_is_a_miss(filled, payload):
    entry(filled).write_bytes(sealed(payload))
    assert filled.load(KEY) is None


def test_an_entry_larger_than_any_is_a_miss_and_is_not_read(filled, monkeypatch):
    entry(filled).write_bytes(sealed(json.dumps("x" * 5000).encode()))
    assert filled.load(KEY) == "x" * 5000
    monkeypatch.setattr(cache_module, "LARGEST_ENTRY", 4000)
    assert filled.load(KEY) is None
    filled.keep(OTHER, "y" * 5000)
    assert names(filled) == [KEY]


def test_a_kept_entry_replaces_a_damaged_one(filled):
    entry(filled).write_bytes(b"damage")
    filled.keep(KEY, VALUE)
    assert filled.load(KEY) == VALUE


def test_an_entry_replaced_by_a_folder_is_a_miss_and_stays(filled):
    entry(filled).unlink()
    entry(filled).mkdir()
    assert filled.load(KEY) is None
    filled.keep(KEY, VALUE)
    assert names(filled) == [KEY]
    assert filled.load(KEY) is None


def test_a_folder_replaced_by_a_file_is_no_cache(tmp_path):
    path = tmp_path / "cache"
    path.write_text("mine", "utf-8")
    for folder in (path, path / "below"):
        blocked = Cache(folder)
        blocked.keep(KEY, VALUE)
        assert blocked.load(KEY) is None
    assert path.read_text("utf-8") == "mine"


@posix_only
def test_no_link_is_followed_to_an_entry_or_to_the_folder(filled, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    entry(filled).rename(elsewhere)
    entry(filled).symlink_to(elsewhere)
    assert filled.load(KEY) is None
    filled.keep(KEY, VALUE)
    assert filled.load(KEY) == VALUE
    assert not entry(filled).is_symlink()
    linked = tmp_path / "linked"
    linked.symlink_to(filled.folder)
    through = Cache(linked)
    assert through.load(KEY) is None
    through.keep(OTHER, VALUE)
    assert names(filled) == [KEY]


@posix_only
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_an_entry_that_others_can_write_to_is_a_miss(filled, mode):
    entry(filled).chmod(mode)
    assert filled.load(KEY) is None


@posix_only
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777, 0o1777])
def test_a_folder_that_others_can_write_to_is_no_cache(filled, mode):
    filled.folder.chmod(mode)
    assert filled.load(KEY) is None
    filled.keep(OTHER, VALUE)
    assert names(filled) == [KEY]


@posix_only
def test_what_belongs_to_somebody_else_is_no_cache(filled, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert filled.load(KEY) is None
    filled.keep(OTHER, VALUE)
    assert names(filled) == [KEY]


@posix_only
def test_a_pipe_in_place_of_an_entry_holds_nobody_up(filled):
    entry(filled).unlink()
    os.mkfifo(entry(filled), 0o600)
    assert filled.load(KEY) is None


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT, errno.EIO])
@pytest.mark.parametrize("where", ["os.open", "os.fdopen", "pathlib.Path.replace", "pathlib.Path.mkdir"])
def test_a_disk_that_refuses_is_no_cache_and_leaves_nothing_behind(filled, monkeypatch, number, where):
    def refuse(*_, **__):
        raise OSError(number, "refused")

    with monkeypatch.context() as patch:
        patch.setattr(where, refuse)
        filled.keep(OTHER, VALUE)
    assert names(filled) == [KEY]
    assert filled.load(OTHER) is None


@pytest.mark.parametrize("seconds", [-4_000_000_000 + 2**31, -1_000_000, 1_000_000_000])
def test_no_clock_makes_an_entry_wrong(filled, seconds):
    moment = entry(filled).stat().st_mtime + seconds
    os.utime(entry(filled), (max(moment, 0), max(moment, 0)))
    assert filled.load(KEY) == VALUE


@pytest.mark.parametrize("value", [{"odd": "\ud800"}, {"odd": object()}, {1, 2}])
def test_what_json_cannot_hold_is_not_kept(cache, value):
    cache.keep(KEY, value)
    assert cache.load(KEY) is None


def test_a_value_nested_too_deep_is_not_kept(cache):
    deep = []
    for _ in range(100_000):
        deep = [deep]
    cache.keep(KEY, deep)
    assert cache.load(KEY) is None


def test_no_folder_and_no_key_are_no_cache(tmp_path):
    for none, name in ((Cache(None), KEY), (Cache(tmp_path / "c"), None)):
        none.keep(name, VALUE)
        assert none.load(name) is None
    assert list(tmp_path.iterdir()) == []


# --- what an entry is made from


def test_the_key_changes_with_a_byte_of_any_file_and_with_what_is_asked():
    files = {"convention.yaml": b"a", "sites.yaml": b"b", "journal.yaml": b"c"}
    found = {entry_key(files, "x")}
    for name, content in files.items():
        found.add(entry_key({**files, name: content + b" "}, "x"))
        found.add(entry_key({each: data for each, data in files.items() if each != name}, "x"))
        found.add(entry_key({**files, name: b""}, "x"))
    found |= {entry_key(files, "y"), entry_key(files, "x", "y"), entry_key(files, "xy"), entry_key(files)}
    assert len(found) == 14
    assert entry_key(dict(reversed(files.items())), "x") in found


def test_contents_moved_from_one_file_to_the_next_have_another_key():
    assert entry_key({"convention.yaml": b"ab", "sites.yaml": b""}) != entry_key(
        {"convention.yaml": b"a", "sites.yaml": b"b"}
    )
    assert entry_key({"convention.yaml": b"a-", "sites.yaml": b"b"}) != entry_key(
        {"convention.yaml": b"a", "sites.yaml": b"-b"}
    )


def test_the_key_changes_with_the_version_the_layout_and_the_code(monkeypatch):
    files = {"convention.yaml": b"a"}
    found = {entry_key(files)}
    for name, value in (("__version__", "9"), ("ENTRY_LAYOUT", 9), ("code_print", lambda: "other")):
        with monkeypatch.context() as patch:
            patch.setattr(fingerprints, name, value)
            found.add(entry_key(files))
    assert len(found) == 4


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of our own in place of qp's."""
    folder = tmp_path / "package"
    (folder / "store").mkdir(parents=True)
    (folder / "store" / "reader.py").write_text("a = 1\n", "utf-8")
    monkeypatch.setattr(fingerprints, "_PACKAGE", folder)
    code_print.cache_clear()
    yield folder
    code_print.cache_clear()


def printed():
    code_print.cache_clear()
    return code_print()


def test_code_changed_between_two_versions_leaves_all_entries_aside(package):
    before = printed()
    assert printed() == before
    path = package / "store" / "reader.py"
    path.write_text("a = 12\n", "utf-8")
    longer = printed()
    path.write_text("a = 34\n", "utf-8")
    os.utime(path, ns=(1, 10**18))
    (package / "store" / "new.py").write_text("", "utf-8")
    assert len({before, longer, printed()}) == 3


def test_code_that_cannot_be_looked_at_has_no_key(package, monkeypatch):
    monkeypatch.setattr(fingerprints, "_PACKAGE", package / "nowhere.zip" / "qp_cli")
    assert printed() is None
    assert entry_key({"convention.yaml": b"a"}) is None


def test_what_shows_the_answers_has_no_part_in_the_key(package):
    before = printed()
    (package / "render").mkdir()
    (package / "render" / "status.py").write_text("", "utf-8")
    assert printed() == before


def test_every_room_that_an_entry_rests_on_has_its_part():
    package = Path(fingerprints.__file__).resolve().parents[1]
    rooms = {name.split("/")[1] for name, *_ in fingerprints._sources(str(package), "")}
    assert {"store", "model", "law", "checks", "tracking", "errors.py", "findings.py", "messages.py"} <= rooms
    assert "cli" not in rooms


@pytest.mark.parametrize("data", [b"", b"abc", bytes(range(256)) * 5000])
def test_the_digest_is_sha_256(data):
    assert sha256(data).hexdigest() == hashlib.sha256(data).hexdigest()


# --- where it is


def test_the_environment_puts_the_cache_elsewhere_or_switches_it_off(tmp_path):
    assert cache_folder({"QP_CACHE_DIR": str(tmp_path)}) == tmp_path
    assert cache_folder({"QP_CACHE_DIR": str(tmp_path), "QP_NO_CACHE": "1"}) is None
    assert cache_folder({"QP_NO_CACHE": "1"}) is None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs itself is asked")
@pytest.mark.parametrize("value", ["", "relative/path", "/srv/named", None])
def test_the_cache_is_where_platformdirs_says_that_a_users_caches_are(monkeypatch, value):
    from platformdirs import user_cache_path

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    if value is not None:
        monkeypatch.setenv("XDG_CACHE_HOME", value)
    assert users_folder(os.environ) == user_cache_path("qp", appauthor=False)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs itself is asked")
def test_a_user_without_a_home_has_no_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path / "nowhere"))
    monkeypatch.setattr("qp_cli.store.cache.users_folder", users_folder)
    assert cache_folder({}) is None
    assert not (tmp_path / "nowhere").exists()


# --- how much is kept


def put(folder, number, *, age=0.0, size=10, name=None):
    path = folder / (name or f"{number:064x}")
    path.write_bytes(b"x" * size)
    moment = 1_800_000_000 - age
    os.utime(path, (moment, moment))
    return path


def test_the_entries_used_longest_ago_go_first_past_a_number(tmp_path):
    paths = [put(tmp_path, number, age=number) for number in range(10)]
    prune(tmp_path, paths[0], Limits(entries=4))
    assert [path.exists() for path in paths] == [True] * 4 + [False] * 6


def test_the_entries_used_longest_ago_go_first_past_a_size(tmp_path):
    paths = [put(tmp_path, number, age=number, size=100) for number in range(10)]
    prune(tmp_path, paths[0], Limits(size=350))
    assert [path.exists() for path in paths] == [True] * 3 + [False] * 7


def test_an_entry_that_nobody_used_for_a_season_goes(tmp_path):
    fresh, used, unused = put(tmp_path, 1), put(tmp_path, 2, age=89 * 86_400), put(tmp_path, 3, age=91 * 86_400)
    prune(tmp_path, fresh)
    assert (fresh.exists(), used.exists(), unused.exists()) == (True, True, False)


def test_reading_an_entry_is_using_it(filled):
    os.utime(entry(filled), (1_000_000_000, 1_000_000_000))
    filled.load(KEY)
    assert entry(filled).stat().st_mtime > 1_700_000_000


def test_the_fresh_entry_stays_and_a_clock_gone_wrong_takes_away_no_more_than_entries(tmp_path):
    fresh = put(tmp_path, 1, age=10**9)
    others = [put(tmp_path, number) for number in (2, 3)]
    prune(tmp_path, fresh, Limits(entries=1))
    assert fresh.exists()
    assert sum(path.exists() for path in others) <= 1


def test_nothing_that_is_no_entry_is_swept_away(tmp_path):
    fresh = put(tmp_path, 1)
    stale = put(tmp_path, 0, name=f".{'ab' * 32}.77.88.tmp", age=7200)
    writing = put(tmp_path, 0, name=f".{'cd' * 32}.77.88.tmp", age=5)
    mine = [put(tmp_path, 0, name=name, age=10**8) for name in ("notes.txt", "AB" * 32, "ab" * 31, ".hidden", "a.tmp")]
    (tmp_path / ("ef" * 32)).mkdir()
    prune(tmp_path, fresh)
    assert not stale.exists()
    assert all(path.exists() for path in (*mine, writing, tmp_path / ("ef" * 32)))


def test_keeping_many_entries_sweeps_now_and_then(cache, monkeypatch):
    from qp_cli.store import cache as sweeping

    monkeypatch.setattr(sweeping, "MOST_ENTRIES", 20)
    for number in range(400):
        cache.keep(hashlib.sha256(b"%d" % number).hexdigest(), number)
    assert len(names(cache)) < 150
