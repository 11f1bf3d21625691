"""The jobs of the GitLab template write into files and folders of their own, whatever the checkout holds there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.borders.conftest import SECRET, entries
from tests.conftest import clean_environment

TEMPLATE = Path(__file__).parents[2] / "templates" / "gitlab-ci.yml"
SH = shutil.which("sh")
OUTPUTS = {
    "qp-check": ["qp-code-quality.json", "qp-junit.xml"],
    "qp-due": ["qp-due.md"],
    "pages": ["public", "qp-status.json"],
}

pytestmark = pytest.mark.skipif(os.name == "nt" or SH is None, reason="the scripts are for sh on POSIX")


def run(name, folder):
    template = yaml.safe_load(TEMPLATE.read_text("utf-8"))
    defaults = {key: str(value) for key, value in template["variables"].items()}
    environ = clean_environment(**defaults, CI_PROJECT_DIR=str(folder))
    environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), environ["PATH"]))
    script = "set -e\n" + "\n".join(template[name]["script"])
    return subprocess.run([SH, "-c", script], cwd=folder, env=environ, capture_output=True, check=False, timeout=60)


def test_every_output_of_the_template_is_tried_here():
    text = TEMPLATE.read_text("utf-8")
    named = {part.split("/")[0].strip('"') for part in text.split("--output ")[1:] for part in [part.split()[0]]}
    assert named == {name for names in OUTPUTS.values() for name in names}


@pytest.mark.parametrize("job", OUTPUTS)
@pytest.mark.parametrize("target", ["../secrets", "../secrets/id_rsa", ".git/hooks", "data", "data/journal.yaml"])
def test_a_link_of_that_name_is_replaced_and_nothing_is_written_through_it(hostile, job, target):
    secrets = hostile.parent / "secrets"
    before = (hostile / "data" / "journal.yaml").read_bytes(), entries(hostile / ".git" / "hooks")
    for name in OUTPUTS[job]:
        (hostile / name).symlink_to(target)
    done = run(job, hostile)
    assert done.returncode == 0, done.stderr
    for name in OUTPUTS[job]:
        assert not (hostile / name).is_symlink()
        assert (hostile / name).exists()
    assert (entries(secrets), (secrets / "id_rsa").read_text()) == (["id_rsa", "journal.yaml"], f"{SECRET}\n")
    assert ((hostile / "data" / "journal.yaml").read_bytes(), entries(hostile / ".git" / "hooks")) == before
    assert entries(hostile / "data") == ["convention.yaml", "journal.yaml"]
