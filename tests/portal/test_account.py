"""Who is signed in: the product, the role, the user type, and what changes."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import httpx
import pytest

from arcgis_keywidget import KeyRequest, Portal
from arcgis_keywidget._http import kind_of
from arcgis_keywidget.errors import FieldError, SignInError
from arcgis_keywidget.models import AccountKind
from arcgis_keywidget.practice import PracticePortal
from arcgis_keywidget.privileges import presets, privilege_tree

ADDRESS = "http://127.0.0.1:7443"
ONLINE, PLATFORM, ENTERPRISE = AccountKind.ONLINE, AccountKind.LOCATION_PLATFORM, AccountKind.ENTERPRISE
GENERATE = "portal:user:generateApiTokens"
EVERY_GROUP = {"Location services", "Spatial analysis", "General", "Admin"}
SELF = {"name": "Org", "currentVersion": "2025.3", "subscriptionInfo": {"type": "In House"}}
USER = {"username": "ada", "fullName": "Ada", "role": "org_user", "privileges": []}


@pytest.mark.parametrize(
    ("document", "kind", "certain"),
    [
        ({"isPortal": True, "subscriptionInfo": {"type": "Location Platform"}}, ENTERPRISE, True),
        ({"isPortal": False, "subscriptionInfo": {"type": "In House"}}, ONLINE, True),
        ({"isPortal": False, "subscriptionInfo": {"type": "ArcGIS for Personal Use"}}, ONLINE, True),
        ({"isPortal": False, "subscriptionInfo": {"type": "ArcGIS Location Platform"}}, PLATFORM, True),
        ({"isPortal": False, "subscriptionInfo": {"type": "Developer Plan"}}, PLATFORM, False),
        ({"subscriptionInfo": {"type": "Paid"}}, ONLINE, False),
        ({"subscriptionInfo": None}, ONLINE, False),
        ({}, ONLINE, False),
    ],
)
def test_the_kind_of_account(document: dict, kind: AccountKind, certain: bool) -> None:  # noqa: FBT001 (a parameter)
    """Enterprise by isPortal, the others by the subscription's words; what names no product is a guess."""
    assert kind_of(document) == (kind, certain)


async def signed_in_to(user: dict, document: dict | None = None, role: str | None = None) -> Portal:
    """A portal, signed in, that answers with this user and organisation."""

    def answer(request: httpx.Request) -> httpx.Response:
        if "/roles/" in request.url.path:
            return httpx.Response(200, json={"name": role} if role else {"error": {"code": 403}})
        return httpx.Response(200, json={**SELF, **(document or {}), "user": {**USER, **user}})

    portal = Portal("https://org.maps.arcgis.com", transport=httpx.MockTransport(answer))
    await portal.__aenter__()
    await portal.sign_in_with_token("t")
    return portal


@pytest.mark.parametrize(
    ("user", "role", "user_type"),
    [
        ({"role": "org_admin", "userLicenseTypeId": "creatorUT"}, "Administrator", "Creator"),
        ({"role": "org_publisher", "roleId": "org_publisher", "level": "2"}, "Publisher", "Level 2"),
        ({"roleId": "iAAAAAAAAAAAAAAA", "userLicenseTypeId": "viewerUT"}, "Viewer", "Viewer"),
        ({"roleId": "iBBBBBBBBBBBBBBB", "userLicenseTypeId": "editorUT"}, "Data Editor", "Editor"),
        ({"userLicenseTypeId": "GISProfessionalAdvUT"}, "User", "GIS Professional Advanced"),
        ({"userLicenseTypeId": "deepSeaDiverUT", "level": "2"}, "User", "Deep Sea Diver"),
        ({"role": None, "userLicenseTypeId": 7, "level": "x"}, "", "7"),
        ({"role": "org_owner", "userLicenseTypeId": None}, "", ""),
    ],
)
async def test_role_and_user_type_in_people_s_words(user: dict, role: str, user_type: str) -> None:
    """As the portal's pages call them; of an id that is not known, the words in it."""
    portal = await signed_in_to(user)
    assert (portal.account.role_name, portal.account.user_type) == (role, user_type)
    await portal.aclose()


async def test_a_custom_role_is_asked_for_when_it_is_the_trouble(practice: PracticePortal, transport) -> None:
    """One request more, and only then; its name is what the person tells an administrator."""
    for user, requests, name in ((0, 2, ""), (1, 2, "Administrator"), (2, 3, "Member")):
        async with Portal(ADDRESS, transport=transport) as portal:
            sent = len(practice.requests)
            account = await portal.sign_in(practice.users[user].username, practice.users[user].password)
            assert len(practice.requests) - sent == requests
            assert account.role_name == name
    practice.reset()
    practice.account = replace(practice.account, kind="online", subscription="In House")
    async with Portal(ADDRESS, transport=transport) as portal:
        account = await portal.sign_in("sam", practice.users[2].password)
        assert "Member roles > 'Member' > General > Content." in account.missing[0].hint
        assert account.missing[0].hint == account.missing[1].hint  # so that the form can say both at once


async def test_a_late_name_of_a_role_signs_nobody_in(practice: PracticePortal, portal: Portal) -> None:
    """Who signs out while it is being asked for stays signed out."""
    practice.fail("role:slow=0.2")
    asked = asyncio.create_task(portal.name_role())
    while not practice.requests[-1]["path"].rpartition("/")[0].endswith("roles"):  # noqa: ASYNC110 (no event)
        await asyncio.sleep(0.01)
    await portal.sign_out()
    await asked
    assert not portal.signed_in


async def test_the_name_of_a_custom_role_on_demand(practice: PracticePortal, portal: Portal) -> None:
    """One request, then none; a portal that does not tell it leaves it empty."""
    practice.fail("role:error=403")
    assert (await portal.name_role()).role_name == ""
    assert (await portal.name_role()).role_name == "Publisher who may create keys"
    sent = len(practice.requests)
    await portal.name_role()
    assert len(practice.requests) == sent
    assert portal.account.role_name == "Publisher who may create keys"


async def test_a_guess_can_be_corrected(portal: Portal) -> None:
    """No request; what can be granted and where keys go follow, and reading the account anew keeps it."""
    unsure = await signed_in_to({"privileges": [GENERATE]}, {"subscriptionInfo": {"type": "Paid"}})
    before = unsure.account
    assert (before.kind, before.kind_certain, before.subscription) == (ONLINE, False, "Paid")
    assert before.missing
    assert before.services.static_tiles is None
    after = unsure.assume_kind(PLATFORM)
    assert (after.kind, after.kind_certain) == (PLATFORM, True)
    assert after.services.static_tiles
    assert unsure.account is after
    assert (await unsure.refresh_account()).kind is PLATFORM
    assert unsure.assume_kind(ONLINE).missing == before.missing
    await unsure.aclose()
    services = portal.account.services
    assert portal.assume_kind(ONLINE).services == services  # of the practice portal, whatever it plays


async def test_the_owner_who_is_no_member_needs_nothing_more() -> None:
    """An administrator whose account is of Location Platform after all may make keys."""
    portal = await signed_in_to({"role": "org_admin"}, {"subscriptionInfo": {"type": "Paid"}})
    assert portal.account.missing
    assert portal.assume_kind(PLATFORM).can_create_keys
    await portal.aclose()


async def test_enterprise_is_no_guess(portal: Portal) -> None:
    """It says so itself; the field is named."""
    with pytest.raises(FieldError, match="is not ArcGIS Enterprise") as caught:
        portal.assume_kind(ENTERPRISE)
    assert caught.value.field == "kind"
    assert portal.account.kind is PLATFORM


@pytest.mark.parametrize(
    ("version", "missing", "empty"),
    [
        ("11.3", ["ArcGIS Enterprise 11.4 or later"], EVERY_GROUP),
        ("11.4", [], EVERY_GROUP),
        ("11.5", [], {"Location services"}),
    ],
)
async def test_enterprise_by_its_version(version: str, missing: list[str], empty: set[str]) -> None:
    """Keys from 11.4 on, privileges of one's own on them from 11.5 on; and never location services."""
    practice = PracticePortal("enterprise", version=version)
    try:
        async with Portal(f"{ADDRESS}/portal", transport=httpx.ASGITransport(practice)) as portal:
            account = await portal.sign_in(*grace(practice))
            assert (account.kind, account.kind_certain) == (ENTERPRISE, True)
            assert (account.role_name, account.user_type) == ("Administrator", "Creator")
            assert [one.label for one in account.missing] == missing
            tree = privilege_tree(account, private=True)
            assert {node.title for node in tree if node.reason and not node.children} == empty
            assert [preset.id for preset in presets(account)] == ["layer"]
    finally:
        practice.close()


@pytest.mark.parametrize("kind", ["location-platform", "online", "enterprise"])
async def test_what_a_person_sees_is_what_the_portal_grants(kind: str) -> None:
    """Every privilege that an administrator can choose, all at once: the portal accepts them."""
    practice = PracticePortal(kind)
    try:
        async with Portal(ADDRESS, transport=httpx.ASGITransport(practice)) as portal:
            names, todo = [], list(privilege_tree(await portal.sign_in(*grace(practice)), private=True))
            for node in todo:
                todo += node.children
                names += [] if node.reason or node.children else [node.id]
            assert len(names) > 30
            made = await portal.create_key(KeyRequest(privileges=names, private=True, generate=False))
        row = practice.store.one("SELECT privileges FROM apps WHERE client_id = ?", made.client_id)
        held = json.loads(row["privileges"])
        assert set(held) == set(names)
    finally:
        practice.close()


def grace(practice: PracticePortal) -> tuple[str, str]:
    """The administrator's name and password."""
    return practice.users[1].username, practice.users[1].password


async def test_the_account_is_read_anew(practice: PracticePortal, portal: Portal, withdraw) -> None:
    """One request; a privilege that was withdrawn is gone, and an ended session is said as such."""
    assert "premium:user:places" in portal.account.privileges
    withdraw("premium:user:places", "portal:user:joinGroup")
    sent = len(practice.requests)
    account = await portal.refresh_account()
    assert len(practice.requests) - sent == 1
    assert portal.account is account
    assert account.privileges.isdisjoint({"premium:user:places", "portal:user:joinGroup"})
    practice.fail("portals/self:error=498")
    with pytest.raises(SignInError, match="does not accept this token"):
        await portal.refresh_account()
    await portal.sign_out()
    with pytest.raises(SignInError, match="Nobody is signed in"):
        await portal.refresh_account()


def test_the_blocking_face_has_all_of_it(served) -> None:
    """The same three, waited for."""
    ada = served.portal.users[0]
    with Portal.connect(served.url) as portal:
        portal.sign_in(ada.username, ada.password)
        assert portal.name_role().role_name == "Publisher who may create keys"
        assert portal.assume_kind(ONLINE).kind is ONLINE
        assert portal.refresh_account().username == "ada"
        found = portal.find_items(served.portal.layer)
        assert [item.id for item in found.items] == [served.portal.layer]
