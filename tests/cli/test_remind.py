"""`qp remind`: what would go to whom, and the messages as files; `--send` has a file of tests of its own."""

from __future__ import annotations

from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from tests.conftest import small_convention

MONDAY = "2021-09-20"


def convention(**more):
    """The City owes a plan since Saturday, the State will owe a report, which the Association does not hear of."""
    due = {"every": "P1Y", "from": "2020-10-04", "until": "2030-01-01"}
    return {
        "format": "qp/1",
        "id": "bourg",
        "title": "Convention Bourg vivant",
        "parties": [
            {
                "id": "ville",
                "name": "Ville de Bourg",
                "contact": {"name": "A. Martin", "email": "A.Martin@example.org"},
            },
            {"id": "etat", "name": "État", "contact": {"email": "etat@example.org", "language": "en"}},
            {"id": "asso", "name": "Association"},
        ],
        "groups": [{"id": "tous", "name": "Tous", "members": ["ville", "etat", "asso"]}],
        "engagements": [
            {
                "id": "plan",
                "title": "Remettre le plan",
                "clause": "art. 2",
                "debtors": ["ville"],
                "kind": "one-off",
                "due": {"on": "2021-09-18"},
            },
            {
                "id": "bilan",
                "title": "Remettre le bilan",
                "clause": "art. 4",
                "debtors": ["tous"],
                "kind": "recurring",
                "due": due,
            },
        ],
        **more,
    }


@pytest.fixture
def remind(qp, repository):
    folder = repository(convention())

    def run(*arguments, day=MONDAY, code=0, lang="en", data=folder, **environ):
        answer = qp("remind", "--data", str(data), "--as-of", day, "--lang", lang, *arguments, environ=environ)
        assert answer.code == code, answer.err
        return answer

    return run


def test_alone_it_shows_what_would_go_to_whom_and_writes_nothing(remind, outside):
    told = remind().out
    assert told.splitlines()[0] == "Monday 20 September 2021: 2 messages, 3 reminders, 1 overdue"
    assert "A.Martin@example.org  Sat 18 Sep 2021: Remettre le plan (2 days after the date)" in told
    assert "etat@example.org      Mon 4 Oct 2021: Remettre le bilan (in 14 days)" in told
    assert "No e-mail address: Association (1)" in told
    assert list(outside.iterdir()) == []
    french = remind(lang="fr").out
    assert french.splitlines()[0] == "lundi 20 septembre 2021\u00a0: 2 messages, 3 rappels, 1 à échéance dépassée"
    assert "Sans adresse électronique\u00a0: Association (1)" in french


def test_days_without_a_rung_and_closed_days_have_nothing(remind):
    assert remind(day="2021-09-19").out == "Sunday 19 September 2021: nothing to write\n"
    assert remind(day="2021-09-21").out == "Tuesday 21 September 2021: nothing to write\n"
    assert "1 overdue" in remind("--within", "7d", day="2021-09-19").out
    assert "Remettre le bilan" not in remind("--within", "7d", day="2021-09-20").out
    assert "Remettre le bilan" in remind("--within", "2 semaines", day="2021-09-20").out


def test_programs_are_told_each_reminder_with_its_obligation(remind):
    record = remind("--format", "json").json
    assert [*record] == ["schema", "as_of", "without_address", "messages"]
    assert (record["schema"], record["as_of"]) == ("qp/1", MONDAY)
    assert record["without_address"] == [
        {"convention": "bourg", "party": "asso", "label": "Association", "keys": ["bilan/asso@2021-10-04"]}
    ]
    ville, etat = record["messages"]
    assert (ville["to"], ville["name"], ville["language"]) == ("A.Martin@example.org", "A. Martin", "en")
    assert (ville["conventions"], ville["parties"]) == (["bourg"], ["bourg/ville"])
    assert ville["subject"] == "Reminder of 20 September 2021: 1 overdue and 1 to come – Convention Bourg vivant"
    assert ville["message_id"].startswith("<qp.")
    assert (ville["file"], ville["fate"], ville["reason"]) == (None, None, None)
    late, ahead = ville["reminders"]
    assert {key: late[key] for key in ("kind", "key", "day", "prudent", "days")} == {
        "kind": "overdue",
        "key": "plan/ville",
        "day": "2021-09-18",
        "prudent": "2021-09-17",
        "days": -2,
    }
    assert (late["obligation"]["state"], late["obligation"]["days_late"]) == ("overdue", 2)
    assert (ahead["kind"], ahead["days"], ahead["obligation"]["id"]) == ("ahead", 14, "bilan/ville@2021-10-04")
    assert [each["key"] for each in etat["reminders"]] == ["bilan/etat@2021-10-04"]


def test_a_sheet_has_a_line_for_each_reminder_and_markdown_one_for_each_message(remind):
    heading, *rows = remind("--format", "csv").rows
    assert heading[:5] == ["to", "name", "convention", "kind", "key"]
    assert [row[heading.index("days")] for row in rows] == ["-2", "14", "14"]
    assert len(remind("--format", "md").lines) == 4


def messages(folder):
    """The messages of a folder, by the name of their file."""
    return {
        path.name: BytesParser(policy=policy.default).parsebytes(path.read_bytes()) for path in sorted(folder.iterdir())
    }


def test_messages_are_written_as_drafts_the_same_each_time(remind, outside):
    answer = remind("--output", "rappels/du jour", "--from", "Suivi <suivi@example.org>")
    assert answer.err == "2 messages written to rappels/du jour\n"
    assert "2021-09-20_a-martin-example-org.eml" in answer.out
    folder = outside / "rappels" / "du jour"
    found = messages(folder)
    assert [*found] == ["2021-09-20_a-martin-example-org.eml", "2021-09-20_etat-example-org.eml"]
    ville = found["2021-09-20_a-martin-example-org.eml"]
    assert (ville["X-Unsent"], str(ville["From"])) == ("1", "Suivi <suivi@example.org>")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert all(b"\r\n" in data and b"\n" not in data.replace(b"\r\n", b"") for data in before.values())
    remind("--output", str(folder), "--from", "Suivi <suivi@example.org>")
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


LATE_BY_TERM = {"id": "local", "title": "Ouvrir le local", "debtors": ["ville"], "kind": "one-off"}
HEADINGS = {
    "fr": (
        "Échéance dépassée, aucune exécution enregistrée",
        "Échéance déduite du terme, non écrite dans le texte (comptée à part)",
        "dernier jour ouvré avant l'échéance",
    ),
    "en": (
        "Deadline passed, no fulfilment recorded",
        "Date derived from the term, not written in the text (counted apart)",
        "the last working day before the deadline",
    ),
}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_is_late_by_the_term_alone_stands_apart_as_on_the_screen(qp, repository, tmp_path, lang):
    plan, _ = convention()["engagements"]
    folder = repository(
        convention(
            term={"clause": "art. 4", "due": {"on": "2021-09-18"}},
            engagements=[plan, LATE_BY_TERM, {**LATE_BY_TERM, "id": "avis", "due": {"on": "2021-09-26"}}],
        )
    )
    more = ("--data", str(folder), "--as-of", MONDAY, "--lang", lang, "--within", "P1M")
    assert qp("remind", *more, "--output", str(tmp_path / "mails")).code == 0
    message = next(each for name, each in messages(tmp_path / "mails").items() if "martin" in name)
    text, html = (message.get_body([kind]).get_content().replace("\xa0", " ") for kind in ("plain", "html"))
    by_text, by_term, before = HEADINGS[lang]
    for said in (text, html):
        order = [said.upper().index(each.upper()) for each in (by_text, plan["title"], by_term, LATE_BY_TERM["title"])]
        assert order == sorted(order)
    assert f'#a11212">{by_text}' in html.replace("&#39;", "'")
    assert f'#1b1b1b">{by_term}' in html
    assert before in text


def test_nothing_else_is_written_over(remind, outside):
    name = "2021-09-20_etat-example-org.eml"
    for content in (b"From: somebody\r\n\r\nelse", b""):
        Path(name).write_bytes(content)
        answer = remind("--output", ".", code=2)
        assert answer.err == f"qp: {name} is there, and is another message: nothing was written.\n"
        assert {each.name: each.read_bytes() for each in outside.iterdir()} == {name: content}
    Path(name).unlink()
    remind("--output", ".")
    remind("--output", ".", "--from", "suivi@example.org")  # the same message, of another sender
    assert b"suivi@example.org" in Path(name).read_bytes()
    Path("fichier").write_bytes(b"")
    assert "is a file: name a folder" in remind("--output", "fichier", code=2).err
    Path("lien.eml").write_bytes(b"x")
    Path(name).unlink()
    Path(name).symlink_to("lien.eml")
    assert "is another message" in remind("--output", ".", code=2).err
    assert Path("lien.eml").read_bytes() == b"x"


def test_nothing_is_written_on_a_day_without_a_message(remind, outside):
    assert remind("--output", "rappels", day="2021-09-21").err == "0 messages written to rappels\n"
    assert list(outside.iterdir()) == []


def test_one_address_has_one_message_whatever_it_is_told_of(qp, repository, tmp_path):
    shared = {"email": "suivi@example.org"}
    parties = [
        {"id": "ville", "name": "Ville", "contact": {**shared, "name": "Mme Un"}},
        {"id": "agence", "name": "Agence", "contact": {"email": "Suivi@example.org", "name": "M. Deux"}},
    ]
    engagement = small_convention()["engagements"][0] | {"debtors": ["ville", "agence"], "due": {"on": "2021-09-18"}}
    for name in ("un", "deux"):
        repository(
            small_convention(id=name, title=f"Convention {name}", parties=parties, engagements=[engagement]),
            name=f"tout/{name}",
        )
    data = str(tmp_path / "tout")
    record = qp("remind", "--data", data, "--as-of", MONDAY, "--format", "json", "--lang", "fr").json
    (message,) = record["messages"]
    assert (message["to"].casefold(), message["name"]) == ("suivi@example.org", None)
    assert message["subject"].endswith("4 à échéance dépassée – 2 conventions")
    assert sorted((each["convention"], each["key"]) for each in message["reminders"]) == [
        ("deux", "bilan/agence"),
        ("deux", "bilan/ville"),
        ("un", "bilan/agence"),
        ("un", "bilan/ville"),
    ]
    qp("remind", "--data", data, "--as-of", MONDAY, "--output", str(tmp_path / "out"))
    (found,) = messages(tmp_path / "out").values()
    (calendar,) = found.iter_attachments()
    assert calendar.get_content().count("BEGIN:VEVENT") == 4


def test_options_that_do_not_go_together_are_refused(remind):
    assert "give one of them" in remind("--send", "--output", "x", code=2).err
    assert "is no length of time" in remind("--within", "demain", code=2).err


def test_no_other_convention_stands_in_where_messages_are_written(qp, outside):
    assert qp("remind", "--output", "x").code == 3
    environ = {"QP_SMTP_URL": "smtp://localhost:9", "QP_SMTP_FROM": "a@example.org"}
    assert qp("remind", "--send", "--yes", environ=environ).code == 3
    assert list(outside.iterdir()) == []
    assert qp("remind").code == 0


def test_one_that_cannot_be_read_is_said_and_the_others_are_reminded(qp, repository, tmp_path):
    repository(convention(), name="tout/bon")
    repository(convention(id="casse", remind=[0]), name="tout/casse")
    answer = qp("remind", "--data", str(tmp_path / "tout"), "--as-of", MONDAY, "--lang", "en")
    assert answer.code == 1
    assert "2 messages, 3 reminders" in answer.out
    assert "could not be read or counted, and is left out" in answer.out
    record = qp("remind", "--data", str(tmp_path / "tout"), "--as-of", MONDAY, "--format", "json").json
    assert [each["reason"] for each in record["left_out"]] == ["errors"]


def test_nothing_of_a_repository_acts_on_the_screen(remind, repository):
    parties = convention()["parties"]
    parties[0]["contact"] = {"name": "::error::pris", "email": "a@example.org"}
    parties[0]["name"] = "##[error]pris"
    folder = repository(convention(parties=parties), name="hostile")
    answer = remind(data=folder)
    assert "\n::" not in answer.out
    assert "##[" not in answer.out


@pytest.mark.parametrize("word", ["rappels", "relance"])
def test_a_french_word_for_it_names_it(qp, word):
    assert "qp remind" in qp(word).err


def test_the_ladder_and_the_language_are_checked(repository, qp):
    names = map("depot-{}".format, range(99))

    def codes(**more):
        folder = repository(convention(**more), name=next(names))
        return {each["code"] for each in qp("check", "--data", str(folder), "--format", "json").json["findings"]}

    assert not {"QP509", "QP110", "QP103"} & codes(remind=[60, 7])
    assert "QP509" in codes(remind=[7, 60])
    assert "QP509" in codes(remind=[7, 7])
    assert "QP110" in codes(remind=[7, 0])
    assert "QP110" in codes(remind=[-7])
    assert "QP110" in codes(remind=[3651])
    assert "QP103" in codes(remind=["P7D"])
    assert "QP104" in codes(parties=[{"id": "ville", "name": "V", "contact": {"name": "A", "language": "français"}}])
