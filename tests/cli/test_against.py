"""`qp check --against REV`: what was recorded is still there as it was; each tampering an error, honest work silent."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from copy import deepcopy
from datetime import datetime

import pytest

from tests.conftest import ROOT, small_convention, written

GIT = shutil.which("git") or "git"
WITH_GIT = {"PATH": os.environ["PATH"]}
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
SHA = hashlib.sha256(PDF).hexdigest()
PROOF = {"file": "pieces/bilan.pdf", "sha256": SHA}
FACTS = [
    {"id": "f-1", "kind": "fulfilled", "engagement": "bilan", "on": "2026-09-20", "proof": PROOF},
    {"id": "f-2", "kind": "fulfilled", "engagement": "visite", "on": "2026-09-21", "by": "ville", "sites": ["halle"]},
    {"id": "f-3", "kind": "notified", "engagement": "bilan", "on": "2026-09-22", "note": "vu"},
    {"id": "f-4", "kind": "occurred", "event": "accord", "on": "2026-09-23"},
]
SITES = [{"id": "halle", "name": "Halle", "commune": "Bourg"}, {"id": "gare", "name": "Gare", "commune": "Bourg"}]


def convention(name="essai"):
    made = small_convention(id=name, title=f"Convention {name}")
    made["parties"].append({"id": "region", "name": "La Région"})
    made["events"] = [{"id": "accord", "title": "Accord", "clause": "art. 2"}]
    visit = {"id": "visite", "title": "Visiter", "clause": "art. 3", "debtors": ["ville", "region"], "kind": "one-off"}
    made["engagements"].append(visit)
    return made


class Clone:
    """A git repository that a test makes, and changes."""

    def __init__(self, top):
        self.top = top
        top.mkdir()
        self.git("init", "--quiet", "--initial-branch", "main")

    def git(self, *arguments, cwd=None, **environ):
        """What git answers, with nothing of the machine's own settings."""
        who = {f"GIT_{role}_{part}": "essai" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
        done = subprocess.run(
            [GIT, *map(str, arguments)],
            cwd=cwd or self.top,
            env={**WITH_GIT, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **who, **environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            text=True,
        )
        return done.stdout.strip()

    def put(self, place="data", facts=FACTS, sites=SITES, declared=None):
        """Writes a convention with its journal, its sites and its proof."""
        folder = self.top / place
        (folder / "pieces").mkdir(parents=True, exist_ok=True)
        (folder / "convention.yaml").write_text(written(declared or convention()), "utf-8")
        (folder / "sites.yaml").write_text(written({"format": "qp/1", "sites": sites}), "utf-8")
        (folder / "pieces" / "bilan.pdf").write_bytes(PDF)
        self.record(facts, place)
        return folder

    def record(self, facts, place="data"):
        """Writes the journal."""
        (self.top / place / "journal.yaml").write_text(written({"format": "qp/1", "facts": facts}), "utf-8")

    def commit(self):
        """Commits everything; the commit's name."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "x")
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def clone(tmp_path):
    """A convention with four facts, committed."""
    made = Clone(tmp_path / "dépôt essai")
    made.put()
    made.commit()
    return made


@pytest.fixture
def found(qp, clone, monkeypatch):
    """The codes of what is found about the past, in order, standing at the top; everything else must be sound."""

    def check(*arguments, against="HEAD", others=(), code=None):
        monkeypatch.chdir(clone.top)
        answer = qp("check", *arguments, "--against", against, "--format", "json", environ=WITH_GIT)
        assert answer.out, answer.err
        findings = answer.json["findings"]
        beside = {each["code"] for each in findings if each["severity"] == "error" and each["code"] < "QP600"}
        assert beside == set(others)
        mine = [each["code"] for each in findings if each["code"] > "QP600"]
        failing = any(each["severity"] == "error" for each in findings)
        assert answer.code == (int(failing) if code is None else code)
        return mine

    return check


def changed(number, **more):
    """The facts with one of them changed; None takes a key away."""
    facts = deepcopy(FACTS)
    facts[number] = {key: value for key, value in {**facts[number], **more}.items() if value is not None}
    return facts


# --- what is tampered with


TAMPERED = {
    "another day": (changed(1, on="2026-09-30"), ["QP601"]),
    "another debtor": (changed(1, by="region"), ["QP601"]),
    "another kind": (changed(1, kind="waived"), ["QP601"]),
    "another site": (changed(1, sites=["gare"]), ["QP601"]),
    "no site": (changed(1, sites=None), ["QP601"]),
    "a note taken out": (changed(2, note=None), ["QP601"]),
    "a note added": (changed(3, note="vu"), ["QP601"]),
    "a proof added": (changed(3, proof={"url": "https://exemple.fr"}), ["QP601"]),
    "who recorded it": (changed(3, recorded_by="Anne"), ["QP601"]),
    "two facts": ([*changed(1, on="2026-09-30")[:2], *changed(2, note="lu")[2:]], ["QP601", "QP601"]),
    "another id": (changed(3, id="f-9"), ["QP602"]),
    "the last fact": (FACTS[:3], ["QP602"]),
    "the first fact": (FACTS[1:], ["QP602"]),
    "all facts": ([], ["QP602"] * 4),
    "a proof taken out": (changed(0, proof=None), ["QP604"]),
    "a proof elsewhere": (changed(0, proof={"url": "https://exemple.fr"}), ["QP604"]),
    "no fingerprint": (changed(0, proof={"file": "pieces/bilan.pdf"}), ["QP604"]),
}


@pytest.mark.parametrize(("facts", "codes"), TAMPERED.values(), ids=TAMPERED)
def test_a_recorded_fact_that_changed_or_went_is_an_error(found, clone, facts, codes):
    clone.record(facts)
    assert found() == codes
    before = clone.git("rev-parse", "HEAD")
    clone.commit()
    assert found(against=before) == codes, "committed or not, it is the same"
    assert found() == []


def test_a_change_hidden_among_new_facts_and_lines_is_seen_at_its_place(qp, clone, monkeypatch):
    facts = [{"id": "f-0", "kind": "fulfilled", "engagement": "visite", "on": "2026-09-01", "by": "region"}]
    clone.record([*facts, *changed(2, on="2026-09-29")])
    monkeypatch.chdir(clone.top)
    answer = qp("check", "--against", "HEAD", environ=WITH_GIT)
    lines = (clone.top / "data" / "journal.yaml").read_text("utf-8").splitlines()
    number = lines.index("  'on': 2026-09-29") + 1
    said = f"data/journal.yaml:{number}:9: QP601 error: The fact “f-3” is not what HEAD recorded: "
    said += "on: 2026-09-22 → 2026-09-29"
    assert "2026-09-29" in answer.lines[answer.lines.index(said) + 1]
    assert "git show HEAD:data/journal.yaml" in answer.out
    assert "qp record voided f-3" in answer.out


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"note": "relu: oui"}, 'note: vu → "relu: oui"'),
        ({"note": None}, "note: vu → –"),
        ({"sites": ["halle", "quai"]}, "sites: – → [halle, quai]"),
        ({"on": "2026-09-21", "cure": "P15D"}, "on: 2026-09-22 → 2026-09-21, cure: – → P15D"),
        ({"proof": {"url": "https://exemple.fr/1"}}, "recorded: proof:\n"),
    ],
)
def test_the_key_that_changed_is_named_with_its_old_and_new_value(qp, clone, more, said):
    (after,) = (each for each in changed(2, **more) if each["id"] == "f-3")
    clone.record([{key: value for key, value in (after if each["id"] == "f-3" else each).items() if value is not None}
                  for each in FACTS])  # fmt: skip
    assert said in qp("check", "--data", str(clone.top), "--against", "HEAD", environ=WITH_GIT).out


def test_a_journal_that_went_is_one_error_where_it_was(qp, found, clone):
    (clone.top / "data" / "journal.yaml").unlink()
    assert found() == ["QP603"]
    (one,) = qp("check", "--against", "HEAD", "--format", "json", environ=WITH_GIT).json["findings"]
    assert (one["path"], one["line"], one["column"]) == ("data/journal.yaml", 1, 1)


def test_a_proof_and_its_fingerprint_replaced_together_are_seen(found, clone):
    other = PDF + b"2"
    (clone.top / "data" / "pieces" / "bilan.pdf").write_bytes(other)
    clone.record(changed(0, proof={**PROOF, "sha256": hashlib.sha256(other).hexdigest()}))
    assert found() == ["QP604"]


def test_a_proof_given_later_is_as_lasting_as_any_fact(found, clone):
    given = {"id": "f-5", "kind": "proof", "fact": "f-1", "on": "2026-09-24", "proof": {"url": "https://exemple.fr/1"}}
    clone.record([*FACTS, given])
    assert found() == []
    clone.commit()
    for tampered, codes in (
        ([], ["QP602"]),
        ([{**given, "fact": "f-2"}], ["QP601"]),
        ([{**given, "proof": {"url": "https://exemple.fr/2"}}], ["QP601"]),
        ([given, {"id": "f-6", "kind": "voided", "fact": "f-5", "on": "2026-09-25"}], []),
    ):
        clone.record([*FACTS, *tampered])
        assert found() == codes


def test_a_sealed_proof_that_went_or_changed_is_an_error_with_or_without_the_fact(found, clone):
    file = clone.top / "data" / "pieces" / "bilan.pdf"
    file.unlink()
    assert found(others=["QP410"]) == []
    clone.record(FACTS[1:])
    assert found() == ["QP602"]
    clone.record(FACTS)
    file.write_bytes(PDF + b"2")
    assert found(others=["QP411"]) == []


@pytest.mark.parametrize("name", ["QP410", "QP411"])
def test_a_silence_hides_no_proof_that_went_or_changed_since(found, clone, name):
    journal = clone.top / "data" / "journal.yaml"
    key = "    file:" if name == "QP410" else "    sha256:"
    text = journal.read_text("utf-8").replace(key, f"    # qp: ignore[{name}] un nouvel export\n{key}")
    journal.write_text(text, "utf-8")
    file = clone.top / "data" / "pieces" / "bilan.pdf"
    if name == "QP410":
        file.unlink()
    else:
        file.write_bytes(PDF + b"2")
    assert found() == ["QP604"]


@pytest.mark.parametrize("code", ["QP601", "QP602", "QP6"])
def test_what_was_recorded_cannot_be_silenced_in_the_files(qp, clone, monkeypatch, code):
    journal = clone.top / "data" / "journal.yaml"
    text = written({"format": "qp/1", "facts": changed(1, on="2026-09-30")})
    journal.write_text(text.replace("'on': 2026-09-30", f"'on': 2026-09-30  # qp: ignore[{code}] corrigé"), "utf-8")
    monkeypatch.chdir(clone.top)
    answer = qp("check", "--against", "HEAD", "--format", "json", environ=WITH_GIT)
    assert {each["code"] for each in answer.json["findings"] if each["severity"] == "error"} == {"QP506", "QP601"}


def test_a_site_or_a_party_that_facts_name_and_that_went_is_told(qp, found, clone):
    (clone.top / "data" / "sites.yaml").write_text(written({"format": "qp/1", "sites": SITES[1:]}), "utf-8")
    assert found(others=["QP202"]) == ["QP605"]
    (clone.top / "data" / "sites.yaml").unlink()
    assert found(others=["QP202"]) == ["QP605"]
    clone.record(changed(1, sites=["gare"]))
    assert "QP605" in found(others=["QP202"])
    clone.put(facts=changed(1, by="commune"), declared=renamed("ville", "commune"))
    assert found() == ["QP605", "QP601"]
    answer = qp("check", "--against", "HEAD", environ=WITH_GIT)
    assert "QP605 error: The party “ville”, which the fact “f-2” names, is gone since HEAD" in answer.out
    assert "named here" in answer.out
    clone.put(facts=changed(3, event="decision"), declared=renamed("accord", "decision"))
    assert found() == ["QP605", "QP601"]


def renamed(old, new):
    return json.loads(json.dumps(convention()).replace(f'"{old}"', f'"{new}"'))


# --- what is honest


def laid_out_otherwise(clone):
    """Comments, another order of facts and of keys, another style, lists that are empty, Windows' line ends."""
    facts = [{**dict(reversed(fact.items())), "x-vu": "oui"} for fact in reversed(FACTS)]
    facts[0]["to"] = []
    lines = json.dumps({"facts": facts, "format": "qp/1"}, indent=1, ensure_ascii=False)
    text = re.sub(r'"(\d{4}-\d{2}-\d{2})"', r"\1", f"# journal\n{lines}\n")
    (clone.top / "data" / "journal.yaml").write_bytes(text.replace("\n", "\r\n").encode())


def more_facts(clone):
    new = {"id": "f-5", "kind": "voided", "fact": "f-1", "on": "2026-10-01"}
    again = {"id": "f-6", "kind": "fulfilled", "engagement": "bilan", "on": "2026-09-25", "proof": PROOF}
    clone.record([FACTS[0], new, *FACTS[1:], again])


def what_was_agreed_put_right(clone):
    declared = convention()
    declared["engagements"][0]["title"] = "Remettre le bilan annuel"
    declared["parties"].append({"id": "agence", "name": "L'Agence"})
    clone.put(declared=declared, sites=[{**SITES[0], "name": "Grande halle"}, *SITES[1:]])


def a_site_that_no_fact_names_taken_out(clone):
    clone.put(sites=SITES[:1])


def another_file(clone):
    (clone.top / "README.md").write_text("lire", "utf-8")


def the_folder_renamed(clone):
    clone.git("mv", "data", "conventions")


def the_folder_renamed_and_more(clone):
    the_folder_renamed(clone)
    clone.record([*FACTS, {"id": "f-5", "kind": "voided", "fact": "f-1", "on": "2026-10-01"}], "conventions")


def a_link_for_the_journal(clone):
    (clone.top / "data" / "journal.yaml").rename(clone.top / "faits.yaml")
    (clone.top / "data" / "journal.yaml").symlink_to("../faits.yaml")


def nothing(_):
    """All stays."""


HONEST = [
    nothing,
    laid_out_otherwise,
    more_facts,
    what_was_agreed_put_right,
    a_site_that_no_fact_names_taken_out,
    another_file,
    the_folder_renamed,
    the_folder_renamed_and_more,
    a_link_for_the_journal,
]


@pytest.mark.parametrize("change", HONEST, ids=lambda change: change.__name__)
def test_an_honest_history_is_silent_from_commit_to_commit(found, clone, change):
    before = clone.git("rev-parse", "HEAD")
    change(clone)
    folder = "conventions" if (clone.top / "conventions").exists() else "data"
    assert found(folder) == []
    clone.commit()
    assert found(folder, against=before) == []
    clone.record([*FACTS, {"id": "f-7", "kind": "voided", "fact": "f-2", "on": "2026-10-02"}], folder)
    if change is not the_folder_renamed_and_more and change is not more_facts:
        assert found(folder) == []
    clone.record(FACTS[:2], folder)
    assert set(found(folder, against=before)) == {"QP602"}


def test_a_fingerprint_may_be_added_to_a_proof_as_it_was_and_to_no_other(found, clone):
    unsealed = changed(0, proof={"file": "pieces/bilan.pdf"})
    clone.record(unsealed)
    clone.commit()
    clone.record(FACTS)
    assert found() == []
    (clone.top / "data" / "pieces" / "bilan.pdf").write_bytes(b"autre")
    clone.record(changed(0, proof={**PROOF, "sha256": hashlib.sha256(b"autre").hexdigest()}))
    assert found() == ["QP604"]


def test_the_first_commit_has_nothing_before_it(qp, tmp_path, monkeypatch):
    made = Clone(tmp_path / "nouveau")
    made.put()
    monkeypatch.chdir(made.top)
    for name in ("HEAD", "@", "0" * 40, "0" * 64):
        answer = qp("check", "--against", name, environ=WITH_GIT)
        assert (answer.code, "0 errors" in answer.out or "nothing to report" in answer.out) == (0, True), answer.out
    made.commit()
    assert qp("check", "--against", "HEAD", environ=WITH_GIT).code == 0
    assert qp("check", "--against", "0" * 40, environ=WITH_GIT).code == 0


def test_a_convention_or_a_journal_begun_since_has_lost_nothing(found, clone):
    clone.put("autre", declared=convention("autre"))
    assert found("autre") == []
    clone.commit()
    (clone.top / "autre" / "journal.yaml").unlink()
    assert found("autre") == ["QP603"]
    assert found("autre", against="HEAD~1") == []


def test_an_empty_journal_may_go(found, clone):
    clone.record([])
    clone.commit()
    (clone.top / "data" / "journal.yaml").unlink()
    assert found() == []


# --- several conventions, moved, renamed, gone


@pytest.fixture
def several(clone):
    """Three conventions below a folder; their journals are alike but for one fact."""
    clone.git("rm", "-r", "--quiet", "data")
    for number, name in enumerate(("nord", "sud", "est")):
        clone.put(f"conventions/{name}", facts=FACTS[number:], declared=convention(name))
    clone.commit()
    return clone


def test_each_convention_is_compared_with_itself(found, several):
    assert found("conventions") == []
    several.record(FACTS[2:], "conventions/sud")
    assert found("conventions") == ["QP602"]
    assert found("conventions", "--convention", "nord") == []
    assert found("conventions/nord") == []
    assert found("conventions", "--convention", "sud") == ["QP602"]


def test_folders_that_change_places_are_followed_by_id(found, several):
    several.git("mv", "conventions/nord", "conventions/x")
    several.git("mv", "conventions/sud", "conventions/nord")
    several.git("mv", "conventions/x", "conventions/sud")
    assert found("conventions") == []
    several.record(FACTS[1:], "conventions/sud")
    assert found("conventions") == ["QP602"]


def test_an_id_changed_in_place_is_no_way_out(found, several):
    several.put("conventions/nord", facts=FACTS[1:], declared=convention("nord-2"))
    assert found("conventions") == ["QP602"]


def test_a_convention_deleted_is_its_journal_gone_and_one_moved_out_of_the_way_is_found(found, several):
    several.git("rm", "-r", "--quiet", "conventions/sud")
    assert found("conventions") == ["QP603"]
    assert found("conventions", "--convention", "sud") == ["QP603"]
    assert found("conventions", "--convention", "nord") == []
    assert found("conventions/nord") == []
    several.put("archives/2026/sud", facts=FACTS[1:], declared=convention("sud"))
    assert found("conventions") == []
    several.record(FACTS[2:], "archives/2026/sud")
    assert found("conventions") == ["QP602"]


def test_conventions_of_one_id_elsewhere_in_the_tree_are_not_mixed_up(found, clone):
    clone.put("essais/un", facts=FACTS[2:])
    clone.put("essais/deux", facts=[])
    clone.commit()
    clone.git("rm", "-r", "--quiet", "essais/un")
    assert found() == []


def test_shared_parties_make_a_folder_of_conventions_without_naming_it(found, several):
    (several.top / "parties.yaml").write_text("format: qp/1\nparties: []\n", "utf-8")
    several.commit()
    assert found() == []
    shutil.rmtree(several.top / "conventions" / "sud")
    assert found() == ["QP603"]


# --- revisions


def test_dots_after_a_revision_are_where_both_histories_part(found, clone):
    clone.git("switch", "--quiet", "--create", "branche")
    clone.git("switch", "--quiet", "main")
    clone.record([*FACTS, {"id": "f-5", "kind": "voided", "fact": "f-1", "on": "2026-10-01"}])
    clone.commit()
    clone.git("switch", "--quiet", "branche")
    assert found(against="main") == ["QP602"], "the branch has not what was recorded since"
    assert found(against="main...") == []
    clone.record(FACTS[1:])
    assert found(against="main...") == ["QP602"]


@pytest.mark.parametrize(
    "against", ["nulle-part", "", "-x", "--output", "HEAD:data", "HEAD..main", "nulle-part...", "é\n"]
)
def test_what_is_no_revision_is_refused(qp, clone, monkeypatch, against):
    monkeypatch.chdir(clone.top)
    answer = qp("check", f"--against={against}", environ=WITH_GIT)
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1


def test_a_shallow_clone_says_that_it_lacks_the_revision(qp, clone, tmp_path, monkeypatch):
    first = clone.git("rev-parse", "HEAD")
    clone.record(FACTS[1:])
    clone.commit()
    shallow = tmp_path / "shallow"
    clone.git("clone", "--quiet", "--depth", "1", clone.top.as_uri(), shallow)
    monkeypatch.chdir(shallow)
    for against in (first, "HEAD~1", "HEAD~1..."):
        answer = qp("check", "--against", against, environ=WITH_GIT)
        assert (answer.code, answer.out) == (2, "")
        assert "git fetch --unshallow" in answer.err
    assert qp("check", "--against", "HEAD", environ=WITH_GIT).code == 0
    clone.git("fetch", "--quiet", "--unshallow", cwd=shallow)
    assert "QP602" in qp("check", "--against", first, environ=WITH_GIT).out


def test_without_git_or_a_repository_nothing_passes(qp, clone, tmp_path, monkeypatch):
    monkeypatch.chdir(clone.top)
    answer = qp("check", "--against", "HEAD", environ={"PATH": str(tmp_path)})
    assert (answer.code, answer.out) == (3, "")
    plain = tmp_path / "sans-git"
    shutil.copytree(clone.top / "data", plain)
    answer = qp("check", "--data", str(plain), "--against", "HEAD", environ=WITH_GIT)
    assert (answer.code, answer.out) == (3, "")
    assert "in no git repository" in answer.err


BROKEN = {
    "no YAML": (lambda text: text.replace("facts:", "facts: [", 1), False),
    "a conflict": (lambda text: f"<<<<<<< HEAD\n{text}", False),
    "a wrong fact": (lambda text: text.replace("'on': 2026-09-21", "'on': hier"), True),
    "an unknown key": (lambda text: text.replace("  note: vu", "  notes: vu"), True),
}


@pytest.mark.parametrize(("spoil", "is_readable"), BROKEN.values(), ids=BROKEN)
def test_a_journal_that_was_broken_then_is_put_right_and_what_can_be_read_compared(found, clone, spoil, is_readable):
    journal = clone.top / "data" / "journal.yaml"
    sound = clone.git("rev-parse", "HEAD")
    journal.write_text(spoil(journal.read_text("utf-8")), "utf-8")
    clone.commit()
    clone.record(FACTS)
    assert found() == ["QP606"]
    clone.record(FACTS[1:])
    assert found() == (["QP602", "QP606"] if is_readable else ["QP606"])
    assert found(against=sound) == ["QP602"]
    journal.unlink()
    assert found() == ["QP603"]


def test_files_that_are_broken_now_are_said_to_be_and_no_more(found, clone):
    journal = clone.top / "data" / "journal.yaml"
    journal.write_text("format: qp/1\nfacts: [\n", "utf-8")
    assert found(others=["QP002"]) == []
    clone.record(FACTS[1:])
    (clone.top / "data" / "convention.yaml").write_text("id: essai\nformat: [\n", "utf-8")
    assert found(others=["QP002"]) == ["QP602"]


def test_a_convention_that_was_broken_then_stands_in_nobodys_way(found, clone):
    (clone.top / "data" / "convention.yaml").write_text("format: [\n", "utf-8")
    clone.commit()
    clone.put()
    assert found() == []
    clone.put(facts=FACTS[1:])
    assert found() == ["QP602"]


# --- how it is told, and what it costs


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif", "junit"])
def test_every_format_tells_it_from_the_top_of_the_tree(qp, clone, monkeypatch, form, language):
    clone.record([*changed(1, on="2026-09-30")[:3]])
    monkeypatch.chdir(clone.top / "data")
    monkeypatch.setenv("NO_COLOR", "1")
    environ = {**WITH_GIT, "CI_PROJECT_DIR": str(clone.top)}
    answer = qp("check", "--against", "HEAD", "--format", form, "--lang", language, environ=environ)
    assert answer.code == 1
    assert answer.out.count("QP601") >= 1
    assert answer.out.count("QP602") >= 1
    (clone.top / "data" / "journal.yaml").unlink()
    gone = qp("check", "--against", "HEAD", "--format", form, "--lang", language, environ=environ)
    where = "journal.yaml" if form in {"text", "json"} else "data/journal.yaml"
    assert "QP603" in gone.out
    assert where in gone.out


def test_two_commits_give_one_answer_whatever_the_day_the_branch_and_the_clone(qp, clone, tmp_path, monkeypatch):
    first = clone.git("rev-parse", "HEAD")
    clone.record(changed(1, on="2026-09-30")[:3])
    clone.commit()
    monkeypatch.chdir(clone.top)

    def answer(day):
        monkeypatch.setattr("qp_cli.cli.clock.now", lambda: datetime.fromisoformat(f"{day}T12:00:00+00:00"))
        return qp("check", "--against", first, "--format", "json", environ={**WITH_GIT, "QP_AS_OF": ""})

    told = answer("2026-11-23")
    assert told.code == 1
    assert answer("2020-01-01") == answer("2150-01-01") == told
    clone.git("switch", "--quiet", "--detach")
    clone.git("branch", "--quiet", "--delete", "--force", "main")
    assert answer("2026-11-23") == told
    clone.git("clone", "--quiet", clone.top, tmp_path / "autre")
    monkeypatch.chdir(tmp_path / "autre")
    assert answer("2026-11-23") == told
    clone.git("switch", "--quiet", "--detach", first, cwd=tmp_path / "autre")
    assert answer("2026-11-23").code == 0


def test_the_options_of_a_check_hold_for_it_too(qp, clone, monkeypatch):
    clone.record(FACTS[1:])
    monkeypatch.chdir(clone.top)

    def codes(*arguments):
        answer = qp("check", "--against", "HEAD", "--format", "json", *arguments, environ=WITH_GIT)
        return [each["code"] for each in answer.json["findings"] if each["code"] > "QP600"], answer.code

    assert codes() == (["QP602"], 1)
    assert codes("--select", "QP6") == (["QP602"], 1)
    assert codes("--ignore", "QP602") == ([], 0)
    assert codes("--select", "QP4") == ([], 0)
    assert codes("--no-cache") == (["QP602"], 1)
    answer = qp("check", "--explain", "QP602")
    assert "--against" in answer.out


def test_nothing_is_read_of_what_has_not_changed(qp, several, monkeypatch):
    from qp_cli.store.git import Git

    asked = []
    run = Git.run
    monkeypatch.setattr(Git, "run", lambda self, *arguments: asked.append(arguments) or run(self, *arguments))
    monkeypatch.chdir(several.top)
    assert qp("check", "conventions", "--against", "HEAD", environ=WITH_GIT).code == 0
    assert [each[0] for each in asked] == ["rev-parse", "ls-tree"]
    asked.clear()
    several.record([*FACTS, {"id": "f-5", "kind": "voided", "fact": "f-1", "on": "2026-10-01"}], "conventions/nord")
    assert qp("check", "conventions", "--against", "HEAD", environ=WITH_GIT).code == 0
    read = {each[2] for each in asked if each[:2] == ("cat-file", "blob")}
    names = ("convention", "sites", "journal")
    assert read == {several.git("rev-parse", f"HEAD:conventions/nord/{name}.yaml") for name in names}


@pytest.mark.usefixtures("shipped")
def test_the_shipped_convention_is_compared_with_itself(qp):
    if not (ROOT / ".git").exists():
        pytest.skip("not in a git repository")
    assert qp("check", "--against", "HEAD", "--select", "QP6", environ=WITH_GIT).code == 0
