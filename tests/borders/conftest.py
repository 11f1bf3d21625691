"""Repositories that somebody else wrote, and the real command run on them."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.conftest import small_convention, written

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "s3cret-token"  # noqa: S105 - the marker that no command may show
DAY = {"QP_AS_OF": "2026-11-23"}
FACT = {"id": "f-1", "kind": "fulfilled", "engagement": "bilan", "on": "2026-09-10"}


def links():
    """Skips where links need a right."""
    return pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")


@pytest.fixture
def hostile(repository, tmp_path):
    """A checkout with a journal, beside which `secrets/` holds what no command may show."""
    outside = tmp_path / "secrets"
    outside.mkdir()
    (outside / "journal.yaml").write_text(f"token: {SECRET}\n", "utf-8")
    (outside / "id_rsa").write_text(f"{SECRET}\n", "utf-8")
    folder = repository(journal=[FACT])
    subprocess.run(["git", "init", "--quiet", folder], check=True)  # noqa: S607 - as people do
    with (folder / ".git" / "config").open("a", encoding="utf-8") as stream:
        stream.write(f"\n# {SECRET}\n")
    return folder


@pytest.fixture
def conventions(tmp_path):
    """A folder of conventions, each in a folder of its name."""

    def write(*names, **more):
        for name in names:
            folder = tmp_path / "territoires" / name / "data"
            folder.mkdir(parents=True, exist_ok=True)
            declared = small_convention(id=name, territory=name.capitalize(), **more)
            (folder / "convention.yaml").write_text(written(declared), "utf-8")
        return tmp_path / "territoires"

    return write


@pytest.fixture
def as_nobody():
    """Runs a command as a user to whom permissions apply, by setpriv where the tests run as root."""
    import shutil

    if os.name == "nt":
        pytest.skip("permissions are others on Windows")
    if os.geteuid():
        return []
    program = shutil.which("setpriv")
    if program is None:
        pytest.skip("the tests run as root, and there is no setpriv to become an ordinary user")
    return [program, "--reuid=65534", "--regid=65534", "--clear-groups"]


def entries(folder: Path) -> list[str]:
    """All that is below a folder, git's own apart."""
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if ".git" not in each.parts)
