"""Messages: what Python's own parser reads in them is what was meant, whatever the texts try."""

from __future__ import annotations

import re
from email import policy
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

import pytest
from icalendar import Calendar

from qp_cli.model.contacts import Contact
from qp_cli.render.language import Language
from qp_cli.render.mail.letters import Letter
from qp_cli.render.mail.message import Sender, write_message
from qp_cli.render.visible import visible
from tests.outputs.hostile import ADMITTED, declared
from tests.render.dom import parse
from tests.tracking.building import day

MEANT = {
    "crlf": "Nom\r\nBcc: vole@mal.example\r\n\r\n<b>corps</b>",
    "lines": "Nom\nBcc: vole@mal.example",
    "address": "Name <a@b.example>, c@d.example",
    "quotes": 'Nom" <vole@mal.example>, "autre',
    "encoded": "=?utf-8?q?Nom=0ABcc:_vole=40mal=2Eexample?= =?utf-8?b?w6k=?=",
    "bidi": "abc\u202edef\u2066ghi\u200b",
    "controls": "a\x00b\x07c\x1b[31m",
    "commas": "Dupont, Martin; groupe: a@b.example;",
    "long": "É" * 400 + " " + "x" * 99,
    "comment": 'Nom (a@b.example) \\ \\" [1]',
    "surrogate": "a\ud800b",
    "plain": "A. Martin",
    "accents": "Préfecture de l'Hérault – n° 1",
    **{name: text[:480] for name, text in ADMITTED.items()},
}
"""What a name or a title may say, by what it tries."""
LAID_OUT = {"width", "cellpadding", "cellspacing", "border", "align"}
HEADERS = ["From", "To", "Subject", "Message-ID", "Date", "MIME-Version", "Content-Language", "Content-Type"]


def letter(text, code="fr", email="a.martin@example.org"):
    """A letter whose every free text is one text; nothing it is reminded of."""
    return Letter(
        email, (text,), Language(code), day("2021-09-20"), {"p": text}, {"essai": visible(text)}, (), ()
    )  # fmt: skip


def cut(name):
    """A name as it stands before an address."""
    return name if len(name.encode()) <= 45 else f"{name.encode()[:42].decode(errors='ignore').rstrip()}…"


def parsed(data):
    return BytesParser(policy=policy.default).parsebytes(data)


@pytest.mark.parametrize("text", MEANT.values(), ids=MEANT)
def test_a_text_in_a_header_comes_back_as_it_was_and_adds_none(text):
    sender = Sender("suivi@example.org", visible(text))
    message = parsed(write_message(letter(text), sender))
    assert sorted({*message.keys()} - {"Auto-Submitted"}) == sorted(HEADERS)
    for header, address in (("To", "a.martin@example.org"), ("From", "suivi@example.org")):
        (found,) = message[header].addresses
        assert (found.addr_spec, found.display_name) == (address, cut(visible(text)))
    assert not [each for header in message.values() for each in getattr(header, "defects", ())]
    said = visible(text) if len(visible(text)) <= 70 else f"{visible(text)[:69].rstrip()}…"
    assert str(message["Subject"]).endswith(f"– {said}".rstrip())
    raw = write_message(letter(text), sender)
    head = raw.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 320
    assert head.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_it_is_dated_by_its_day_and_the_same_each_time():
    written = write_message(letter("Ville"), is_draft=True)
    assert written == write_message(letter("Ville"), is_draft=True)
    message = parsed(written)
    assert parsedate_to_datetime(message["Date"]).isoformat() == "2021-09-20T00:00:00+02:00"
    assert (message["From"], message["X-Unsent"], message["Content-Language"]) == (None, "1", "fr")
    other = parsed(write_message(letter("Ville", email="b@example.org")))
    assert message["Message-ID"] != other["Message-ID"]
    assert parsed(write_message(letter("Ville"), Sender("s@example.org")))["Message-ID"].endswith("@example.org>")
    long = Sender(f"s@{'a' * 60}.{'b' * 60}.{'c' * 60}.org")
    assert parsed(write_message(letter("Ville"), long))["Message-ID"].endswith(f"@{long.domain}>")


@pytest.fixture
def hostile(repository, qp, tmp_path):
    """The messages of a repository that holds a payload in every free text, contacts too."""

    def make(payload, lang="en"):
        convention, sites, journal, _ = declared(payload)
        for party in convention["parties"]:
            party["contact"] = {"name": f"{payload} {party['id']}", "email": f"{party['id']}@example.org"}
        folder = repository(convention, sites=sites, journal=journal)
        out = tmp_path / "messages"
        answer = qp("remind", "--data", str(folder), "--as-of", "2022-09-05", "--within", "P5Y", "--output", str(out),
                    "--lang", lang)  # fmt: skip
        assert answer.code == 0, answer.err
        return [path.read_bytes() for path in sorted(out.iterdir())]

    return make


WHOLE = ("markup", "endings", "entities", "block", "calendar", "backslash-lines", "templates", "wide-markup")
"""The texts that a whole repository is made of; the headers of the others are tried above."""


@pytest.mark.parametrize("payload", [ADMITTED[name] for name in WHOLE], ids=WHOLE)
def test_no_text_makes_a_header_an_address_or_an_element(hostile, payload):
    found = [parsed(data) for data in hostile(payload)]
    assert {each["To"].addresses[0].addr_spec for each in found} == {
        f"{name}@example.org" for name in ("ville", "etat", "maire")
    }
    for message in found:
        assert {*message.keys()} == {*HEADERS, "X-Unsent"} - {"From"}
        assert len(message["To"].addresses) == 1
        party = message["To"].addresses[0].username
        assert message["To"].addresses[0].display_name == cut(visible(f"{payload} {party}"))
        assert [each.get_content_type() for each in message.walk()] == [
            "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar"]  # fmt: skip
        page = list(parse(message.get_body(("html",)).get_content()))
        assert {each.tag for each in page} <= {
            "html", "head", "meta", "title", "body", "table", "tr", "td", "div", "p", "h2"}  # fmt: skip
        attributes = {name for each in page for name in each.attrs}
        assert attributes <= {"lang", "charset", "name", "content", "role", "style", *LAID_OUT}
        titles = [each for each in message.get_body(("plain",)).get_content().splitlines() if each.startswith("* ")]
        assert titles
        assert all(visible(payload).strip() in each for each in titles)
        (attached,) = message.iter_attachments()
        calendar = Calendar.from_ical(attached.get_content())
        events = calendar.walk("VEVENT")
        assert len(events) == len(titles)
        assert "method" not in calendar


def test_the_page_says_what_the_text_says_and_the_calendar_what_an_export_says(qp, tmp_path, hostile):
    for data in hostile("Un titre ordinaire"):
        message = parsed(data)
        text = [line.strip("* ").strip() for line in message.get_body(("plain",)).get_content().splitlines()]
        words = " ".join(parse(message.get_body(("html",)).get_content()).text.split())
        assert [line for line in text if line and " ".join(line.split()).casefold() not in words.casefold()] == []
        (attached,) = message.iter_attachments()
        assert re.fullmatch(r"deadlines-2022-09-05\.ics", attached.get_filename())
        own = {str(each["uid"]): each.to_ical() for each in Calendar.from_ical(attached.get_content()).walk("VEVENT")}
        folder = next(
            path for path in tmp_path.iterdir() if (path / "convention.yaml").exists() or (path / "data").exists()
        )
        exported = qp("export", "ics", "--data", str(folder), "--as-of", "2022-09-05", "--lang", "en").out
        every = {str(each["uid"]): each.to_ical() for each in Calendar.from_ical(exported).walk("VEVENT")}
        assert own
        assert own == {uid: every[uid] for uid in own}


def test_a_contact_without_a_name_is_an_address_alone():
    plain = letter("x")._replace(names=())
    assert b"\r\nTo: a.martin@example.org\r\n" in b"\r\n" + write_message(plain)
    assert letter("x")._replace(names=("Un", "Deux")).name == ""
    assert Contact(email="a@b.fr").language is None
