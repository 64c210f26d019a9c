"""The request log: names of parameters, never values."""

from __future__ import annotations

import json

import pytest


async def test_names_only(open_portal, call_as, tmp_path):
    """Nothing secret that was sent or made is in the log, in memory or on disk; the names are."""
    file = tmp_path / "requests.jsonl"
    portal = open_portal(log=file)
    ada = await call_as(portal).sign_in()
    key, app = await ada.make_key()
    page = {"Referer": f"https://notebook.example/lab?token={key}#{key}"}
    await ada.http.get("http://practice.test/sharing/rest/portals/self", params={"token": key}, headers=page)
    written = file.read_text()
    lines = [json.loads(line) for line in written.splitlines()]
    assert lines == portal.requests
    secrets = [user.password for user in portal.users] + [ada.token, key, app["client_secret"]]
    assert not [secret for secret in secrets if secret in written]
    assert set(lines[0]) == {
        *(
            "t",
            "method",
            "path",
            "query",
            "body",
            "ct",
            "token_by",
            "referer",
            "ua",
            "operation",
            "status",
            "note",
        )
    }
    assert lines[0]["path"] == "/sharing/rest/generateToken"
    assert lines[0]["body"] == ["f", "username", "password", "client", "referer", "expiration"]
    assert [line["token_by"] for line in lines] == [None, *["X-Esri-Authorization"] * 4, "query"]
    assert (lines[-1]["query"], lines[-1]["referer"]) == (["token"], "https://notebook.example/lab")
    assert file.stat().st_mode & 0o077 == 0


async def test_a_value_in_the_place_of_a_name_is_not_noted(anyone, portal):
    """A client that mistakes the format, or a query that is a bare token, leaves no trace of it."""
    url = "http://practice.test/sharing/rest/generateToken?can.ary-token"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    await anyone.http.post(url, content=b'{"password": "can.ary"}', headers=form)
    assert (portal.requests[-1]["query"], portal.requests[-1]["body"]) == (["?"], ["?"])


async def test_refusals_are_noted(ada, portal):
    """The code that went out inside HTTP 200."""
    await ada("content/items/none")
    assert (portal.requests[-1]["status"], portal.requests[-1]["note"]) == (200, "error 400 CONT_0001")


async def test_a_copy_is_handed_out(anyone, portal):
    """Changing what was handed out changes nothing."""
    await anyone("info")
    portal.requests[0]["path"] = "other"
    portal.requests.clear()
    assert portal.requests[0]["path"] == "/sharing/rest/info"


async def test_an_unreadable_form_is_refused_and_noted(ada, portal):
    """A broken multipart body is an error of the client's."""
    head = {"Content-Type": "multipart/form-data", "X-Esri-Authorization": f"Bearer {ada.token}"}
    url = f"http://practice.test/sharing/rest/{ada.me}/addItem?f=json"
    reply = await ada.http.post(url, content=b"nothing", headers=head)
    assert reply.json()["error"]["code"] == 400
    assert portal.requests[-1]["ct"] == "multipart/form-data"


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape"])
async def test_half_a_character_is_refused(anyone, charset):
    """A charset that makes characters no reply can hold breaks the form, not the portal."""
    head = {"Content-Type": f"multipart/form-data; charset={charset}; boundary=b"}
    field = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n+2AA- \\ud800\r\n'
    body = field % b"username" + field % b"password" + b"--b--\r\n"
    url = "http://practice.test/sharing/rest/generateToken?f=json"
    reply = await anyone.http.post(url, content=body, headers=head)
    assert reply.json()["error"] == {"code": 400, "message": "The form could not be read.", "details": []}
