"""What a rule's page shows: its example raises the rule, what it says to write instead clears it, in both languages.

An example is laid over a small repository, key by key; a fragment goes where `{}` stands in the frame of its page.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from hashlib import sha256
from itertools import count
from pathlib import PurePosixPath
from textwrap import dedent, indent
from typing import TYPE_CHECKING, NamedTuple

import pytest

from qp_cli.checks.registry import RULES
from qp_cli.render.findings.rule_pages import blocks, find_page, fold_page
from qp_cli.render.language import Language
from qp_cli.store.yaml.reader import read_document

if TYPE_CHECKING:
    from collections.abc import Mapping

CODES = [rule.code for rule in RULES]
CONVENTION, JOURNAL, SITES, PARTIES = "convention.yaml", "journal.yaml", "sites.yaml", "parties.yaml"
PROOF = b"test"
BASES = {
    CONVENTION: """\
format: qp/1
id: essai
title: Essai
term: {clause: art. 9, due: {on: 2024-03-18}}
events:
- {id: depart, title: Départ, date: 2021-03-18, clause: art. 1}
parties:
- {id: ville, name: Ville, signatory: true}
- {id: region, name: Région, signatory: true}
- {id: agence, name: Agence}
engagements:
- {id: plan, title: Plan, clause: art. 2, debtors: [ville], kind: one-off, due: {on: 2021-12-31}}
""",
    JOURNAL: "format: qp/1\nfacts: []\n",
    PARTIES: "format: qp/1\nparties: [{id: etat, name: État}]\n",
}
"""What a file holds where an example says nothing else."""
AS_IT_IS = {"QP011"}
"""An example that is the whole file."""
IN_WORDS = {
    "QP001": "a byte that no UTF-8 text can show",
    "QP012": "the whole text of an annex",
    "QP100": "none is known",
    "QP603": "a file that was deleted",
    "QP606": "a journal that was broken then",
}
"""Pages whose example is no text to be tried, and what it is."""
REMEDY_IN_WORDS = {
    "QP001": "something to do in an editor",
    "QP100": "a report to be made",
    "QP411": "a file to be put back",
    "QP603": "a file to be put back",
    "QP606": "nothing to be done",
}
"""Pages that tell what to do, and show nothing to write."""
TREES = {"QP013", "QP014"}
"""Pages that show files by their names, and what a link leads to."""


class Frame(NamedTuple):
    """What surrounds the fragment of a page.

    Attributes:
        file: where the fragment goes, unless it names files itself.
        text: the keys around it; `{}` is its place, `{example}` that of the page's example.
        beside: what other files hold, or the rest of this one.
        apart: whether each line is a fragment of its own.
        follows: whether a remedy leaves standing what it does not replace of the example.
    """

    file: str = CONVENTION
    text: str = "{}"
    beside: Mapping[str, str] = {}
    apart: bool = False
    follows: bool = True


def item(key, **others):
    """Entries of a list of the convention."""
    return Frame(text=f"{key}:\n{{}}", **others)


def facts(before="", **beside):
    """Entries of the journal, after others."""
    return Frame(JOURNAL, f"facts:\n{before}{{}}", {f"{name}.yaml": text for name, text in beside.items()})


def about(key, kind="kind: one-off", **others):
    """Keys of one engagement, which lacks that one."""
    keys = {"title": "title: Plan", "clause": "clause: art. 2", "debtors": "debtors: [ville]", "kind": kind}
    lines = "".join(f"  {text}\n" for name, text in keys.items() if name != key)
    return Frame(text=f"engagements:\n- id: plan\n{lines}  {{}}", **others)


def engagement(due, name="plan", kind="one-off"):
    """An engagement with its due date."""
    return f"engagements:\n- {{id: {name}, title: T, clause: art. 2, debtors: [ville], kind: {kind}, due: {due}}}\n"


def event(name, day):
    """An event with its date."""
    return f"events:\n- {{id: {name}, title: T, date: {day}, clause: art. 1}}\n"


AVENANT = "facts:\n- id: f-avenant\n  kind: amended\n  title: Avenant n° 1\n"
CHANGES = "  on: {day}\n  changes:\n    {{}}"
FROM_DEPART = engagement("{within: P6M, from: depart}")
OWED_TO_REGION = FROM_DEPART.replace("debtors: [ville]", "debtors: [ville], creditors: [region]")
DONE = "- {id: f-1, kind: fulfilled, engagement: plan, on: 2021-09-10}\n"
NOBODY_OWES = "engagements: []"
PROVED = Frame(JOURNAL, "facts:\n- id: f-1\n  kind: fulfilled\n  engagement: plan\n  on: 2021-09-10\n  {}")
AT_HALLE = "- {id: f-1, kind: fulfilled, engagement: plan, on: 2021-09-10, sites: [halle]}\n"
TWO_SITES = "format: qp/1\nsites:\n- {id: halle, name: Halle, commune: Bourg}\n- {id: gare, name: Gare, commune: Bourg}"
TWO_YEARS = "term: {clause: art. 9, due: {within: P24M, from: depart, regime: quantieme}}\n"
VILLES = "groups:\n- {id: villes, name: Villes, members: [ville]}\n"
ON_REQUEST = engagement("{within: P1M}", "avis", "on-request")
FRAMES = {
    "QP003": Frame(text="engagements:\n{}\n  title: Plan\n  clause: art. 2\n  kind: one-off"),
    "QP004": about("debtors"),
    "QP005": about("debtors"),
    "QP007": Frame(follows=False),
    "QP010": about("due"),
    "QP011": Frame(SITES),
    "QP101": item("engagements"),
    "QP102": facts(),
    "QP103": about("debtors"),
    "QP104": about("kind"),
    "QP105": item("engagements"),
    "QP106": about("due"),
    "QP107": about("due"),
    "QP108": about("due"),
    "QP110": facts(),
    "QP202": about("due", beside={CONVENTION: event("labellisation", "2021-03-18")}),
    "QP203": item("engagements", beside={CONVENTION: event("signature", "2021-03-18")}),
    "QP205": item("parties", beside={CONVENTION: NOBODY_OWES}),
    "QP206": item("engagements"),
    "QP207": Frame(JOURNAL, AVENANT + CHANGES.format(day="2021-06-01"), {CONVENTION: engagement("{on: 2022-06-30}")}),
    "QP210": Frame(beside={CONVENTION: NOBODY_OWES}),
    "QP211": facts(
        convention=engagement(
            "{within: P6M, from: {every: P1Y, first: 2021-12-31, until: terme}}", "comptes", "recurring"
        )
    ),
    "QP212": about("due"),
    "QP214": Frame(beside={f"nord/data/{CONVENTION}": NOBODY_OWES}),
    "QP215": Frame(beside={f"nord/data/{CONVENTION}": NOBODY_OWES}),
    "QP217": about("due", apart=True),
    "QP218": item("engagements", beside={CONVENTION: event("depart", "2022-01-10") + TWO_YEARS}),
    "QP223": facts(),
    "QP311": about("due", kind="kind: recurring", apart=True),
    "QP401": facts(convention=FROM_DEPART),
    "QP402": facts(),
    "QP403": facts(),
    "QP404": facts(sites=TWO_SITES),
    "QP405": Frame(JOURNAL, "facts:\n{}", {CONVENTION: TWO_YEARS}),
    "QP406": facts(convention=event("signature", "2022-04-01")),
    "QP407": facts(),
    "QP408": facts(),
    "QP409": facts(),
    "QP410": facts(),
    "QP411": PROVED,
    "QP412": PROVED,
    "QP413": facts(
        convention=event("depart", "2022-01-10") + engagement("{every: P6M, from: depart}", "revue", "recurring")
    ),
    "QP414": facts(convention=FROM_DEPART),
    "QP226": facts(convention=VILLES),
    "QP227": facts(convention=ON_REQUEST),
    "QP425": facts(),
    "QP432": facts(convention=OWED_TO_REGION),
    "QP426": facts(convention=VILLES),
    "QP415": facts(),
    "QP416": facts(
        convention=engagement("{on: 2022-03-10}") + engagement("{on: 2022-03-10}", "bilan").partition("\n")[2]
    ),
    "QP417": facts(convention=engagement("{on: 2022-03-10}")),
    "QP418": facts(convention=engagement("{on: 2022-06-30}", kind="option")),
    "QP419": facts(),
    "QP422": facts(),
    "QP423": facts(),
    "QP429": facts(),
    "QP430": facts(),
    "QP431": facts(),
    "QP428": facts(
        convention="events:\n- {id: depart, title: T, date: 2021-03-18, clause: art. 1}\n"
        "- {id: demande, title: T, clause: art. 1}\n"
        "- {id: entree, title: T, clause: art. 1, when: {latest_of: [depart, demande]}}\n"
    ),
    "QP503": Frame(beside={CONVENTION: FROM_DEPART}),
    "QP505": about("due"),
    "QP506": about("due"),
    "QP601": facts(),
    "QP602": Frame(JOURNAL),
    "QP604": PROVED,
    "QP605": Frame(SITES, "format: qp/1\nsites:\n{}", {JOURNAL: f"facts:\n{AT_HALLE}"}),
}
"""What the example of a page needs around it; a page that is not here declares whole keys of the convention."""
REMEDIES = {
    "QP012": (about("note"),),
    "QP208": (item("engagements"),),
    "QP301": (facts(),),
    "QP302": (item("claims"),),
    "QP303": (about("due", apart=True),),
    "QP305": (facts(),),
    "QP306": (item("engagements"),),
    "QP307": (item("parties", beside={CONVENTION: NOBODY_OWES}), item("engagements")),
    "QP308": (item("engagements"),),
    "QP309": (facts(),),
    "QP310": (about("due", beside={CONVENTION: event("connaissance", "2021-03-18")}, follows=False),),
    "QP403": (facts("{example}\n"),),
    "QP404": (item("engagements"),),
    "QP405": (Frame(JOURNAL, AVENANT + CHANGES.format(day="2023-04-02")),),
    "QP406": (
        item(
            "events",
            beside={
                JOURNAL: "facts:\n- {id: f-1, kind: occurred, event: demande, on: 2022-04-01}\n"
                "- {id: f-2, kind: occurred, event: demande, on: 2022-04-12}"
            },
        ),
    ),
    "QP408": (facts(f"{DONE}- {{id: f-2, kind: voided, fact: f-1, on: 2021-09-20}}\n"),),
    "QP409": (facts("{example}\n- {id: f-0, kind: voided, fact: f-1, on: 2021-12-10}\n"),),
    "QP413": (facts("- {id: f-1, kind: fulfilled, engagement: revue, on: 2022-05-02}\n"),),
    "QP414": (Frame(JOURNAL, AVENANT + "  {}"),),
    "QP430": (facts(DONE),),
    "QP431": (facts(DONE),),
    "QP502": (item("engagements"),),
    "QP503": (Frame(text=f"{event('depart', '2021-03-18')}{{}}"),),
    "QP504": (Frame(text="parties:\n- {id: ville, name: Ville de Bourg, aliases: [la mairie]}\n{}"),),
    "QP506": (about("due"), Frame(beside={CONVENTION: FROM_DEPART})),
}
"""The same for what is to be written instead, a frame a fragment, where it is not that of the example."""
RECORDED = {
    "QP601": {JOURNAL: f"format: qp/1\nfacts:\n{DONE}"},
    "QP602": {JOURNAL: f"format: qp/1\nfacts:\n{DONE}"},
    "QP604": {JOURNAL: f"format: qp/1\n{PROVED.text.replace('{}', 'proof: {file: preuves/plan.pdf, sha256: …}')}\n"},
    "QP605": {SITES: f"{TWO_SITES}\n", JOURNAL: f"format: qp/1\nfacts:\n{AT_HALLE}"},
}
"""What was committed before, for the pages about what was recorded."""
ELSEWHERE = re.compile(r"^# ([\w/]+\.yaml)\n", re.MULTILINE)
OR = re.compile(r"^# (?:or|ou),.*\n", re.MULTILINE)
COMMENT = re.compile(r"(?:^|(?<=\s))(# (?!qp:).*)$", re.MULTILINE)
NOT_WORDS = re.compile(r"# [\w/]+\.yaml(: ([a-z_]+: )?[{\[].*)?")
"""A comment that names a file, or what stands in it."""
both = pytest.mark.parametrize("language", ["en", "fr"])


def sections(code, language):
    """The examples of a page and what it says to write instead: the blocks of its third and fourth sections."""
    held = [[]]
    for block in blocks(find_page(code, Language(language)).page):
        if block.startswith("## "):
            held.append([])
        elif block.startswith("```"):
            held[-1].append(dedent("".join(block.splitlines(keepends=True)[1:-1])).rstrip("\n"))
    return held[3], held[4]


def keys(text):
    """A text by the keys at its top, each with what is below it; what comes before the first goes by no name."""
    found = {"": ""}
    name = ""
    for line in text.splitlines(keepends=True):
        if start := re.match(r"([a-z_]+)\s?:", line):
            name = start[1]
            found[name] = ""
        found[name] += line
    return found


def laid_over(text, base):
    """The keys of a text in the place of those of its base, the others left as they are."""
    mine, others = keys(text), keys(base)
    return "".join(part for name, part in others.items() if name not in mine) + text.rstrip("\n") + "\n"


def filled(frame, fragment, example):
    """A frame with its fragment, at the indentation of its place."""
    lines = []
    for line in frame.split("\n"):
        slot = {"{}": fragment, "{example}": example}.get(line.strip())
        lines.append(line if slot is None else indent(slot, line[: len(line) - len(line.lstrip())]))
    return "\n".join(lines)


def fragments(block, frame):
    """What is to be tried by itself."""
    return block.split("\n") if frame.apart else OR.split(block)


def parts(fragment, file):
    """The texts of a fragment, by the file that a comment names; what stands above the first of them is a comment."""
    first, *named = ELSEWHERE.split(fragment)
    assert not named or not COMMENT.sub("", first).strip()
    return dict(zip(named[::2], named[1::2], strict=True)) or {file: first}


def repository(code, frame, fragment, before=None, example=""):
    """The files that a fragment makes in its frame."""
    texts = dict(before or {})

    def put(name, text):
        base = "" if code in AS_IT_IS else BASES.get(PurePosixPath(name).name, "")
        texts[name] = laid_over(text, texts.get(name, base))

    for name, text in frame.beside.items():
        put(name, text)
    for name, text in parts(fragment, frame.file).items():
        put(name, filled(frame.text, text.rstrip("\n"), example))
    return texts


@pytest.fixture
def found(qp, tmp_path, monkeypatch):
    """The findings of `qp check` in a new repository, as code and severity; beside what a page says was before."""
    numbers = count()

    def put(folder, texts):
        if not any(name.endswith(CONVENTION) for name in texts):
            texts = {CONVENTION: BASES[CONVENTION], **texts}
        for name, text in texts.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            shown = text.replace("⍽", "\u00a0").replace("sha256: …", f"sha256: {sha256(PROOF).hexdigest()}")
            path.write_text(shown, "utf-8")

    def check(texts, links=(), code=""):
        folder = tmp_path / str(next(numbers))
        (folder / "preuves").mkdir(parents=True)
        (folder / "preuves" / "plan.pdf").write_bytes(PROOF)
        against = ()
        if code in RECORDED:
            put(folder, RECORDED[code])
            commit(folder)
            against = ("--against", "HEAD")
        put(folder, texts)
        for name, target in links:
            (folder / name).symlink_to(target)
        monkeypatch.chdir(folder)
        answer = qp("check", ".", "--format", "json", *against)
        return {(each["code"], each["severity"]) for each in answer.json["findings"]}

    return check


def commit(folder):
    """Commits what a folder holds, in a git repository of its own."""
    git = shutil.which("git") or pytest.skip("git is not installed")
    who = ("-c", "user.name=Essai", "-c", "user.email=essai@example.org")
    for arguments in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "Essai")):
        subprocess.run([git, "-C", folder, *arguments], check=True)


def test_every_page_is_tried_or_says_it_in_words():
    assert {*FRAMES, *REMEDIES, *IN_WORDS, *REMEDY_IN_WORDS, *TREES} <= {*CODES}
    for code in CODES:
        for language in ("en", "fr"):
            examples, remedies = sections(code, language)
            assert bool(examples) is (code not in IN_WORDS)
            assert bool(remedies) is (code not in REMEDY_IN_WORDS)


@both
@pytest.mark.parametrize("code", [code for code in CODES if code not in TREES and code not in IN_WORDS])
def test_the_example_raises_the_rule(found, code, language):
    frame = FRAMES.get(code, Frame())
    (example,) = sections(code, language)[0]
    for fragment in fragments(example, frame):
        assert code in {each for each, _ in found(repository(code, frame, fragment), code=code)}


@both
@pytest.mark.parametrize("code", [code for code in CODES if code not in TREES and code not in REMEDY_IN_WORDS])
def test_what_is_to_be_written_instead_clears_it_and_breaks_nothing(found, code, language):
    examples, remedies = sections(code, language)
    example = "\n".join(examples)
    around = FRAMES.get(code, Frame())
    frames = REMEDIES.get(code, (around,))
    before = repository(code, around, example) if examples else {}
    tried = [each for block in remedies for each in fragments(block, frames[0])]
    assert len(tried) % len(frames) == 0, "a frame a fragment, or one for all"
    for frame, fragment in zip(frames * (len(tried) // len(frames)), tried, strict=True):
        texts = repository(code, frame, fragment, before if frame.follows else None, example)
        findings = found(texts, code=code)
        assert code not in {each for each, _ in findings}
        assert "error" not in {severity for _, severity in findings}, "what breaks it may hide what it finds"


@both
@pytest.mark.parametrize("code", sorted(TREES))
def test_files_of_the_names_shown_raise_the_rule_and_clear_it(found, code, language):
    for block, is_raised in zip(map("\n".join, sections(code, language)), (True, False), strict=True):
        shown = [line.partition(" -> ") for line in block.split("\n")]
        texts = {name: BASES[PurePosixPath(name).stem + ".yaml"] for name, link, _ in shown if not link}
        findings = found(texts, [(name, target) for name, link, target in shown if link])
        assert (code in {each for each, _ in findings}) is is_raised
        assert is_raised or "error" not in {severity for _, severity in findings}


@pytest.mark.parametrize("code", CODES)
def test_both_languages_show_the_same_and_comment_it_in_their_own_words(code):
    english, french = ("\n".join(map("\n".join, sections(code, language))) for language in ("en", "fr"))
    assert COMMENT.sub("", french) == COMMENT.sub("", english)
    same = {each[1] for each in COMMENT.finditer(french)} & {each[1] for each in COMMENT.finditer(english)}
    assert [each for each in same if not NOT_WORDS.fullmatch(each)] == []


@both
@pytest.mark.parametrize("width", [60, 80])
def test_an_example_says_the_same_on_a_narrow_screen(language, width):
    for code in CODES:
        page = find_page(code, Language(language)).page
        examples = [each for each in blocks(page) if each.startswith("```yaml")]
        shown = [each for each in blocks(fold_page(page, width)) if each.startswith("```yaml")]
        for whole, folded in zip(examples, shown, strict=True):
            before, after = (read_document(f"{_inner(each)}\n".encode(), code) for each in (whole, folded))
            assert [each.code for each in after.findings] == [each.code for each in before.findings], folded
            assert after.root == before.root
            assert COMMENT.sub("", _inner(folded)).split() == COMMENT.sub("", _inner(whole)).split()
            long = [each for each in folded.split("\n") if len(each) > width and "# qp:" not in each]
            assert [each for each in long if len(each.split()) > 2 and len(max(each.split(), key=len)) < 40] == []


def _inner(block):
    """What stands in a block, the items of a list under a key."""
    text = dedent("\n".join(block.split("\n")[1:-1]))
    return f"list:\n{text}" if COMMENT.sub("", text).strip().startswith("- ") else text
