"""What an answer says."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from arcgis_keywidget._http import Reply, need
from arcgis_keywidget._http.replies import read_delay
from arcgis_keywidget.errors import (
    PortalError,
    PrivilegeError,
    QuotaError,
    TokenError,
    UnexpectedReplyError,
)
from arcgis_keywidget.models import Secret


def reply(body: object, status: int = 200, sent: tuple[Secret, ...] = ()) -> Reply:
    """A reply of gis.example.com."""
    content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return Reply("gis.example.com", "/sharing/rest/search", status, "application/json", content, sent)


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (reply({"error": {"code": 498, "message": "Invalid token.", "details": []}}), TokenError, 498),
        (
            reply({"error": {"code": 499, "message": "Token Required", "messageCode": "GWM_0003"}}),
            TokenError,
            499,
        ),
        (reply({"error": {"code": 403, "messageCode": "GWM_0003", "message": "No."}}), PrivilegeError, 403),
        (reply({"error": {"code": 429, "message": "Slow down"}}), QuotaError, 429),
        (reply({"error": {"code": 400, "error": "invalid_client_id", "message": "Bad"}}), PortalError, 400),
        (reply({"error": "invalid_request", "error_description": "Invalid client_secret"}), PortalError, 400),
        (reply({"error": {"message": "Permission missing.", "details": ["no"]}}, 403), PrivilegeError, 403),
        (reply({"error": {"code": 498, "message": "Invalid token."}}, 401), TokenError, 498),
        (reply({"code": 403, "message": "billing"}), PrivilegeError, 403),
        (reply({"status": "failed", "statusMessage": "no"}), PortalError, 500),
        (reply({"success": False}), PortalError, 500),
        (reply({}, 401), TokenError, 401),
        (reply("<html>", 401), TokenError, 401),
        (reply("<html>", 404), PortalError, 404),
        (reply("", 429), QuotaError, 429),
        (reply("<html>Bad gateway", 502), PortalError, 502),
        (reply({"error": {"code": "x", "message": None, "details": "text"}}), PortalError, 400),
    ],
)
def test_every_way_of_saying_no_is_one_of_our_errors(answer: Reply, kind: type, code: int) -> None:
    """HTTP 200 with an error, OAuth's errors, true statuses with and without JSON; also for pictures."""
    for ask in (answer.document, answer.content):
        with pytest.raises(PortalError) as caught:
            ask()
        assert type(caught.value) is kind
        assert caught.value.code == code
        assert "gis.example.com" in caught.value.title
        assert caught.value.endpoint == "/sharing/rest/search"


@pytest.mark.parametrize(
    "body", ["<!doctype html><p>Accept", '{"items": [{"id": "a', "[1]", "", "null", "{" * 99999]
)
def test_what_is_no_document_is_unexpected(body: str) -> None:
    """A page, half a reply, a list, nothing."""
    with pytest.raises(UnexpectedReplyError) as caught:
        reply(body).document()
    assert ("web page" in caught.value.title) == body.startswith("<")
    assert caught.value.hint


def test_a_portal_that_repeats_a_secret_is_not_quoted() -> None:
    """Secrets that were sent, and control characters, are taken out of its words; length is cut."""
    said = {"error": {"code": 400, "message": "Wrong: hunter2\x1b[31m\n" + "x" * 500, "details": ["hunter2"]}}
    with pytest.raises(PortalError) as caught:
        reply(said, sent=(Secret("hunter2"),)).document()
    assert "hunter2" not in f"{caught.value!s}{caught.value.details}"
    assert "\x1b" not in str(caught.value)
    assert len(caught.value.title) < 300


@pytest.mark.parametrize("echo", ["a  b&c%", "a b&c%", "a%20%20b%26c%25", "a++b%26c%25", "a  b&amp;c%"])
def test_a_secret_is_taken_out_however_it_was_echoed(echo: str) -> None:
    """Blanks run together, percent signs, markup: a portal may repeat a form in any of these ways."""
    answer = reply({"error": {"code": 400, "message": f"Cannot read {echo}."}}, sent=(Secret("a  b&c%"),))
    with pytest.raises(PortalError) as caught:
        answer.document()
    assert "Cannot read ••••." in caught.value.title


def test_half_a_character_of_a_portal_becomes_a_question_mark() -> None:
    """A text that a portal cut in the middle of an emoji would break every later encoding of it."""
    assert reply('{"name": "cut \\ud83d", "whole": "\\ud83d\\ude00"}').document() == {
        "name": "cut ?",
        "whole": "😀",
    }


def test_secrets_in_a_reply_are_secrets() -> None:
    """Tokens and client secrets of a document do not show themselves; a missing field is named."""
    document = reply({"client_secret": "c-secret", "inner": {"token": "t-secret"}, "id": ""}).document()
    assert "secret'" not in repr(document).replace("'client_secret'", "")
    assert document["inner"]["token"].reveal() == "t-secret"
    assert need(document, "client_secret", Secret).reveal() == "c-secret"
    for name in ("id", "access_token"):
        with pytest.raises(UnexpectedReplyError, match=f"lacks '{name}'"):
            need(document, name, str)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("120", 120), ("0", 0), ("", None), ("soon", None), ("-5", None), ("9" * 400, None), ("1.5", None)],
)
def test_when_to_come_back_is_a_number_of_seconds(text: str, seconds: float | None) -> None:
    """As a service writes it; what cannot be read says nothing."""
    assert read_delay(text) == seconds


def test_when_to_come_back_may_be_a_date() -> None:
    """One that has passed is now; the error carries it."""
    assert read_delay("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    later = datetime.now(UTC) + timedelta(seconds=90)
    seconds = read_delay(format_datetime(later, usegmt=True))
    assert seconds is not None
    assert 80 < seconds <= 90
    with pytest.raises(QuotaError) as caught:
        Reply("gis.example.com", "/", 429, "text/html", b"<html>", retry_after=seconds).content()
    assert caught.value.retry_after == seconds
