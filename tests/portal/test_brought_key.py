"""A key that somebody has already: checked, told apart from other tokens, and ready for use."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from arcgis_keywidget.errors import FieldError, KeyWidgetError, SignInError, TokenError
from arcgis_keywidget.models import KeyRequest, LocationServices, Secret
from arcgis_keywidget.models.app_info import read_app_info
from arcgis_keywidget.models.token_kinds import TokenKind, kind_of_token
from arcgis_keywidget.portal import Portal
from arcgis_keywidget.practice import PracticePortal

ADDRESS = "http://127.0.0.1:7443"
PERSONAL = ("portal:user:createItem", "portal:user:viewOrgItems")


async def test_a_key_is_told_with_one_request_while_signed_out(practice, portal, transport) -> None:
    """Everything that the portal tells of its credential; nobody is signed in before or after."""
    request = KeyRequest("A key", items=[practice.layer], expires=timedelta(days=3))
    made = await portal.create_key(request)
    practice.log.forget()
    async with Portal(ADDRESS, transport=transport, trust=["gis.example.com"]) as other:
        found = await other.inspect_key(f" {made.key}\n")
        assert not other.signed_in
        assert other._rest.token is None
    (entry,) = practice.requests
    assert (entry["operation"], entry["token_by"]) == ("portals/self", "X-Esri-Authorization")
    assert (found.item_id, found.client_id, found.title) == (made.item_id, made.client_id, "A key")
    assert (found.privileges, found.items, found.referrers) == (made.privileges, made.items, ())
    assert found.key == made.key
    assert abs(found.key.expires - made.key.expires) <= timedelta(seconds=1)
    assert [(slot.number, slot.active) for slot in found.slots] == [(1, True)]
    assert found.key.services == made.key.services
    assert (found.key.portal, found.key.trust) == (ADDRESS, ("gis.example.com",))


async def test_whoever_is_signed_in_remains_so(portal) -> None:
    """The key is asked about with the key itself."""
    made = await portal.create_key(KeyRequest())
    await portal.inspect_key(made.key)
    assert portal.signed_in
    assert isinstance(await portal.folders(), tuple)


async def test_a_key_of_personal_scope_is_a_key(portal, transport) -> None:
    """It shows its owner as a user's token does; asked as a token it is told to be a key."""
    made = await portal.create_key(KeyRequest(private=True, privileges=PERSONAL))
    async with Portal(ADDRESS, transport=transport) as other:
        assert (await other.inspect_key(made.key)).item_id == made.item_id
        with pytest.raises(FieldError, match="token: This is an API key"):
            await other.sign_in_with_token(made.key)


class Odd(httpx.AsyncBaseTransport):
    """A portal that gives portals/self as it is told."""

    def __init__(self, **document: object) -> None:
        self.document = {"name": "Odd", "isPortal": False, **document}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer everything alike."""
        return httpx.Response(200, json=self.document, request=request)


KEY_INFO = {
    "appId": "abc",
    "itemId": "0" * 32,
    "appTitle": "Old key",
    "privileges": [],
    "expirationDate": 4_000_000_000_000,
}


async def test_a_key_without_its_usual_shape_is_told_by_the_portal() -> None:
    """Its date tells it, for a token as for a key, though a user is shown beside it."""
    transport = Odd(user={"username": "ada"}, appInfo=KEY_INFO)
    async with Portal(ADDRESS, transport=transport) as portal:
        with pytest.raises(SignInError, match=r"This is an API key \('Old key'\)"):
            await portal.sign_in_with_token("unusual")
        found = await portal.inspect_key("unusual")
        assert (found.title, found.slots, found.key.slot) == ("Old key", (), None)


async def test_a_users_token_from_the_browser_is_no_key(site, in_browser) -> None:
    """It shows an application, as a key does, but no date: it signs in, and is refused as a key."""
    token = in_browser._rest.token
    async with Portal(site.url) as other:
        assert (await other.sign_in_with_token(token)).username == "ada"
        with pytest.raises(SignInError, match=r"token of a user \(ada\)") as caught:
            await other.inspect_key(token)
        assert "Sign in with it" in caught.value.hint


async def test_other_tokens_are_no_keys(portal) -> None:
    """A password's token, and one of an application itself."""
    with pytest.raises(SignInError, match=r"token of a user \(ada\)"):
        await portal.inspect_key(portal._rest.token)
    info = {name: value for name, value in KEY_INFO.items() if name != "expirationDate"}
    async with Portal(ADDRESS, transport=Odd(appInfo=info)) as odd:
        with pytest.raises(SignInError, match="short-lived token of the application 'Old key'"):
            await odd.inspect_key("abc")
    async with Portal(ADDRESS, transport=Odd()) as odd:
        with pytest.raises(SignInError, match="does not know this as a key"):
            await odd.inspect_key("abc")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Paste an API key"),
        (" \n", "Paste an API key"),
        ("two words", "no blanks"),
        ("AAPK0123456789", "legacy API key.*27 June 2026"),
        ("AAST0123456789", "basemap session"),
    ],
)
async def test_what_is_no_key_by_its_shape_is_never_sent(practice, transport, text: str, words: str) -> None:
    """Said at the field, without repeating it; the kinds of keys are told where a token is wanted, too."""
    async with Portal(ADDRESS, transport=transport) as portal:
        with pytest.raises(FieldError, match=words) as caught:
            await portal.inspect_key(text)
        assert caught.value.field == "key"
        if text.startswith("AA"):
            with pytest.raises(FieldError, match=f"token: .*{words}"):
                await portal.sign_in_with_token(text)
    assert practice.requests == []


async def test_a_key_that_is_not_accepted_may_be_so_for_reasons(portal) -> None:
    """Of another portal, revoked: the portal says no more than 498; the session is not affected."""
    made = await portal.create_key(KeyRequest())
    form = {"permanentDelete": "true"}
    await portal._rest.post(f"content/users/ada/items/{made.item_id}/delete", form)
    for key in (f"AAPT{'x' * 40}.AT1_12345678", made.key):
        with pytest.raises(TokenError, match=r"does not accept this key \(498\)") as caught:
            await portal.inspect_key(key)
        assert "expired or been revoked, be of another portal" in caught.value.hint
    assert portal.signed_in


async def test_a_key_for_some_referrers_needs_one_of_them(portal, transport) -> None:
    """Named, it is sent with this request and remembered for the next ones; a wildcard becomes a host."""
    made = await portal.create_key(KeyRequest(referrers=["https://*.example.com"]))
    async with Portal(ADDRESS, transport=transport) as other:
        with pytest.raises(TokenError, match="does not accept this key") as caught:
            await other.inspect_key(made.key)
        assert "name that, too" in caught.value.hint
        with pytest.raises(TokenError) as caught:
            await other.inspect_key(made.key, referrer="https://other.example")
        assert "than https://other.example" in caught.value.hint
        found = await other.inspect_key(made.key, referrer=" https://*.example.com ")
        assert found.referrers == ("https://www.example.com",)
        assert found.key.referrer == made.key.referrer
        for bad in ("two words", "https://a.example\r\nX: y"):
            with pytest.raises(FieldError, match="referrer: "):
                await other.inspect_key(made.key, referrer=bad)


@pytest.mark.parametrize("kind", ["online", "enterprise"])
async def test_services_follow_the_kind_of_account(kind: str) -> None:
    """Online has the styles alone, Enterprise nothing; the key's own answer tells which it is."""
    practice = PracticePortal(kind)
    user = practice.users[0]
    async with Portal(ADDRESS, transport=httpx.ASGITransport(practice)) as portal:
        await portal.sign_in(user.username, user.password)
        made = await portal.create_key(KeyRequest(private=True, privileges=PERSONAL))
        await portal.sign_out()
        found = await portal.inspect_key(made.key)
        assert found.key.services == made.key.services
        assert found.key.services.static_tiles is None
        assert (found.key.services == LocationServices()) is (kind == "enterprise")
    practice.close()


async def test_trouble_is_told_as_trouble(served) -> None:
    """No word about the key when the portal did not answer."""
    served.portal.fail("portals/self:http=503")
    async with Portal(served.url) as portal:
        with pytest.raises(KeyWidgetError, match="503"):
            await portal.inspect_key("AAPTx")


@pytest.mark.parametrize("date", [None, "soon", -1, 0, 10**30, True])
def test_odd_dates_are_no_dates(date: object) -> None:
    """And what is no `appInfo` is none."""
    info = {**KEY_INFO, "expirationDate": date, "privileges": None, "appTitle": 7}
    app = read_app_info({"appInfo": info})
    assert (app.privileges, app.title) == ((), "")
    assert app.expires is None
    assert read_app_info({"appInfo": []}) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("AAPTabc.AT2_12345678", TokenKind.API_KEY),
        ("AAPTabc", None),
        ("3NKHt6i2urmWtqOuugvr9AT1_12345678", None),
    ],
)
def test_only_what_begins_and_ends_as_a_key_is_taken_for_one(text: str, kind: TokenKind | None) -> None:
    """A user's token has no shape of its own, and must not be refused for looking odd."""
    assert kind_of_token(Secret(text)) is kind
