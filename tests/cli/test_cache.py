"""The cache as its users see it: not at all. With it, without it, warm, cold or damaged, every answer is the same."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

NEIGHBOUR = Path(__file__).resolve().parents[1] / "conventions" / "neighbour"
READING = [
    "status",
    "deadlines",
    "overdue",
    "show feuille-de-route",
    "show terme",
    "parties",
    "sites",
    "log",
    "diff 2021-10-01 2026-11-23",
]
FACT = {"id": "f-1", "kind": "fulfilled", "engagement": "bilan", "on": "2026-09-20"}
READ = "qp_cli.store.repository.read_repository"


@pytest.fixture
def folder(tmp_path):
    """Where the cache of a test is; not there yet."""
    return tmp_path / "cache"


@pytest.fixture
def cached(qp, folder):
    """Runs qp with a cache of the test's own."""
    return lambda *arguments, **options: qp(
        *arguments,
        **{**options, "environ": {"QP_CACHE_DIR": str(folder), "QP_NO_CACHE": "", **options.get("environ", {})}},
    )


@pytest.fixture
def plain(cached):
    """Runs qp without any cache."""
    return lambda *arguments, **options: cached(*arguments, "--no-cache", **options)


def entries(folder):
    return sorted(path for path in folder.iterdir()) if folder.exists() else []


def seal(entry, payload):
    """Makes a payload pass for one of qp's own."""
    mark, name, _, _ = entry.read_bytes().split(b"\n", 3)
    entry.write_bytes(b"\n".join((mark, name, hashlib.sha256(payload).hexdigest().encode(), payload)))


def payload_of(entry):
    return json.loads(entry.read_bytes().split(b"\n", 3)[3])


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
@pytest.mark.parametrize("command", READING)
def test_every_answer_is_the_same_without_a_cache_cold_and_warm(cached, plain, folder, command, form, language):
    arguments = [*command.split(), "--format", form, "--lang", language]
    without = plain(*arguments)
    assert not folder.exists()
    cold = cached(*arguments)
    if cold.code == 0:
        assert len(entries(folder)) == 1
        with patch(READ, side_effect=AssertionError("read again")):
            assert cached(*arguments) == without
    assert cold == without


@pytest.mark.parametrize(
    "command", ["status", "deadlines --format json", "log", "log --format json", "diff 2022-01-01"]
)
def test_a_journal_with_facts_gives_the_same_answers_warm(cached, plain, command):
    arguments = [*command.split(), "--data", str(NEIGHBOUR), "--as-of", "2025-06-30"]
    assert cached(*arguments) == cached(*arguments) == plain(*arguments)


@pytest.mark.usefixtures("shipped")
def test_one_entry_serves_every_reading_command_every_day_and_both_languages(cached, folder):
    for arguments in (
        ["status"],
        ["deadlines", "--lang", "fr"],
        ["show", "terme"],
        ["status", "--as-of", "2021-05-01"],
    ):
        assert cached(*arguments).code == 0
    assert len(entries(folder)) == 1


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    "how", [["--no-cache", "status"], ["status", "--no-cache"], ["--no-cache"], ["check", "--no-cache"]]
)
def test_no_cache_neither_reads_nor_writes_one(cached, folder, how):
    cached(*how)
    assert not folder.exists()
    cached("status")
    (entry,) = entries(folder)
    entry.write_bytes(b"damaged")
    before = folder.stat().st_mtime_ns, entry.stat().st_mtime_ns
    cached(*how)
    assert (folder.stat().st_mtime_ns, entry.stat().st_mtime_ns) == before
    assert entry.read_bytes() == b"damaged"


@pytest.mark.usefixtures("shipped")
def test_a_variable_switches_the_cache_off(cached, folder):
    assert cached("status", environ={"QP_NO_CACHE": "1"}).code == 0
    assert not folder.exists()


def test_a_byte_changed_in_a_file_is_seen_at_once(cached, repository, small):
    data = repository(small())
    path = data / "data" / "convention.yaml"
    assert "2026-10-01" in cached("deadlines", "--format", "json", "--data", str(data)).out
    moment = path.stat()
    path.write_text(path.read_text("utf-8").replace("2026-10-01", "2026-10-02"), "utf-8")
    os.utime(path, ns=(moment.st_atime_ns, moment.st_mtime_ns))
    assert "2026-10-02" in cached("deadlines", "--format", "json", "--data", str(data)).out


def test_a_fact_recorded_is_seen_at_once(cached, repository, small):
    data = str(repository(small()))
    assert cached("status", "--data", data).code == 0
    assert cached("record", "fulfilled", "bilan", "--on", "2026-09-20", "--data", data).code == 0
    assert cached("deadlines", "--format", "json", "--data", data).json["obligations"][0]["state"] == "fulfilled"


def test_a_repository_with_errors_is_not_kept(cached, repository, small, folder):
    broken = small()
    broken["engagements"][0]["debtors"] = ["personne"]
    data = str(repository(broken))
    first, second = (cached("status", "--data", data) for _ in range(2))
    assert first == second
    assert first.code == 3
    assert entries(folder) == []


# --- attacks


@pytest.fixture
def warm(cached, shipped, folder):  # noqa: ARG001 - where the test stands
    """The entry of the shipped convention, and what status says without any cache."""
    expected = cached("status", "--no-cache")
    assert cached("status") == expected
    (entry,) = entries(folder)
    return entry, expected


def answers_and_mends(cached, entry, expected):
    """The right answer, twice, the second time from an entry that was put right."""
    whole = cached("status")
    assert whole == expected
    with patch(READ, side_effect=AssertionError("read again")):
        assert cached("status") == expected
    assert not entry.is_symlink()


def test_a_cut_or_changed_entry_is_put_right(cached, warm):
    entry, expected = warm
    whole = entry.read_bytes()
    for length in range(0, len(whole), 701):
        entry.write_bytes(whole[:length])
        answers_and_mends(cached, entry, expected)
        assert entry.read_bytes() == whole
    for place in range(0, len(whole), 997):
        entry.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        answers_and_mends(cached, entry, expected)


def test_an_entry_of_another_convention_in_its_place_is_put_right(cached, warm, folder):
    entry, expected = warm
    cached("status", "--data", str(NEIGHBOUR))
    (other,) = set(entries(folder)) - {entry}
    mine = entry.read_bytes()
    shutil.copy(other, entry)
    answers_and_mends(cached, entry, expected)
    assert entry.read_bytes() == mine


def test_an_entry_that_an_earlier_version_kept_is_left_aside(cached, warm, folder):
    _, expected = warm
    with patch("qp_cli.store.cache.__version__", "0.0.1"):
        assert cached("status") == expected
    assert len(entries(folder)) == 2


POISONS = {
    "nothing": None,
    "a number": 7,
    "a text": "convention",
    "an empty mapping": {},
    "no parts": {"convention": {}, "sites": [], "facts": []},
    "parts of another type": {"convention": [], "sites": {}, "facts": "none"},
    "a class by its name": {"py/object": "os.system", "convention": "os.system", "sites": [], "facts": []},
}


@pytest.mark.parametrize("poison", POISONS.values(), ids=POISONS)
def test_a_sealed_entry_that_says_something_else_is_put_right(cached, warm, poison):
    entry, expected = warm
    seal(entry, json.dumps(poison).encode())
    answers_and_mends(cached, entry, expected)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("convention", "title"), 5),
        (("convention", "term"), {"due": "2021-03-18"}),
        (("convention", "parties"), "anru"),
        (("convention", "parties", 0, "organ_of"), ["a"]),
        (("convention", "parties"), []),
        (("convention", "engagements", 0, "due"), [99, {}]),
        (("convention", "engagements", 0, "kind"), "never"),
        (("convention", "engagements", 0, "__class__"), "str"),
        (("convention", "due_soon_days"), 10**30),
        (("convention", "approval"), "nobody-knows"),
        (("convention", "signature"), {"deep": [1]}),
        (("sites", 0, "name"), None),
        (("facts",), [[0, {"id": "x"}]]),
        (("facts",), [[0, {"id": "x", "on": "9999-12-31", "kind": "fulfilled", "engagement": "rien"}, 3]]),
    ],
)
def test_a_sealed_entry_with_a_wrong_value_never_breaks_an_answer(cached, warm, path, value):
    entry, expected = warm
    found = payload_of(entry)
    place = found
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    seal(entry, json.dumps(found).encode())
    answer = cached("status")
    assert answer.code == 0
    assert "Traceback" not in answer.err
    if path[-1] not in {"approval", "parties"}:  # such values could have been declared
        assert answer == expected


def test_a_sealed_entry_nested_beyond_any_reader_is_put_right(cached, warm):
    entry, expected = warm
    for payload in (b"[" * 500_000, b'{"convention":' * 200_000, b'"' + b"x" * 3_000_000 + b'"'):
        seal(entry, payload)
        answers_and_mends(cached, entry, expected)


def test_dues_nested_in_dues_without_end_are_put_right(cached, warm):
    entry, expected = warm
    found = payload_of(entry)
    due = [0, {"on": "2021-03-18"}]
    for _ in range(300):
        due = [4, {"earliest_of": [due, due]}] if len(str(due)) < 3000 else [4, {"earliest_of": [due]}]
    found["convention"]["engagements"][0]["due"] = due
    seal(entry, json.dumps(found).encode())
    answer = cached("status")
    assert (answer.code, answer.err) == (expected.code, expected.err)


def test_an_entry_from_the_future_is_as_good_as_any(cached, warm):
    entry, expected = warm
    os.utime(entry, (4_000_000_000, 4_000_000_000))
    with patch(READ, side_effect=AssertionError("read again")):
        assert cached("status") == expected


@pytest.mark.skipif(os.name == "nt", reason="links and modes are POSIX's")
def test_a_link_in_place_of_an_entry_is_not_followed(cached, warm, tmp_path):
    entry, expected = warm
    target = tmp_path / "target"
    entry.rename(target)
    before = target.read_bytes()
    entry.symlink_to(target)
    answers_and_mends(cached, entry, expected)
    assert target.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="links and modes are POSIX's")
@pytest.mark.parametrize("mode", [0o500, 0o777, 0o000])
def test_a_folder_that_cannot_be_used_or_trusted_says_nothing_and_the_answer_is_right(cached, warm, folder, mode):
    _, expected = warm
    folder.chmod(mode)
    try:
        assert cached("status") == expected
        assert cached("deadlines", "--data", str(NEIGHBOUR)).code == 0
    finally:
        folder.chmod(0o700)


@pytest.mark.usefixtures("shipped")
def test_a_file_in_place_of_the_folder_says_nothing_and_stays(cached, folder):
    folder.write_text("mine", "utf-8")
    assert cached("status") == cached("status", "--no-cache")
    assert folder.read_text("utf-8") == "mine"


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("name", ["/dev/null", "/dev/null/x", "\0", "/proc/self/mem", "a" * 5000])
def test_no_folder_named_for_the_cache_changes_an_answer(qp, name):
    expected = qp("status", "--no-cache")
    assert qp("status", environ={"QP_CACHE_DIR": name}) == expected


def test_many_processes_at_once_all_give_the_right_answer(clean_environ, repository, small, tmp_path):
    data, cache = repository(small(), journal=[FACT]), tmp_path / "cache"
    environ = clean_environ(QP_CACHE_DIR=str(cache), QP_AS_OF="2026-11-23", QP_LANG="en", QP_NO_CACHE="")
    line = [sys.executable, "-m", "qp_cli", "deadlines", "--format", "json", "--data", str(data)]
    expected = subprocess.run([*line, "--no-cache"], env=environ, capture_output=True, check=True).stdout
    for round_ in range(8):
        if round_ % 2:
            for entry in entries(cache):
                entry.write_bytes(entry.read_bytes()[: 40 * round_])
        else:
            shutil.rmtree(cache, ignore_errors=True)
        running = [
            subprocess.Popen(line, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)
        ]
        for process in running:
            out, err = process.communicate(timeout=60)
            assert (process.returncode, out, err) == (0, expected, b"")
        assert len(entries(cache)) == 1


# --- the findings of a check


def with_a_proof(repository, small):
    fact = {**FACT, "proof": {"file": "preuve.txt", "sha256": hashlib.sha256(b"proof").hexdigest()}}
    data = repository(small(), journal=[fact]) / "data"
    (data / "preuve.txt").write_bytes(b"proof")
    return data


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif", "junit"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_check_says_the_same_without_a_cache_cold_and_warm(cached, plain, form, language):
    arguments = ["check", "--format", form, "--lang", language, "data", str(NEIGHBOUR)]
    without = plain(*arguments)
    assert cached(*arguments) == without
    with patch(READ, side_effect=AssertionError("read again")):
        assert cached(*arguments) == without


@pytest.mark.usefixtures("shipped")
def test_what_is_chosen_is_chosen_from_the_findings_that_were_kept(cached, plain):
    cached("check")
    for more in (["--select", "QP3"], ["--ignore", "QP4,QP5"], ["--strict"]):
        with patch(READ, side_effect=AssertionError("read again")):
            warm = cached("check", *more)
        assert warm == plain("check", *more)


@pytest.mark.parametrize("name", sorted(path.name for path in (NEIGHBOUR.parents[1] / "checks" / "samples").iterdir()))
def test_a_check_of_every_sample_says_the_same_warm(cached, plain, name):
    samples = NEIGHBOUR.parents[1] / "checks" / "samples" / name
    folders = sorted({str(path.parent) for path in samples.rglob("convention.yaml")})
    arguments = ["check", "--format", "json", *folders]
    assert cached(*arguments) == cached(*arguments) == plain(*arguments)


def test_a_check_from_elsewhere_writes_its_own_paths(cached, plain, repository, small, monkeypatch, tmp_path):
    small_one = small()
    del small_one["engagements"][0]["clause"]
    data = repository(small_one)
    for place in (tmp_path, data, data / "data"):
        monkeypatch.chdir(place)
        assert cached("check", str(data)) == cached("check", str(data)) == plain("check", str(data))


@pytest.mark.parametrize("change", ["other bytes", "gone", "a folder", "other bytes, same time"])
def test_a_proof_that_changes_is_seen_though_no_file_of_the_repository_did(cached, plain, repository, small, change):
    data = with_a_proof(repository, small)
    arguments = ["check", str(data), "--format", "json"]
    sound = cached(*arguments)
    assert cached(*arguments) == sound
    proof = data / "preuve.txt"
    moment = proof.stat()
    if change == "gone":
        proof.unlink()
    elif change == "a folder":
        proof.unlink()
        proof.mkdir()
    else:
        proof.write_bytes(b"prooF")
        if "time" in change:
            os.utime(proof, ns=(moment.st_atime_ns, moment.st_mtime_ns))
    after = cached(*arguments)
    assert after != sound
    assert after == plain(*arguments)


def test_files_put_right_are_checked_as_they_are_now(cached, repository):
    data = repository()
    path = data / "data" / "convention.yaml"
    path.write_text(path.read_text("utf-8").replace("format: qp/1\n", "format: qp/1   \n"), "utf-8")
    before = cached("check", str(data))
    assert cached("check", "--fix", str(data)).code == 0
    assert cached("check", str(data)).code == before.code == 0
    assert "qp/1   " not in path.read_text("utf-8")


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    "poison",
    [None, [], {"findings": 3}, {"findings": [[]], "proofs": {}}, {"findings": [], "proofs": {"/etc/passwd": 1}}],
)
def test_a_sealed_entry_of_findings_that_says_something_else_is_put_right(cached, plain, folder, poison):
    expected = plain("check")
    cached("check")
    (entry,) = entries(folder)
    seal(entry, json.dumps(poison).encode())
    assert cached("check") == expected
    with patch(READ, side_effect=AssertionError("read again")):
        assert cached("check") == expected


def test_what_several_processes_found_is_kept_and_what_changed_since_is_found_again(cached, plain, tmp_path):
    for number in range(9):
        folder = tmp_path / "several" / f"c{number}" / "data"
        shutil.copytree(NEIGHBOUR, folder)
        path = folder / "convention.yaml"
        path.write_text(path.read_text("utf-8") + f"# {number}\n", "utf-8")
    arguments = ["check", str(tmp_path / "several"), "--format", "json"]
    jobs = {"environ": {"QP_JOBS": "3"}}
    first = cached(*arguments, **jobs)
    with patch(READ, side_effect=AssertionError("read again")):
        assert cached(*arguments, **jobs) == first
    path.write_text(path.read_text("utf-8").replace("title:", "titre:", 1), "utf-8")
    again = cached(*arguments, **jobs)
    assert again != first
    assert again == plain(*arguments, **jobs) == plain(*arguments)
    assert cached(*arguments, environ={"QP_JOBS": "none"}).code == 2
