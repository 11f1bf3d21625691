"""Files made to exhaust a reader: an error at once, in little time and memory."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from qp_cli.store.yaml.text import MAX_BYTES, MAX_LENGTH

LEVELS = 32
SECONDS = 4  # twice what is promised: the machine that runs the tests may be slow


def run(program: str) -> str:
    """What a program prints, in a process of its own that a crash or a loop cannot take the tests with."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("opening", "code"),
    [
        ("[", "QP005"),
        ("[\n", "QP005"),
        ("{a: ", "QP005"),
        ("{a:\n", "QP005"),
        ("[{a: ", "QP005"),
        ("- ", "QP005"),
        ("? ", "QP005"),
        ("- ? ", "QP005"),
        ("x: [", "QP005"),
        ("{", "QP005"),
        ("[a: ", "QP005"),
    ],
)
def test_a_hundred_thousand_levels_are_stopped_at_once(opening, code):
    output = run(f"""
        import time
        from qp_cli.store.yaml.reader import read_document
        levels = {opening!r} * 20_000 + chr(10)
        for pure in (False, True):
            start = time.perf_counter()
            findings = read_document(levels.encode() * 5, "f.yaml", pure=pure).findings
            print(findings[-1].code, time.perf_counter() - start < 1)
    """)
    assert output.split() == [code, "True"] * 2


def test_levels_are_counted_in_brackets(found):
    assert found("a: " + "[" * (LEVELS - 1) + "]" * (LEVELS - 1)) == []
    assert found("a: " + "[" * LEVELS + "]" * LEVELS) == [("QP005", 1, 3 + LEVELS)]
    assert found("[" * 100_000) == [("QP005", 1, LEVELS + 1)]


def test_what_stands_before_too_many_levels_is_told_once(read):
    before = "".join(f"a{number}: &x 1\n" for number in range(25))
    endless, closed = (read(f"{before}b: {levels}") for levels in ("[" * 2_000, "[" * LEVELS + "]" * LEVELS))
    assert endless.findings == closed.findings


def test_levels_are_counted_in_dashes(found):
    assert found("a:\n" + "- " * (LEVELS - 1) + "x\n") == []
    assert found("a:\n" + "- " * LEVELS + "x\n") == [("QP005", 2, 2 * LEVELS - 1)]


def test_levels_are_counted_in_indentation(found):
    nested = "".join(f"{' ' * level}a:\n" for level in range(LEVELS))
    assert found(nested) == []
    assert found(f"{nested}{' ' * LEVELS}a: 1\n") == [("QP005", LEVELS + 1, LEVELS + 1)]


def test_levels_are_counted_in_mixed_collections(found):
    assert found("a: " + "[{b: " * 16 + "1" + "}]" * 16) == [("QP005", 1, 4 + 15 * 5 + 1)]


def test_deep_nesting_takes_little_memory():
    pytest.importorskip("resource", reason="memory of a process is measured on Unix")
    output = run("""
        import resource
        from qp_cli.store.yaml.reader import read_document
        data = b"[" * 99_999 + b"\\n"
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        read_document(data * 50, "f.yaml")
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    """)
    assert int(output) < 60_000_000 // 1024 if sys.platform != "darwin" else int(output) < 60_000_000


@pytest.mark.parametrize(
    "line",
    [
        "a: 1\n",
        "[],\n",
        "a, a, a, a, a, a, a, a\n",
        '"' + "x" * 90 + "\n",
        "a: \u200b\n",
        "\x1b" * 60 + "\n",
        "<<<<<<< x\n",
        "a: b #c\n",
        "- -\n",
        '"\\x1b": "\\uD800"\n',
        "? a\n: *b\n",
        "a\u00a0: b:\u00a0c\n",
        "[" * 30 + "]" * 30 + ",\n",
        "\n",
        " " * 90 + "\n",
        ": : : : : : :\n",
        "'" * 90 + "\n",
    ],
    ids=lambda line: repr(line[:20]),
)
def test_a_million_bytes_made_to_be_slow_are_read_in_time(line):
    output = run(f"""
        import time
        from qp_cli.store.yaml.reader import read_document
        line = {line!r}
        for opening in ("", "a: [\\n"):
            data = (opening + line * (1_000_000 // len(line.encode()))).encode()
            start = time.process_time()
            read_document(data, "f.yaml")
            print(time.process_time() - start < {SECONDS})
    """)
    assert output.split() == ["True"] * 2


def test_a_file_that_is_too_large_is_not_read(read):
    document = read(b"a: 1\n" * (MAX_BYTES // 5 + 1))
    assert [(each.code, each.span.line) for each in document.findings] == [("QP012", 1)]
    assert document.text == ""
    assert document.root is None


def test_a_line_that_is_too_long_is_refused(found):
    assert found("a: 1\nb: " + "x" * (MAX_LENGTH - 3) + "\n") == []
    assert found("a: 1\nb: " + "x" * (MAX_LENGTH - 2) + "\n") == [("QP012", 2, 1)]


def test_a_value_that_is_too_long_is_refused(found):
    lines = ("  " + "x" * 99 + "\n") * (MAX_LENGTH // 100 + 1)
    assert found("a: 1\nb: |\n" + lines) == [("QP012", 2, 4)]
    assert found("a: 1\nb: |\n" + lines[: len(lines) - 204]) == []
