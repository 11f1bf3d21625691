"""What is said to whoever installs qp: true in one place, and the same everywhere."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from qp_cli import version
from qp_cli.render.findings import rule_pages, sarif

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
ADDRESS = "https://forge.example/essai/qp"


def constrained():
    """The version of each package in the constraints."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return {canonicalize_name(line.split("==")[0]): line.split("==")[1] for line in lines if "==" in line}


def below(names):
    """The names of all packages that some need, here."""
    found, left = set(), {canonicalize_name(name) for name in names}
    while left:
        found.add(name := left.pop())
        needed = [Requirement(each) for each in requires(name) or ()]
        left |= {canonicalize_name(each.name) for each in needed if not each.marker or each.marker.evaluate()} - found
    return found


def test_the_constraints_name_every_package_that_comes_with_qp_in_a_version_that_is_allowed():
    found, needed = constrained(), [Requirement(each) for each in PROJECT["dependencies"]]
    assert all(each.specifier.contains(found[canonicalize_name(each.name)]) for each in needed)
    assert set(found) >= below(each.name for each in needed) - {"six"}


def test_the_version_is_said_the_same_everywhere():
    public = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
    assert public["softwareVersion"] == version.__version__
    assert public["legal"]["license"] == PROJECT["license"]
    assert f"`QP_INSTALL: qp-cli=={version.__version__}`" in (
        ROOT / "docs" / "en" / "guides" / "continuous-integration.md"
    ).read_text("utf-8")


@pytest.fixture
def described(tmp_path):
    """What an index is told of qp, for an address."""
    pytest.importorskip("hatchling", reason="hatchling builds the wheel")
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)

    def update(address):
        (tmp_path / "qp_cli").mkdir()
        said = (ROOT / "qp_cli" / "version.py").read_text("utf-8")
        (tmp_path / "qp_cli" / "version.py").write_text(re.sub('ADDRESS = ".*"', f'ADDRESS = "{address}"', said))
        (tmp_path / "README.md").write_text((ROOT / "README.md").read_text("utf-8"), "utf-8")
        metadata = {}
        hook.ProjectAddress(str(tmp_path), {}).update(metadata)
        return metadata

    return update


def test_the_links_of_the_readme_lead_somewhere_on_an_index(described):
    made = described(ADDRESS)
    links = re.findall(r"\]\(([^)]*)\)", made["readme"]["text"])
    assert links
    assert all(link.startswith(f"{ADDRESS}/") for link in links)
    assert all(link.startswith(ADDRESS) for link in made["urls"].values())


def test_without_an_address_nothing_is_said_of_one(described):
    made = described("")
    assert (made["urls"], made["readme"]["text"]) == ({}, (ROOT / "README.md").read_text("utf-8"))


def test_the_address_of_a_rule_is_made_of_it(monkeypatch, qp):
    assert (version.ADDRESS == "") == (rule_pages.rule_url("QP304") is None)
    for module in (rule_pages, sarif):
        monkeypatch.setattr(module, "ADDRESS", ADDRESS)
    page = f"{ADDRESS}/blob/v{version.__version__}/docs/rules/QP304.md"
    assert rule_pages.rule_url("QP304") == page
    answer = qp("check", str(ROOT), "--format", "sarif")
    driver = answer.json["runs"][0]["tool"]["driver"]
    assert driver["informationUri"] == ADDRESS
    assert page in [rule.get("helpUri") for rule in driver["rules"]]


def test_the_man_page_and_the_completions_that_are_shared_are_what_qp_says():
    spec = importlib.util.spec_from_file_location("share", ROOT / "scripts" / "share.py")
    share = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(share)
    made = dict(share.files())
    assert {path: (ROOT / "share" / path).read_text("utf-8") for path in made} == made, "run: python scripts/share.py"
    for text in (made[path] for path in share.MAN.values()):
        assert text.startswith('.TH QP 1 "" "qp ')
        assert [name for name in share.COMMANDS if f'.SS "qp {name}"' not in text] == []
        assert r"\-\-as\-of" in text
    assert "Les sites" in made[share.MAN["fr"]]
    assert "The sites" in made[share.MAN["en"]]
