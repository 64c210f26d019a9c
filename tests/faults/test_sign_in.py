"""Each request of signing in meets each fault."""

from __future__ import annotations

import pytest

from arcgis_keywidget.errors import KeyWidgetError, PortalUnreachableError, UnexpectedReplyError
from arcgis_keywidget.portal import Portal
from tests.clients.sign_in_page import read_code, sign_in
from tests.portal.conftest import register

KINDS = {
    "error=500": KeyWidgetError,
    "http=503": KeyWidgetError,
    "html": UnexpectedReplyError,
    "half": UnexpectedReplyError,
    "slow=3": PortalUnreachableError,
    "drop-before": PortalUnreachableError,
    "drop-after": PortalUnreachableError,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("operation", ["generateToken", "portals/self"])
async def test_one_clear_error_and_the_same_call_works_afterwards(served, words_of, operation, kind) -> None:
    """Whatever happens to a request of signing in, nobody is signed in, and trying again works."""
    user = served.portal.users[0]
    async with Portal(served.url, timeout=0.6) as portal:
        served.portal.fail(f"{operation}:{kind}")
        with pytest.raises(KINDS[kind]) as caught:
            await portal.sign_in(user.username, user.password)
        assert caught.value.title
        assert caught.value.hint
        assert "127.0.0.1" in caught.value.title
        assert user.password not in words_of(caught.value)
        assert not portal.signed_in
        served.portal.heal()
        await portal.sign_in(user.username, user.password)
        assert portal.account.username == user.username


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("operation", ["token", "portals/self"])
async def test_the_same_in_the_browser(served, words_of, operation, kind) -> None:
    """Here a new code is needed to try again: the first may be used up."""
    user = served.portal.users[0]
    async with Portal(served.url) as adas:
        await adas.sign_in(user.username, user.password)
        client_id = await register(adas, "urn:ietf:wg:oauth:2.0:oob")
    async with Portal(served.url, timeout=0.6) as portal:
        page = portal.begin_code_sign_in(client_id)
        code = read_code(sign_in(page.url, user))
        served.portal.fail(f"{operation}:{kind}")
        with pytest.raises(KINDS[kind]) as caught:
            await portal.sign_in_with_code(code, page)
        assert caught.value.title
        assert caught.value.hint
        assert "127.0.0.1" in caught.value.title
        assert code not in words_of(caught.value)
        assert page.verifier.reveal() not in words_of(caught.value)
        assert not portal.signed_in
        served.portal.heal()
        page = portal.begin_code_sign_in(client_id)
        await portal.sign_in_with_code(read_code(sign_in(page.url, user)), page)
        assert portal.account.username == user.username
