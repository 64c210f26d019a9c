"""Nonsense of every kind at the OAuth pages: a documented refusal, never a traceback or a header."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PATHS = ["authorize", "signin", "approval", "token", "revokeToken"]
ADDRESSES = [*(f"/sharing/rest/oauth2/{path}" for path in PATHS), "/sharing/generateToken"]
NAMES = (
    *("client_id", "client_secret", "redirect_uri", "response_type", "state", "expiration", "code"),
    *("code_challenge", "code_challenge_method", "code_verifier", "grant_type", "refresh_token", "apiToken"),
    *("auth_token", "oauth_state", "username", "password", "cancel", "error", "f", "token", "serverUrl"),
    *("client", "referer", "ip"),
)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BIG = "(big)"
SPECIAL = (
    *(
        "pythonapi",
        "token",
        "code",
        "urn:ietf:wg:oauth:2.0:oob",
        "https://www.arcgis.com",
        "client_credentials",
    ),
    *("authorization_code", "refresh_token", "exchange_refresh_token", "-1", "0", "1e9", "NaN", "9" * 5_000),
    *("\r\nX-Injected: 1", "\0", BIG, "[]", "{}", "null", "true", "<script>", "' OR 1=1 --"),
    *("http://[", "https://user@host", "json", "html", "ada", "S256", "plain", "é\u202e", "\ufffd", "http"),
)
VALUES = st.one_of(st.sampled_from(SPECIAL), st.text(max_size=40))
PARAMETERS = st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=8)


def check(reply):
    """An answer that the portal means to give."""
    assert reply.status_code in {200, 302, 400}
    assert not {"x-injected", "www-authenticate", "set-cookie"}.intersection(reply.headers)
    assert "Traceback" not in reply.text
    if reply.status_code == 302:
        assert reply.headers["location"].isprintable()
        assert reply.headers["location"].startswith(("http://practice.test/", "https://www.arcgis.com"))


@given(path=st.sampled_from(ADDRESSES), method=st.sampled_from(["GET", "POST"]), parameters=PARAMETERS)
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
async def test_any_parameters(anyone, path, method, parameters):
    """Missing, doubled, oversized, of the wrong kind, in any combination."""
    size = 7_000 if method == "GET" else 100_000
    pairs = [(name, value.replace(BIG, "x" * size)) for name, value in parameters]
    query = f"?{urlencode(pairs)}" if method == "GET" else ""
    body = b"" if method == "GET" else urlencode(pairs).encode()
    url = f"http://practice.test{path}{query}"
    check(await anyone.http.request(method, url, content=body, headers=FORM))


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (
            "application/x-www-form-urlencoded",
            b"client_id=%FF%FE&redirect_uri=%C3&state=%ED%A0%80&grant_type=%",
        ),
        ("application/x-www-form-urlencoded", b"\xff\xfe=\x00&&&===&client_id"),
        ("application/json", b'{"client_id": "pythonapi"}'),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="code"; filename="x"\r\n\r\ny\r\n--b--',
        ),
        ("multipart/form-data; boundary=b", b"--b broken"),
        ("text/plain", b"x" * 100_000),
    ],
)
async def test_any_body(anyone, path, kind, body):
    """Bad percent escapes, bytes that are no text, files where words belong, broken forms."""
    url = f"http://practice.test{path}?state=%FF%00"
    check(await anyone.http.post(url, content=body, headers={"Content-Type": kind}))


@pytest.mark.parametrize("host", ["[", "a b", "é", "evil.example:port", "x" * 5_000, "a/b?c#d", "a@b"])
@pytest.mark.parametrize("path", ADDRESSES)
async def test_any_host(anyone, path, host):
    """A Host header that is no host leads nowhere."""
    reply = await anyone.http.get(
        f"http://practice.test{path}?client_id=pythonapi&response_type=code"
        "&redirect_uri=urn:ietf:wg:oauth:2.0:oob&serverUrl=http://x&expiration=x",
        headers={"Host": host.encode()},
    )
    assert reply.status_code in {200, 400}
    assert "location" not in reply.headers
