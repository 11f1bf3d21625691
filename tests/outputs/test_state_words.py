"""A state has one wording: what is overdue by the term alone is called so on every screen and in every file."""

from __future__ import annotations

import html
import re
from email import policy
from email.parser import BytesParser

import pytest

WORDS = {"en": ("overdue by the term", r"overdue(?! by the term)"), "fr": ("terme dépassé", r"échéance dépassée")}
ABOUT = re.compile("referent|référent", re.IGNORECASE)
OWED = {"id": "referent", "title": "Désigner un référent", "debtors": ["ville"], "kind": "one-off"}
DECLARED = {
    "format": "qp/1",
    "id": "essai",
    "title": "Convention d'essai",
    "parties": [{"id": "ville", "name": "Ville", "contact": {"email": "ville@example.org"}}],
    "events": [{"id": "debut", "title": "Début", "date": "2024-10-01"}],
    "term": {"title": "Terme", "due": {"within": "P2Y", "from": "debut"}},
    "engagements": [OWED],
}
FULFILLED = ["record", "fulfilled", "referent", "--on", "2026-11-20"]
AMENDED = ["record", "amended", "referent", "--title", "n° 1", "--signed", "2026-11-20"]
SCREENS = [
    ["deadlines"],
    ["overdue"],
    ["show", "referent"],
    ["timeline"],
    ["report"],
    ["diff", "2026-09-01", "2026-11-23"],
    ["diff", "2026-09-01", "2026-11-23", "--format", "md"],
    ["export", "md"],
    ["export", "ics"],
    [*FULFILLED, "--dry-run"],
    ["record", "suspended", "referent", "--on", "2026-09-20", "--dry-run"],
    [*AMENDED, "--due-on", "2026-12-31", "--dry-run"],
]


def text_of(page):
    """What a page says, a line for each of its texts."""
    alone = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"<(?!/?span)[^>]+>", "\n", alone))


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("arguments", SCREENS, ids=" ".join)
def test_what_the_term_alone_makes_late_is_called_so_everywhere(qp, repository, arguments, language):
    by_term, by_text = WORDS[language]
    answer = qp(*arguments, "--data", str(repository(DECLARED)), environ={"QP_LANG": language})
    assert answer.code == 0, answer.err
    said = answer.out.replace("\r\n ", "")
    assert by_term in said
    about = [line for line in (text_of(said) if "<html" in said else said).splitlines() if ABOUT.search(line)]
    assert about
    assert [each for each in about if re.search(by_text, each)] == []


@pytest.mark.parametrize("language", WORDS)
def test_the_legend_of_the_axis_calls_it_so_too(qp, repository, language):
    by_term, by_text = WORDS[language]
    folder = repository(DECLARED)
    for arguments in (["timeline"], ["report"]):
        said = qp(*arguments, "--data", str(folder), environ={"QP_LANG": language}).out
        legend = " ".join(text_of(said).split())
        assert re.search(rf"(deadline|échéance)\s?: {by_term}", legend)
        assert not re.search(rf"(deadline|échéance)\s?: {by_text}", legend)


@pytest.mark.parametrize("language", WORDS)
def test_a_message_counts_it_apart(qp, repository, tmp_path, language):
    day = ["--as-of", "2026-10-02", "--data", str(repository(DECLARED)), "--output", str(tmp_path)]
    answer = qp("remind", *day, environ={"QP_LANG": language})
    counted = {"en": "0 overdue, 1 overdue by the term", "fr": "0 à échéance dépassée, 1 à terme dépassé"}
    assert counted[language] in answer.out, answer.err
    (message,) = (BytesParser(policy=policy.default).parsebytes(path.read_bytes()) for path in tmp_path.glob("*.eml"))
    subject = {"en": ": 1 overdue by the term – ", "fr": "\u00a0: 1 à terme dépassé – "}
    assert subject[language] in message["Subject"]


def test_a_date_that_an_avenant_writes_is_not_the_terms_any_more(qp, repository):
    answer = qp(*AMENDED, "--due-on", "2026-10-31", "--dry-run", "--data", str(repository(DECLARED)))
    assert "overdue by the term → overdue, 23 days" in answer.out
