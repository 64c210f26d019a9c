"""What an account may grant, what it lacks, and the presets."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from arcgis_keywidget import KeyRequest, privileges
from arcgis_keywidget.errors import FieldError, PrivilegeError
from arcgis_keywidget.models import Account, AccountKind
from arcgis_keywidget.privileges import BASEMAPS, STATIC_TILES

ITEM = "0" * 32
EVERY = frozenset(privileges.catalogue())
LP, ONLINE, ENTERPRISE = AccountKind.LOCATION_PLATFORM, AccountKind.ONLINE, AccountKind.ENTERPRISE
NEEDED = {
    "portal:user:generateApiTokens": "Generate API keys",
    "portal:user:assignPrivilegesToApps": "Assign privileges to OAuth 2.0 applications",
    "portal:user:createItem": "Create content",
}


def account(kind: AccountKind, held: frozenset[str] = EVERY, version: str = "2025.1", **more: str) -> Account:
    """An account that holds these privileges."""
    known = Account(
        username="ada",
        full_name="Ada",
        organization="Practice",
        kind=kind,
        privileges=held,
        version=version,
        **more,
    )
    return replace(known, missing=privileges.missing_for_keys(known))


def test_the_catalogue_names_each_privilege_once() -> None:
    """Every entry has a label, a place and the account kinds that it is for."""
    entries = privileges.catalogue()
    assert len(entries) > 100
    for name, entry in entries.items():
        assert name == entry.name
        assert entry.label
        assert entry.accounts
        assert entry.group[0] in {"Location services", "Spatial analysis", "General", "Admin"}
        assert entry.personal != (entry.group[0] == "Location services")


@pytest.mark.parametrize(
    ("kind", "held", "expected"),
    [
        (LP, EVERY, {"basemaps": True, "basemaps-layer": True, "basemaps-services": True}),
        (ONLINE, EVERY, {"basemaps": False, "basemaps-layer": False, "basemaps-services": False}),
        (ONLINE, frozenset({BASEMAPS}), {"basemaps": False, "basemaps-layer": False}),
        (ENTERPRISE, EVERY, {"layer": None}),
        (ONLINE, frozenset(), {"layer": None}),
    ],
)
def test_presets_fit_the_account(kind: AccountKind, held: frozenset[str], expected: dict) -> None:
    """Each preset can be granted; static tiles belong to it on Location Platform only."""
    offered = {preset.id: preset for preset in privileges.presets(account(kind, held))}
    assert list(offered) == list(expected)
    for name, with_tiles in expected.items():
        assert set(offered[name].privileges) <= privileges.grantable(account(kind, held))
        assert (STATIC_TILES in offered[name].privileges) is bool(with_tiles)
        assert (BASEMAPS in offered[name].privileges) is (with_tiles is not None)
        assert offered[name].needs_item is name.endswith("layer")
        assert offered[name].text


def test_location_platform_gets_the_fine_strings_and_online_the_wide_ones() -> None:
    """Geocoding and routing are named differently by the two products."""
    names = {kind: set(privileges.presets(account(kind))[-1].privileges) for kind in (LP, ONLINE)}
    assert {"premium:user:geocode:temporary", "premium:user:networkanalysis:routing"} <= names[LP]
    assert {"premium:user:geocode", "premium:user:networkanalysis"} <= names[ONLINE]
    assert not names[LP] & {"premium:user:geocode", "premium:user:networkanalysis"}


@pytest.mark.parametrize("missing", NEEDED)
@pytest.mark.parametrize("kind", [ONLINE, ENTERPRISE])
def test_what_is_missing_is_named_with_who_can_add_it(kind: AccountKind, missing: str) -> None:
    """The portal's own label, the place in the role editor, and the same words when a key is asked for."""
    lacking = account(kind, EVERY - {missing})
    assert [(one.privilege, one.label) for one in lacking.missing] == [(missing, NEEDED[missing])]
    assert "Organization > Settings > Member roles" in lacking.missing[0].hint
    with pytest.raises(PrivilegeError, match=NEEDED[missing]):
        privileges.check_request(lacking, KeyRequest(items=(ITEM,), privileges=()))


@pytest.mark.parametrize(("role", "lacking"), [("", 0), ("org_admin", 0), ("org_user", 3)])
def test_the_owner_of_a_location_platform_account_needs_nothing_more(role: str, lacking: int) -> None:
    """Such accounts may make keys whatever their list says (documented); other roles need it."""
    assert len(account(LP, frozenset(), role=role).missing) == lacking


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (
            {"role": "org_user", "role_id": "x1"},
            "add what is missing: Organization > Settings > Member roles > your role >",
        ),
        ({"role_id": "x1", "role_name": "Surveyor"}, "Member roles > 'Surveyor' > General > Content"),
        ({"role": "org_user", "role_name": "User"}, "a custom role .*; the built-in role User cannot"),
        ({"role": "org_admin", "role_name": "Administrator"}, "where the subscription includes API keys"),
    ],
)
def test_who_can_change_it_depends_on_the_role(more: dict[str, str], says: str) -> None:
    """A custom role can be edited, a built-in one only exchanged; an administrator lacks a subscription."""
    lacking = account(ONLINE, frozenset(), **more)
    assert [one.label for one in lacking.missing] == list(NEEDED.values())
    assert all(re.search(says, one.hint) for one in lacking.missing)


def test_the_words_of_the_role_editor_are_in_the_hint() -> None:
    """The row for making content is called otherwise than what it is for."""
    lacking = account(ENTERPRISE, EVERY - {"portal:user:createItem"}, role_id="x1")
    assert lacking.missing[0].hint.endswith("General > Content > Create, update, and delete.")


def test_a_user_type_below_creator_comes_first() -> None:
    """No role helps while it is so; one that holds the privileges all the same is let try."""
    lacking = account(ONLINE, frozenset(), user_type="Viewer", role_id="x1")
    assert [one.label for one in lacking.missing] == ["User type Creator or higher", *NEEDED.values()]
    assert "Yours is Viewer" in lacking.missing[0].hint
    assert "Manage user type" in lacking.missing[0].hint
    assert account(ONLINE, user_type="Viewer").can_create_keys
    assert len(account(ONLINE, frozenset(), user_type="Creator").missing) == 3


def test_a_subscription_without_keys_is_named() -> None:
    """Not even its administrator can make any, and nobody can change that (a community thread)."""
    lacking = account(ONLINE, role="org_admin", subscription="ArcGIS for Personal Use")
    assert [one.label for one in lacking.missing] == ["A subscription with API keys"]
    assert "Location Platform" in lacking.missing[0].hint


@pytest.mark.parametrize(
    ("version", "may"), [("2024.1", False), ("2023.3", False), ("2024.2", True), ("2025.1", True), ("", True)]
)
def test_enterprise_makes_keys_from_11_4_on(version: str, may: bool) -> None:  # noqa: FBT001 (a parameter)
    """A portal that is too old is told as such; one that does not tell is given a try."""
    old = account(ENTERPRISE, version=version)
    assert old.can_create_keys is may
    if not may:
        assert "11.4" in old.missing[0].label


@pytest.mark.parametrize(
    ("kind", "name", "says"),
    [
        (ONLINE, STATIC_TILES, "not offered for ArcGIS Online"),
        (ENTERPRISE, BASEMAPS, "not offered for ArcGIS Enterprise"),
        (LP, "premium:user:geocode", "not offered for ArcGIS Location Platform"),
        (LP, "premium:user:teleport", "not among the privileges of your account"),
        (LP, "portal:user:categorizeItems", "no key can hold it"),
        (ONLINE, "premium:user:spatialanalysis", "private=True"),
        (ONLINE, "portal:user:createItem", "private=True"),
    ],
)
def test_what_an_account_may_not_grant_is_refused_with_the_reason(kind, name: str, says: str) -> None:
    """At the field `privileges`, and before anything is sent."""
    held = EVERY | {"portal:user:categorizeItems"}
    with pytest.raises(FieldError, match=says) as caught:
        privileges.check_request(account(kind, held), KeyRequest(privileges=(name,)))
    assert caught.value.field == "privileges"
    assert name in caught.value.message


def test_a_private_application_may_hold_personal_privileges() -> None:
    """On Enterprise from 11.5 on."""
    request = KeyRequest(privileges=("portal:user:createItem",), private=True)
    assert privileges.check_request(account(ONLINE), request) == ("portal:user:createItem",)
    assert privileges.check_request(account(ENTERPRISE), request)
    with pytest.raises(FieldError, match=r"11\.5"):
        privileges.check_request(account(ENTERPRISE, version="2024.2"), request)


def test_old_names_are_sent_under_their_new_ones() -> None:
    """Keys of before 2024 had another name for basemaps."""
    request = KeyRequest(privileges=("portal:apikey:basemaps", BASEMAPS))
    assert privileges.check_request(account(LP), request) == (BASEMAPS,)


@pytest.mark.parametrize(
    ("names", "wide"),
    [
        ((BASEMAPS,), False),
        (("premium:user:spatialanalysis",), False),
        (("portal:user:createItem",), True),
        ((BASEMAPS, "portal:admin:viewUsers"), True),
        (("premium:user:teleport",), False),
    ],
)
def test_general_and_admin_privileges_make_a_personal_token(names: tuple[str, ...], wide: bool) -> None:  # noqa: FBT001 (a parameter)
    """As `isPersonalAPIToken` is sent."""
    assert privileges.needs_wide_scope(names) is wide


def leaves(nodes: tuple[privileges.PrivilegeNode, ...]) -> dict[str, privileges.PrivilegeNode]:
    """The privileges of a tree by their names, groups left out."""
    found = {}
    for node in nodes:
        found |= leaves(node.children) if node.id.startswith("group:") else {node.id: node}
    return found


@pytest.mark.parametrize("kind", [LP, ONLINE, ENTERPRISE])
def test_what_can_be_chosen_in_the_tree_is_what_may_be_granted(kind: AccountKind) -> None:
    """For every kind, with a private application or without: the same rules in both."""
    half = account(kind, frozenset(sorted(EVERY)[::2]))
    personal = {name for name, entry in privileges.catalogue().items() if entry.personal}
    for private in (True, False):
        found = leaves(privileges.privilege_tree(half, private=private))
        free = {name for name, node in found.items() if not node.reason}
        assert free == privileges.grantable(half) - (set() if private else personal)
        assert set(found) == {name for name, one in privileges.catalogue().items() if kind in one.accounts}


def test_the_tree_has_the_groups_of_the_wizard() -> None:
    """Two levels of groups at most; every privilege says what it opens, and no group is empty."""
    tree = privileges.privilege_tree(account(ONLINE), private=True)
    assert [node.title for node in tree] == ["Location services", "Spatial analysis", "General", "Admin"]
    assert [node.title for node in tree[0].children][:2] == ["Basemaps", "Geocoding"]
    assert tree[0].children[0].id == "group:Location services > Basemaps"
    assert not tree[1].children[0].children
    for top in tree:
        for node in top.children:
            assert all(not leaf.children for leaf in node.children)
            assert node.children or node.about
    assert all(leaf.title and leaf.about for leaf in leaves(tree).values())


def test_costs_are_those_of_the_product() -> None:
    """The same privilege is free up to a bound on Location Platform, and not known to cost on Online."""
    cost = {kind: leaves(privileges.privilege_tree(account(kind), private=True)) for kind in (LP, ONLINE)}
    assert "free" in cost[LP][BASEMAPS].cost
    assert cost[ONLINE][BASEMAPS].cost == ""
    assert cost[ONLINE]["premium:user:geocode"].cost == "uses credits"


def test_why_a_privilege_cannot_be_chosen() -> None:
    """What the account lacks comes before the kind of application, which the person can change."""
    grown = account(ONLINE, frozenset({"portal:user:createItem"}))
    found = leaves(privileges.privilege_tree(grown, private=False))
    assert found["portal:user:createItem"].reason == "private application only"
    assert "your role lacks it" in found["portal:admin:viewUsers"].reason
    poor = leaves(privileges.privilege_tree(account(LP, frozenset()), private=True))
    assert "pay-as-you-go" in poor[BASEMAPS].reason


@pytest.mark.parametrize(
    ("kind", "version", "missing"),
    [
        (LP, "2025.3", {"Admin": "no key of ArcGIS Location Platform"}),
        (ONLINE, "2025.3", {}),
        (ENTERPRISE, "2025.1", {"Location services": "ArcGIS Online or Location Platform"}),
        (
            ENTERPRISE,
            "2024.2",
            {"Location services": "no location services", **dict.fromkeys(("General", "Admin"), "11.5")},
        ),
    ],
)
def test_a_group_that_is_missing_stays_with_its_reason(kind, version: str, missing: dict[str, str]) -> None:
    """So that nobody looks in vain: location services on Enterprise, General before 11.5."""
    tree = privileges.privilege_tree(account(kind, version=version), private=True)
    empty = {node.title: node for node in tree if not node.children}
    assert missing.keys() <= empty.keys() <= {*missing, "Spatial analysis"}
    for title, says in missing.items():
        assert says in empty[title].reason
    assert not any(node.reason for node in tree if node.children)


@pytest.mark.parametrize("kind", [LP, ONLINE, ENTERPRISE])
def test_a_preset_is_known_again_by_what_it_is(kind: AccountKind) -> None:
    """In any order; with an item where there should be none, or one privilege more, it is none."""
    who = account(kind)
    for preset in privileges.presets(who):
        items = (ITEM,) if preset.needs_item else ()
        assert privileges.preset_of(who, reversed(preset.privileges), items) == preset.id
        more = (*preset.privileges, "portal:user:createItem")
        assert privileges.preset_of(who, more, items) == ""
    assert privileges.preset_of(who, (), ()) == ""


def test_items_tell_presets_apart() -> None:
    """Basemaps with a layer and without; an old name counts as the new one."""
    both = ("portal:apikey:basemaps", STATIC_TILES)
    assert privileges.preset_of(account(LP), both, ()) == "basemaps"
    assert privileges.preset_of(account(LP), both, (ITEM,)) == "basemaps-layer"
    assert privileges.preset_of(account(LP), (BASEMAPS,), ()) == ""
