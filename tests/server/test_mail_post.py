"""Mail through a real server: whole, safe against what people type, and each kind of no told apart."""

import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.errors import Invalid
from core.posting import Delivered, Mail, Never, TryLater
from server.post.mail import FolderPost, MailServer, SmtpPost, as_message, mail_post, sender_of
from tests.server.mail_server import PASSWORD, USER, knows_the_password, mail_server, own_certificate

SENDER = "studio@kiln.example.org"
MAIL = Mail(
    to="alice@example.org",
    to_name="Zoë Łuczak",
    from_name="Kiln & Co.",
    message_id="<letter.1@kiln.example.org>",
    subject="Ihr Platz: Töpfern, مرحبًا",
    text="Guten Tag Zoë,\n\nŁódź\n",
    html="<p>Guten Tag Zoë</p>",
    language="de",
    at=datetime(2026, 11, 21, 17, tzinfo=UTC),
    calendar="BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n",
    unsubscribe="https://kiln.example.org/unsubscribe/a.REMINDERS.MAIL." + "0" * 64,
)


def post_to(port: int, scheme: str = "smtp", trusted: ssl.SSLContext | None = None, login: str = "") -> SmtpPost:
    return SmtpPost(MailServer.of(f"{scheme}://{login}127.0.0.1:{port}"), SENDER, trusted=trusted)


def test_a_mail_arrives_whole() -> None:
    with mail_server() as box:
        assert post_to(box.port).send(MAIL) == Delivered()
    (envelope,), (mail,) = box.envelopes, box.mails
    assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER, ["alice@example.org"])
    assert (mail["Subject"], mail["Message-ID"]) == (MAIL.subject, MAIL.message_id)
    assert mail["To"] == "Zoë Łuczak <alice@example.org>" and mail["From"] == f'"Kiln & Co." <{SENDER}>'
    assert mail["List-Unsubscribe"] == f"<{MAIL.unsubscribe}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (mail["Auto-Submitted"], mail["Content-Language"]) == ("auto-generated", "de")
    assert mail["Date"].datetime == MAIL.at
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None and html is not None
    assert text.get_content().replace("\r\n", "\n") == MAIL.text and html.get_content().strip() == MAIL.html
    (attached,) = mail.iter_attachments()
    assert (attached.get_content_type(), attached.get_param("method")) == ("text/calendar", "CANCEL")


def test_what_was_taken_is_delivered_whatever_is_said_at_the_good_bye() -> None:
    """Else it would be sent again and again, to somebody who has it."""
    with mail_server() as box:
        box.at_quit = "421 too busy for manners"
        assert post_to(box.port).send(MAIL) == Delivered()
        box.at_quit = ""
        assert post_to(box.port).send(MAIL) == Delivered()
        box.at_rcpt = ["550 5.1.1 no such user"]
        assert post_to(box.port).send(MAIL) == Never(why="550 5.1.1 no such user", is_address=True)
    assert len(box.mails) == 2


def test_a_server_that_cannot_encrypt_or_knows_no_password_is_for_staff_to_mend() -> None:
    """The letter waits for that, and is not given up."""
    with mail_server() as box:
        for scheme, login in (("smtp+starttls", ""), ("smtp", "studio:secret@")):
            answer = post_to(box.port, scheme, login=login).send(MAIL)
            assert isinstance(answer, TryLater) and answer.is_for_all and "not supported" in answer.why
    assert box.envelopes == []


@pytest.mark.parametrize("method", ["PUBLISH", "CANCEL"])
def test_a_calendar_file_says_whether_the_place_came_or_went(method: str) -> None:
    calendar = f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nEND:VCALENDAR\r\n"
    (attached,) = as_message(replace(MAIL, calendar=calendar), SENDER).iter_attachments()
    assert attached.get_param("method") == method


def test_what_cannot_be_stopped_has_no_header_for_it() -> None:
    assert as_message(replace(MAIL, unsubscribe="", calendar=""), SENDER)["List-Unsubscribe"] is None


@pytest.mark.parametrize("part", ["subject", "to_name", "from_name", "unsubscribe"])
def test_nothing_typed_begins_a_header_of_its_own(part: str) -> None:
    evil = replace(MAIL, **{part: "Hello\r\nBcc: everybody@example.org\r\n\r\nand a body"})  # type: ignore[arg-type]
    with mail_server() as box:
        post_to(box.port).send(evil)
    assert all(mail["Bcc"] is None for mail in box.mails)
    assert [envelope.rcpt_tos for envelope in box.envelopes] == [["alice@example.org"]]


@pytest.mark.parametrize(
    "address", ["", "alice", "zoë@example.org", "a@b@c d", "alice@example.org\r\nRCPT TO:<eve@example.org>", "@x.y"]
)
def test_what_is_no_address_is_never_sent_to(address: str) -> None:
    with mail_server() as box:
        answer = post_to(box.port).send(replace(MAIL, to=address))
    assert isinstance(answer, Never) and answer.is_address and box.envelopes == []


def test_a_host_in_other_letters_is_written_as_servers_know_it() -> None:
    with mail_server() as box:
        assert post_to(box.port).send(replace(MAIL, to="alice@töpfern.example")) == Delivered()
    assert box.envelopes[0].rcpt_tos == ["alice@xn--tpfern-wxa.example"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("550 5.1.1 no such user", Never(why="550 5.1.1 no such user", is_address=True)),
        ("553 sorry", Never(why="553 sorry", is_address=True)),
        ("550 5.7.1 your server is not liked", Never(why="550 5.7.1 your server is not liked")),
        ("554 5.7.1 no", Never(why="554 5.7.1 no")),
        ("450 4.2.0 greylisted", TryLater(why="450 4.2.0 greylisted")),
        ("452 4.2.2 full", TryLater(why="452 4.2.2 full")),
    ],
)
def test_the_addressees_server_says_no(said: str, answer: object) -> None:
    with mail_server() as box:
        box.at_rcpt = [said]
        assert post_to(box.port).send(MAIL) == answer


def test_the_content_is_refused_for_now_or_for_good() -> None:
    with mail_server() as box:
        box.at_data = ["451 4.3.0 later", "552 5.3.4 too big"]
        post = post_to(box.port)
        assert post.send(MAIL) == TryLater(why="451 4.3.0 later")
        assert post.send(MAIL) == Never(why="552 5.3.4 too big")


def test_a_post_that_does_not_work_takes_no_letter_along(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    answer = post_to(port).send(MAIL)
    assert isinstance(answer, TryLater) and answer.is_for_all
    ours, trusting = own_certificate(tmp_path)
    with mail_server(tls_context=ours, require_starttls=True, authenticator=knows_the_password) as box:
        unknown = post_to(box.port, "smtp+starttls").send(MAIL)
        assert isinstance(unknown, TryLater) and unknown.is_for_all and "certificate" in unknown.why.lower()
        wrong = post_to(box.port, "smtp+starttls", trusting, "studio:guessed@").send(MAIL)
        assert isinstance(wrong, TryLater) and wrong.is_for_all and wrong.why.startswith("535")
        assert box.envelopes == []
    with mail_server(ssl_context=ours) as box:
        unknown = post_to(box.port, "smtps").send(MAIL)
        assert isinstance(unknown, TryLater) and unknown.is_for_all and "certificate" in unknown.why.lower()
        assert box.envelopes == []


def test_it_is_encrypted_and_signed_in_where_the_setting_says_so(tmp_path: Path) -> None:
    ours, trusting = own_certificate(tmp_path)
    login = f"{USER}:a%20password%3A%20with%20%2F%20and%20%40@"
    assert PASSWORD in MailServer.of(f"smtp://{login}h").password
    secured = {"tls_context": ours, "require_starttls": True, "auth_required": True}
    with mail_server(authenticator=knows_the_password, **secured) as box:
        assert post_to(box.port, "smtp+starttls", trusting, login).send(MAIL) == Delivered()
    with mail_server(ssl_context=ours) as box:
        assert post_to(box.port, "smtps", trusting).send(MAIL) == Delivered()
        assert len(box.envelopes) == 1


@pytest.mark.parametrize("url", ["", "mail.example.org", "http://h", "smtp://", "smtp://h:port", "smtp://h:99999"])
def test_a_setting_that_is_no_server_is_refused_without_saying_it_back(url: str) -> None:
    with pytest.raises(Invalid) as refused:
        MailServer.of(url)
    assert refused.value.values == {"name": "TESSERA_SMTP_URL", "given": "…"}


def test_settings_make_the_post_they_name(tmp_path: Path) -> None:
    assert mail_post("", SENDER, "") is None
    assert isinstance(mail_post("smtp://h", SENDER, ""), SmtpPost)
    assert isinstance(mail_post("smtp://h", SENDER, str(tmp_path)), FolderPost)
    assert "secret" not in repr(MailServer.of("smtps://u:secret@h"))
    for nobody in ("", "Kiln", "a@b\nBcc: c@d"):
        with pytest.raises(Invalid):
            sender_of(nobody)


def test_a_demos_mail_lies_in_its_folder(tmp_path: Path) -> None:
    post = FolderPost(tmp_path / "mail", SENDER)
    assert (post.send(MAIL), post.send(MAIL)) == (Delivered(), Delivered())
    (file,) = (tmp_path / "mail").iterdir()
    assert (tmp_path / "mail").stat().st_mode & 0o777 == 0o700, "letters hold links that sign somebody in"
    assert file.name == "letter-1.eml" and b"multipart/mixed" in file.read_bytes()
    (tmp_path / "taken").write_text("a file")
    answer = FolderPost(tmp_path / "taken", SENDER).send(MAIL)
    assert isinstance(answer, TryLater) and answer.is_for_all
