"""`qp remind --send`, against a mail server on this machine: nothing is lost, nothing is sent twice, nothing leaks."""

from __future__ import annotations

import sys
from email import policy
from email.parser import BytesParser
from io import StringIO

import pytest

from tests.cli.smtp_server import CERTIFICATE, MailServer

SECRET = "mot-de-passe-éàß"  # noqa: S105 - of a server in this test
DAY = "2021-09-20"
ADDRESSES = [f"p{number}@example.org" for number in range(4)]


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr("qp_cli.store.mail_server.TIMEOUT", 0.4)


@pytest.fixture
def folder(repository):
    """Four parties with an address, each of which owes a plan since Saturday."""
    parties = [
        {"id": f"p{number}", "name": f"Partie {number}", "contact": {"name": f"Contact {number}", "email": address}}
        for number, address in enumerate(ADDRESSES)
    ]
    return repository(
        {
            "format": "qp/1",
            "id": "essai",
            "title": "Convention d'essai",
            "parties": parties,
            "engagements": [
                {
                    "id": "plan",
                    "title": "Remettre le plan",
                    "clause": "art. 1",
                    "debtors": [each["id"] for each in parties],
                    "kind": "one-off",
                    "due": {"on": "2021-09-18"},
                }
            ],
        }
    )


@pytest.fixture
def send(qp, folder):
    def run(server, *arguments, url=None, **environ):
        said = {"QP_SMTP_URL": url or server.url(), "QP_SMTP_FROM": "Suivi <suivi@example.org>", **environ}
        command = ("remind", "--send", "--yes", "--data", str(folder), "--as-of", DAY, "--lang", "en", *arguments)
        return qp(*command, environ=said)

    return run


def taken_by(server):
    return [to for _, [to], _ in server.taken]


def test_each_message_goes_to_its_contact_by_one_connection(send):
    with MailServer() as server:
        answer = send(server)
    assert (answer.code, server.connections) == (0, 1)
    assert taken_by(server) == ADDRESSES
    for sender, [to], data in server.taken:
        message = BytesParser(policy=policy.default).parsebytes(data)
        assert (sender, message["To"].addresses[0].addr_spec) == ("suivi@example.org", to)
        assert str(message["From"]) == "Suivi <suivi@example.org>"
        assert message["X-Unsent"] is None
        assert "Remettre le plan" in message.get_body(("plain",)).get_content()
    assert "4 messages sent, 0 not." in answer.err
    assert answer.out.count("sent") == 4


def test_a_refused_recipient_is_named_and_the_others_are_sent(send):
    with MailServer(refused={ADDRESSES[1]}) as server:
        answer = send(server)
    assert answer.code == 1
    assert taken_by(server) == [ADDRESSES[0], *ADDRESSES[2:]]
    assert f"550 5.1.1 <{ADDRESSES[1]}> nobody here" in answer.out
    assert f"add to the same command: --to {ADDRESSES[1]}\n" in answer.err


def test_what_a_server_answers_does_not_act_on_the_screen(send):
    with MailServer(refuse_all=True, echo=" \x1b[31m\u202e" + "x" * 400) as server:
        answer = send(server)
    assert "\x1b" not in answer.out
    assert "\\u001b[31m" in answer.out.replace("\n", "")
    assert "x" * 200 not in answer.out


def test_a_server_that_refuses_all_is_told_for_each(send):
    with MailServer(refuse_all=True) as server:
        answer = send(server)
    assert (answer.code, server.taken, server.connections) == (1, [], 1)
    assert answer.out.count("refused") == 4
    assert "0 messages sent, 4 not." in answer.err


@pytest.mark.parametrize("step", ["connect", "ehlo"])
def test_a_slow_server_is_left_in_time_and_nothing_was_sent(send, step):
    with MailServer(slow_at=step) as server:
        answer = send(server)
    assert (answer.code, server.taken) == (1, [])
    assert answer.out.count("did not answer within 0.4 s") == 4
    assert answer.out.count("not sent") == 4


def test_one_that_is_slow_once_it_has_a_message_may_have_it(send):
    with MailServer(slow_at="end") as server:
        answer = send(server)
    assert answer.code == 1
    assert server.given == {ADDRESSES[0]: 1}
    assert answer.out.count("perhaps sent") == 1
    assert answer.out.count("not sent") == 3
    assert "the server may have it" in answer.out
    assert ADDRESSES[0] not in answer.err


@pytest.mark.parametrize("when", ["data", "end"])
@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_server_that_goes_away_loses_nothing_and_gets_nothing_twice(send, when, number):
    with MailServer(drop_at={when: number}) as server:
        answer = send(server)
    assert answer.code == 1
    assert max(server.given.values(), default=1) == 1
    lost = ADDRESSES[number - 1]
    rest = [] if number == 1 else ADDRESSES[number:]
    assert taken_by(server) == [*ADDRESSES[: number - 1], *rest]
    assert answer.out.count("perhaps sent") == 1
    assert answer.out.count("not sent") == (3 if number == 1 else 0)
    assert f"--to {lost}" not in answer.err


def test_one_that_takes_a_few_messages_a_connection_gets_them_all(send):
    with MailServer(most=2) as server:
        answer = send(server)
    assert (answer.code, server.connections) == (0, 2)
    assert taken_by(server) == ADDRESSES


def test_one_that_ends_every_connection_is_not_asked_for_ever(send):
    with MailServer(drop_at={"step": "mail"}) as server:
        answer = send(server)
    assert (answer.code, server.connections, server.taken) == (1, 1, [])
    assert answer.out.count("ended the connection") == 4


def test_nobody_listens(send):
    with MailServer() as server:
        url = server.url()
    answer = send(server, url=url)
    assert answer.code == 1
    assert answer.out.count("nothing listens there") == 4


def test_without_encryption_nothing_is_sent_unless_it_is_asked_for(send):
    with MailServer() as server:
        answer = send(server, url=server.url(query="?starttls=yes"))
        assert (answer.code, server.taken) == (1, [])
        assert "offers no encryption (STARTTLS)" in answer.out
        assert not [each for each in server.heard if each.startswith("MAIL")]
        assert send(server, url=server.url(query="?starttls=no")).code == 0


@pytest.mark.parametrize(
    ("scheme", "behaviour", "query"), [("smtp", "starttls", "?starttls=yes"), ("smtps", "tls", "")]
)
def test_a_certificate_is_verified(send, scheme, behaviour, query, monkeypatch):
    with MailServer(**{behaviour: True}) as server:
        url = server.url(scheme=scheme, query=query)
        answer = send(server, url=url)
        assert (answer.code, server.taken) == (1, [])
        assert "certificate that cannot be trusted: self" in answer.out
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        answer = send(server, url=url)
    assert (answer.code, taken_by(server)) == (0, ADDRESSES)


def test_one_that_speaks_no_tls_is_told(send):
    with MailServer() as server:
        answer = send(server, url=server.url(scheme="smtps"))
    assert answer.code == 1
    assert "no encrypted connection" in answer.out or "did not answer" in answer.out
    assert server.taken == []


@pytest.mark.parametrize("mechanisms", ["PLAIN LOGIN", "LOGIN", "CRAM-MD5"])
@pytest.mark.parametrize("password", [SECRET, "un-autre-secret"])
def test_a_user_logs_in_and_the_password_is_shown_nowhere(send, mechanisms, password):
    with MailServer(
        user=("agent", SECRET), mechanisms=mechanisms, echo=f" {password}", refused={ADDRESSES[0]}
    ) as server:
        answer = send(server, url=server.url(user="agent"), QP_SMTP_PASSWORD=password)
    assert answer.code == 1
    let_in = mechanisms != "CRAM-MD5" and password == SECRET
    assert taken_by(server) == (ADDRESSES[1:] if let_in else [])
    if not let_in:
        expected = (
            "no way to log in" if mechanisms == "CRAM-MD5" else "does not let this user in with this password (535)"
        )
        assert answer.out.count(expected) == 4
    assert password not in answer.out + answer.err


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"QP_SMTP_URL": ""}, "QP_SMTP_URL says by which server"),
        ({"QP_SMTP_URL": "smtp://agent:hush-hush@mail.example.org"}, "it belongs in QP_SMTP_PASSWORD alone"),
        ({"QP_SMTP_URL": "smtp://agent@mail.example.org"}, "QP_SMTP_PASSWORD is to hold the password"),
        ({"QP_SMTP_URL": "smtp://mail.example.org", "QP_SMTP_PASSWORD": "hush-hush"}, "names no user"),
        (
            {"QP_SMTP_URL": "smtp://agent@mail.example.org?starttls=no", "QP_SMTP_PASSWORD": "hush-hush"},
            "no password is sent",
        ),
        ({"QP_SMTP_URL": "http://mail.example.org"}, "smtps://user@host is expected"),
        ({"QP_SMTP_URL": "smtp://hush-hush/x"}, "smtps://user@host is expected"),
        ({"QP_SMTP_URL": "smtp://mail.example.org:hush-hush"}, "smtps://user@host is expected"),
        ({"QP_SMTP_URL": "smtp://mail.example.org?starttls=perhaps"}, "smtps://user@host is expected"),
        ({"QP_SMTP_URL": "smtp://[hush-hush"}, "smtps://user@host is expected"),
        ({"QP_SMTP_FROM": ""}, "whom the messages are from"),
        ({"QP_SMTP_FROM": "suivi"}, "is no address"),
        ({"QP_SMTP_FROM": "Suivi\r\nBcc: a@b.fr <suivi@example.org>"}, "is no address"),
        ({"QP_SMTP_FROM": "suivi@example.org\r\nBcc: a@example.org"}, "is no address"),
    ],
    ids=str,
)
def test_settings_that_make_no_sense_are_one_line_which_repeats_no_secret(send, environ, said):
    answer = send(None, url="smtp://localhost", **environ)
    assert answer.code == 2
    assert said in answer.err
    assert len(answer.err.splitlines()) == 1
    assert "hush-hush" not in answer.err


def test_settings_are_looked_at_on_days_without_a_message_too(send):
    assert send(None, "--as-of", "2021-09-21", url="nonsense").code == 2
    assert send(None, "--as-of", "2021-09-21", url="smtp://localhost:9").code == 0


def test_a_job_says_yes_and_a_terminal_is_asked(qp, folder, monkeypatch):
    with MailServer() as server:
        environ = {"QP_SMTP_URL": server.url(), "QP_SMTP_FROM": "suivi@example.org"}
        command = ("remind", "--send", "--data", str(folder), "--as-of", DAY, "--lang", "fr")

        def typed(text):
            stream = StringIO(text)
            stream.isatty = lambda: True
            monkeypatch.setattr(sys, "stdin", stream)
            return qp(*command, environ=environ)

        monkeypatch.setattr(sys, "stdin", StringIO("oui\n"))
        assert "--yes" in qp(*command, environ=environ).err
        for text in ("", "\n", "non\n", "peut-être\n" * 9):
            answer = typed(text)
            assert answer.code == 2
            assert "Rien n'a été envoyé" in answer.err
        assert server.connections == 0
        answer = typed("oui\n")
        assert answer.code == 0
        assert ADDRESSES[0] in answer.err.split("?")[0]
    assert taken_by(server) == ADDRESSES


def test_those_that_were_not_sent_can_be_tried_again_alone(send):
    with MailServer() as server:
        answer = send(server, "--to", ADDRESSES[2].upper(), "--to", "nobody@example.org")
    assert (answer.code, taken_by(server)) == (0, [ADDRESSES[2]])
    assert "nobody@example.org" in answer.err


def test_an_interruption_tells_what_was_sent(send, monkeypatch):
    from qp_cli.store import mail_server

    given = mail_server._Connection.hand_over

    def interrupted(self, message):
        if message.to == ADDRESSES[1]:
            raise KeyboardInterrupt
        return given(self, message)

    monkeypatch.setattr(mail_server._Connection, "hand_over", interrupted)
    with MailServer() as server:
        answer = send(server)
    assert answer.code == 130
    assert taken_by(server) == ADDRESSES[:1]
    assert answer.out.count("perhaps sent") == 1
    assert answer.out.count("not sent") == 2


def test_json_says_what_became_of_each(send):
    with MailServer(refused={ADDRESSES[3]}) as server:
        answer = send(server, "--format", "json")
    assert [each["fate"] for each in answer.json["messages"]] == ["sent", "sent", "sent", "refused"]
    assert answer.json["messages"][3]["reason"].endswith("nobody here")
