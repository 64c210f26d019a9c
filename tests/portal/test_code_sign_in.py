"""Signing in in the browser: the page, the code that is pasted, and everything that can be wrong with it."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

import pytest

from arcgis_keywidget.errors import FieldError, PortalUnreachableError, SignInError
from arcgis_keywidget.models import KeyRequest, Secret
from arcgis_keywidget.portal import Portal
from tests.clients.sign_in_page import give_up, read_code
from tests.portal.conftest import register

ADDRESS = "https://www.arcgis.com"


async def test_a_code_signs_in_with_two_requests_and_makes_a_key(site) -> None:
    """The code for tokens, then who that is; PKCE's verifier goes along, and the session makes keys."""
    async with Portal(site.url) as portal:
        page = portal.begin_code_sign_in(site.client_id)
        assert site.practice.requests == []
        account = await portal.sign_in_with_code(read_code(site.answer(page)), page)
        assert account.username == site.ada.username
        assert site.operations() == ["token", "portals/self"]
        traded = next(entry for entry in site.practice.requests if entry["operation"] == "token")
        assert traded["query"] == []
        assert "code_verifier" in traded["body"]
        assert (await portal.create_key(KeyRequest())).key


def test_the_page_asks_for_what_the_design_says() -> None:
    """An S256 challenge, a state, out of band, a refresh token of two weeks; a new secret each time."""
    portal = Portal(ADDRESS)
    page, other = portal.begin_code_sign_in("abc123"), portal.begin_code_sign_in("abc123")
    address, asked = page.url.partition("?")[0], parse_qs(urlsplit(page.url).query)
    assert address == f"{ADDRESS}/sharing/rest/oauth2/authorize"
    assert asked.pop("state") == [page.state]
    assert len(asked.pop("code_challenge")[0]) == 43
    assert asked == {
        "client_id": ["abc123"],
        "response_type": ["code"],
        "redirect_uri": ["urn:ietf:wg:oauth:2.0:oob"],
        "expiration": ["20160"],
        "code_challenge_method": ["S256"],
    }
    assert page.state != other.state
    assert page.verifier != other.verifier
    assert page.verifier.reveal() not in page.url + repr(page)


def test_the_client_id_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The argument first, then the name that R's packages use, then the other; none is built in."""
    portal = Portal(ADDRESS)
    monkeypatch.delenv("ARCGIS_CLIENT", raising=False)
    monkeypatch.delenv("ARCGIS_CLIENT_ID", raising=False)
    for given in (None, "", " "):
        with pytest.raises(FieldError, match=r"Developer credentials > OAuth 2\.0 credentials") as caught:
            portal.begin_code_sign_in(given)
        assert caught.value.field == "client_id"
        assert "urn:ietf:wg:oauth:2.0:oob" in caught.value.message
    monkeypatch.setenv("ARCGIS_CLIENT_ID", "second")
    assert portal.begin_code_sign_in().client_id == "second"
    monkeypatch.setenv("ARCGIS_CLIENT", " ")
    assert portal.begin_code_sign_in().client_id == "second"
    monkeypatch.setenv("ARCGIS_CLIENT", "first")
    assert portal.begin_code_sign_in().client_id == "first"
    assert portal.begin_code_sign_in(" mine ").client_id == "mine"


@pytest.mark.parametrize(
    "text", ["two words", "a" * 129, "0" * 32, "a&b", "ä", "AAPT" + "x" * 200], ids=lambda text: text[:9]
)
def test_what_cannot_be_a_client_id_never_enters_an_address(text: str) -> None:
    """A secret pasted there by mistake least of all."""
    with pytest.raises(FieldError) as caught:
        Portal(ADDRESS).begin_code_sign_in(text)
    assert caught.value.field == "client_id"
    assert text not in caught.value.message


@pytest.mark.parametrize(
    "form",
    ["{code}", "  {code}\n", "SUCCESS code={code}", "code={code}", "{address}", " {address} "],
)
async def test_the_code_may_be_pasted_in_any_of_its_forms(site, form: str) -> None:
    """Alone, as the page's title, or the page's whole address."""
    async with Portal(site.url) as portal:
        page = portal.begin_code_sign_in(site.client_id)
        address = site.answer(page)
        pasted = form.format(code=read_code(address), address=address)
        assert (await portal.sign_in_with_code(pasted, page)).username == site.ada.username


OTHER = "another sign-in page than the last"
WRONG = {
    "": "Paste the code",
    " \n": "Paste the code",
    "two words": "has no blanks",
    "c\u00f6de": "has no blanks",
    "{base}/home/index.html": "holds no code",
    "{base}?code=abc": "which sign-in it belongs to",
    "{base}?code=abc&state=other": OTHER,
    "{base}?code=abc&state={state}x": OTHER,
    "{base}?code=abc&state=ä": OTHER,
    "https://gis.example.com/oauth2/approval?code=abc&state=other": "another portal's sign-in page",
    "{base}?code=abc&state=\ud800": OTHER,
    "\ud800": "has no blanks",
    "https://[/?code=abc&state=other": OTHER,
    "{base}?error=access_denied&state={state}": "sign-in was denied",
    "{base}?error=access_denied&state=other": OTHER,
    "{base}?error=server_error&state={state}": "ended with an error",
    "code=abc&state=other": OTHER,
    "AAPTpractice.AT1_12345678": "This is an API key",
    "AAPK123": "legacy API key",
}


@pytest.mark.parametrize("pasted", WRONG, ids=repr)
async def test_what_holds_no_code_of_the_page_is_never_sent(practice, transport, pasted: str) -> None:
    """Each with a sentence of its own, at the field, without repeating what was pasted."""
    async with Portal("http://127.0.0.1:7443", transport=transport) as portal:
        page = portal.begin_code_sign_in("abc123")
        text = pasted.format(base=f"{portal.url}/sharing/rest/oauth2/approval", state=page.state)
        with pytest.raises(FieldError, match=WRONG[pasted]) as caught:
            await portal.sign_in_with_code(text, page)
        assert caught.value.field == "code"
        assert not text.strip() or text not in str(caught.value)
        assert not portal.signed_in
    assert practice.requests == []


async def test_a_denial_on_the_page_is_told(site) -> None:
    """The address that the real page leads to when a person says no."""
    async with Portal(site.url) as portal:
        page = portal.begin_code_sign_in(site.client_id)
        with pytest.raises(FieldError, match="sign-in was denied"):
            await portal.sign_in_with_code(give_up(page.url), page)
    assert site.operations() == []


async def test_a_code_works_once(site) -> None:
    """The second time, and ten minutes later, and a wrong one, get the same sentence."""
    async with Portal(site.url) as portal, Portal(site.url) as other:
        page = portal.begin_code_sign_in(site.client_id)
        code = read_code(site.answer(page))
        await portal.sign_in_with_code(code, page)
        with pytest.raises(FieldError, match="used already, too old") as used:
            await other.sign_in_with_code(code, page)
        late = read_code(site.answer(page))
        site.clock.ahead = 601
        with pytest.raises(FieldError) as expired:
            await other.sign_in_with_code(late, page)
        with pytest.raises(FieldError) as wrong:
            await other.sign_in_with_code(late[:-1], page)
        assert used.value.message == expired.value.message == wrong.value.message
        assert {used.value.field, wrong.value.field} == {"code"}


async def test_a_code_of_another_page_or_application(site) -> None:
    """PKCE tells the first apart, the portal the second; the page's own code still works afterwards."""
    async with Portal(site.url) as portal, Portal(site.url) as adas:
        await adas.sign_in(site.ada.username, site.ada.password)
        first, last = (portal.begin_code_sign_in(site.client_id) for _ in range(2))
        code = read_code(site.answer(first))
        with pytest.raises(FieldError, match="code: This code is of another sign-in page"):
            await portal.sign_in_with_code(code, last)
        strange = portal.begin_code_sign_in(await register(adas, "urn:ietf:wg:oauth:2.0:oob"))
        with pytest.raises(FieldError, match=r"code: .*another page, application or portal"):
            await portal.sign_in_with_code(code, strange)
        assert await portal.sign_in_with_code(code, first)


async def test_a_page_of_another_portal_is_refused(practice, transport) -> None:
    """Its code and verifier go nowhere."""
    page = Portal(ADDRESS).begin_code_sign_in("abc123")
    async with Portal("http://127.0.0.1:7443", transport=transport) as portal:
        with pytest.raises(FieldError, match="of another portal than"):
            await portal.sign_in_with_code("abc", page)
    assert practice.requests == []


async def test_an_unknown_application_is_told_at_the_client_id(site) -> None:
    """Such as one of another portal."""
    async with Portal(site.url) as portal:
        with pytest.raises(FieldError, match="knows no application with this client ID") as caught:
            await portal.sign_in_with_code("abc", portal.begin_code_sign_in("unknown"))
        assert caught.value.field == "client_id"


async def test_a_lost_answer_is_not_asked_for_again(site) -> None:
    """The code may be used up: it is sent once, and the hint says to get another."""
    async with Portal(site.url, timeout=2) as portal:
        page = portal.begin_code_sign_in(site.client_id)
        code = read_code(site.answer(page))
        site.practice.fail("token:drop-after")
        with pytest.raises(PortalUnreachableError, match="Open the sign-in page again") as caught:
            await portal.sign_in_with_code(code, page)
        assert caught.value.sent
        assert site.operations() == ["token"]
        assert not portal.signed_in


async def test_tokens_are_ended_when_signing_in_fails_after_them(site) -> None:
    """The portal gave tokens, and then did not say whose: they are not left alive."""
    async with Portal(site.url, timeout=2) as portal:
        page = portal.begin_code_sign_in(site.client_id)
        code = read_code(site.answer(page))
        site.practice.fail("portals/self:drop-before")
        with pytest.raises(PortalUnreachableError):
            await portal.sign_in_with_code(code, page)
        assert site.operations() == ["token", "portals/self", "revokeToken"]
        assert not portal.signed_in


async def test_no_error_holds_code_or_verifier(site) -> None:
    """Neither its words, nor the plain values of a frame that a verbose traceback would show."""
    async with Portal(site.url) as portal:
        page = portal.begin_code_sign_in(site.client_id)
        for pasted in ("canary code", f"{site.url}?code=canary&state=x", "canarycode"):
            with pytest.raises(FieldError) as caught:
                await portal.sign_in_with_code(Secret(pasted), page)
            assert "canary" not in str(caught.value)
            ours = [entry for entry in caught.traceback if "arcgis_keywidget" in str(entry.path)]
            shown = repr([value for entry in ours for value in entry.locals.values()])
            assert "canary" not in shown
            assert quote(page.verifier.reveal()) not in shown
            assert caught.value.__context__ is None or caught.value.__suppress_context__


async def test_signed_out_is_said_to_be(site) -> None:
    """A page that was opened signs nobody in."""
    async with Portal(site.url) as portal:
        portal.begin_code_sign_in(site.client_id)
        with pytest.raises(SignInError):
            _ = portal.account
