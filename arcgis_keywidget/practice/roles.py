"""The privilege strings of the three account kinds, by role: a catalogue of texts.

Written for the practice portal alone, from Esri's privilege reference pages and from captured user documents.
The client has its own catalogue, on purpose: one mistake must not hide in both.
"""

from __future__ import annotations

ITEM_ACCESS = "portal:app:access:item:"

_ROUTING = (
    "routing",
    "optimizedrouting",
    "closestfacility",
    "servicearea",
    "locationallocation",
    "vehiclerouting",
    "origindestinationcostmatrix",
    "snaptoroads",
    "lastmiledelivery",
)
# Location Platform splits geocoding and routing finely, Online has one string each, Enterprise has neither.
LOCATION = {
    "location-platform": (
        "premium:user:basemaps",
        "premium:user:staticbasemaptiles",
        "premium:user:staticMaps",
        "premium:user:geocode:stored",
        "premium:user:geocode:temporary",
        "premium:user:geoenrichment",
        "premium:user:places",
        "premium:user:elevation",
        *(f"premium:user:networkanalysis:{name}" for name in _ROUTING),
    ),
    "online": (
        "premium:user:basemaps",
        "premium:user:geocode",
        "premium:user:geoenrichment",
        "premium:user:demographics",
        "premium:user:networkanalysis",
    ),
    "enterprise": (),
}
_ANALYSIS = {
    "location-platform": ("premium:user:spatialanalysis", "premium:publisher:rasteranalysis"),
    "online": (
        "premium:user:featurereport",
        "premium:user:spatialanalysis",
        "premium:publisher:rasteranalysis",
    ),
    "enterprise": (),
}
_MEMBER = (
    "features:user:edit",
    "portal:user:createGroup",
    "portal:user:createItem",
    "portal:user:joinGroup",
    "portal:user:shareToGroup",
    "portal:user:shareToOrg",
    "portal:user:shareToPublic",
    "portal:user:viewOrgGroups",
    "portal:user:viewOrgItems",
    "portal:user:viewOrgUsers",
)
_PUBLISHER = (
    "features:user:fullEdit",
    "portal:publisher:publishFeatures",
    "portal:publisher:publishScenes",
    "portal:publisher:publishTiles",
)
ASSIGN_PRIVILEGES = "portal:user:assignPrivilegesToApps"
MAY_CREATE_KEYS = (ASSIGN_PRIVILEGES, "portal:user:generateApiTokens")
_ADMINISTRATOR = (
    *("portal:admin:viewUsers", "portal:admin:updateUsers", "portal:admin:deleteUsers"),
    *("portal:admin:inviteUsers", "portal:admin:disableUsers", "portal:admin:changeUserRoles"),
    *("portal:admin:viewGroups", "portal:admin:updateGroups", "portal:admin:deleteGroups"),
    *("portal:admin:viewItems", "portal:admin:updateItems", "portal:admin:deleteItems"),
    *("portal:admin:manageRoles", "portal:admin:manageSecurity", "portal:admin:manageWebsite"),
)
VIEWER = (
    *("portal:user:joinGroup", "portal:user:viewOrgGroups"),
    *("portal:user:viewOrgItems", "portal:user:viewOrgUsers"),
)
"""What the user type Viewer allows, whatever the role says."""
# Captured user documents list these too; no key was ever seen to hold one.
NOT_FOR_KEYS = ("portal:user:categorizeItems", "portal:user:viewHostedFeatureServices")


ROLES = {
    "org_admin": "Administrator",
    "org_publisher": "Publisher who may create keys",
    "org_user": "Member",
}
"""The names of the roles."""


def privileges_of(account: str, role: str) -> tuple[str, ...]:
    """What a role holds, sorted; `role` is `org_admin`, `org_publisher` (may create keys) or `org_user`."""
    held = {*LOCATION[account], *_MEMBER, *NOT_FOR_KEYS}
    if role != "org_user":
        held.update(_ANALYSIS[account], _PUBLISHER, MAY_CREATE_KEYS)
    if role == "org_admin":
        held.update(_ADMINISTRATOR)
    return tuple(sorted(held))


def is_personal(privilege: str) -> bool:
    """Whether a privilege is of personal scope: any but location services and item access."""
    standard = privilege.startswith(ITEM_ACCESS) or any(privilege in names for names in LOCATION.values())
    return not standard
