"""The three account kinds and the three people of each."""

from __future__ import annotations

import hashlib
import hmac
import random
import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from arcgis_keywidget.practice.roles import VIEWER, privileges_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from arcgis_keywidget.practice.store import Store

ORG_ID = "practiceOrg00001"
_WORDS = ("amber", "basalt", "cedar", "delta", "estuary", "fjord", "glacier", "harbor", "island", "juniper")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What an account kind changes in the portal.

    Sources: the kinds' differences in `portals/self` are from arcgis-rest-js's fixtures and Esri's Python
    client; the subscription's type on Location Platform is not known, so ours is openly invented.
    """

    kind: str
    portal_name: str
    subscription: str | None
    version: dict[str, str]
    longest_token: int
    context: str = ""
    services: tuple[str, ...] = ()

    @property
    def has_api_keys(self) -> bool:
        """Whether there are API key credentials: on Enterprise from 11.4 on (documented)."""
        return self.version["currentVersion"] != VERSIONS["11.3"]["currentVersion"]

    @property
    def is_portal(self) -> bool:
        """True for Enterprise, as `portals/self` says it."""
        return self.subscription is None


VERSIONS = {
    "11.5": {"currentVersion": "2025.1", "enterpriseVersion": "11.5.0", "enterpriseBuild": "56755"},
    "11.4": {"currentVersion": "2024.2", "enterpriseVersion": "11.4.0", "enterpriseBuild": "54420"},
    "11.3": {"currentVersion": "2024.1", "enterpriseVersion": "11.3.0", "enterpriseBuild": "52392"},
}
"""Enterprise by its version: 11.3 has no API key credentials yet; 11.4's numbers are assumed."""

ACCOUNTS = {
    "location-platform": Account(
        kind="location-platform",
        portal_name="ArcGIS Online",
        subscription="Location Platform (practice)",
        version={"currentVersion": "2025.3"},
        longest_token=21_600,
        services=("basemapStyles", "staticBasemapTiles"),
    ),
    "online": Account(
        kind="online",
        portal_name="ArcGIS Online",
        subscription="In House",
        version={"currentVersion": "2025.3"},
        longest_token=21_600,
        services=("basemapStyles",),
    ),
    "enterprise": Account(
        kind="enterprise",
        portal_name="ArcGIS Enterprise",
        subscription=None,
        version=VERSIONS["11.5"],
        longest_token=20_160,
        context="/portal",
    ),
}


def choose_account(kind: str, version: str | None = None) -> Account:
    """The account kind by its name, Enterprise in the version asked for.

    Raises:
        ValueError: no such kind or version, or a version for a kind that has none.
    """
    if kind not in ACCOUNTS:
        raise ValueError(f"The account {kind!r} is none of: {', '.join(ACCOUNTS)}.")
    if version is None:
        return ACCOUNTS[kind]
    if not ACCOUNTS[kind].is_portal:
        raise ValueError(f"Only Enterprise has versions to choose; {kind} is always the newest.")
    if version not in VERSIONS:
        raise ValueError(f"The version {version!r} is none of: {', '.join(VERSIONS)}.")
    return replace(ACCOUNTS[kind], version=VERSIONS[version])


@dataclass(frozen=True, slots=True)
class User:
    """A member of the practice organisation, with the password that was issued."""

    username: str
    password: str = field(repr=False)
    role: str
    type: str = "creatorUT"

    @property
    def full_name(self) -> str:
        """First name and family name."""
        return f"{self.username.title()} Practice"


def user_id(username: str) -> str:
    """The id of a user."""
    return hashlib.sha256(username.encode()).hexdigest()[:32]


def role_id(role: str) -> str:
    """The id of a role; those of custom roles are the organisation's own."""
    return role if role == "org_admin" else f"practice_{role}"


def held_by(account: Account, user: User) -> tuple[str, ...]:
    """What a member holds: what the role has and the user type allows, sorted."""
    held = privileges_of(account.kind, user.role)
    return held if user.type != "viewerUT" else tuple(name for name in held if name in VIEWER)


def make_users(seed: int | None, viewers: Iterable[str] = ()) -> tuple[User, ...]:
    """Ada may create keys, Grace administers, Sam's role may not create keys; a seed fixes the passwords.

    Raises:
        ValueError: a viewer is none of them.
    """
    dice = random.SystemRandom() if seed is None else random.Random(seed)
    roles = {"ada": "org_publisher", "grace": "org_admin", "sam": "org_user"}
    types = dict.fromkeys(viewers, "viewerUT")
    if strangers := types.keys() - roles:
        raise ValueError(f"The viewer {min(strangers)!r} is none of: {', '.join(roles)}.")
    return tuple(
        User(
            name,
            "-".join([*dice.sample(_WORDS, 3), str(dice.randrange(1000, 10_000))]),
            role,
            types.get(name, "creatorUT"),
        )
        for name, role in roles.items()
    )


def register_users(store: Store, users: tuple[User, ...], now: int) -> None:
    """Keep the passwords' hashes; those of an earlier run of the same store end here."""
    with store.writing():
        for user in users:
            salt = secrets.token_bytes(16)
            store.run(
                "INSERT INTO people VALUES (?, ?, ?, ?)"
                " ON CONFLICT (username) DO UPDATE SET salt = excluded.salt, hash = excluded.hash",
                *(user.username, salt, _hash(user.password, salt), now),
            )


def password_fits(store: Store, username: str, password: str) -> bool:
    """Whether this password was issued to this person."""
    row = store.one("SELECT salt, hash FROM people WHERE username = ?", username)
    return row is not None and hmac.compare_digest(_hash(password, row["salt"]), row["hash"])


def _hash(password: str, salt: bytes) -> bytes:
    # Cheap on purpose: practice passwords are made by the portal and printed when it starts.
    return hashlib.scrypt(password.encode(), salt=salt, n=1024, r=8, p=1)


def describe_user(account: Account, user: User, created: int, *, own: bool) -> dict[str, object]:
    """A `community/users` document; role and privileges only for the person and administrators."""
    document: dict[str, object] = {
        "username": user.username,
        "id": user_id(user.username),
        "fullName": user.full_name,
        "firstName": user.username.title(),
        "lastName": "Practice",
        **dict.fromkeys(("description", "idpUsername", "thumbnail", "preferredView")),
        "tags": [],
        "groups": [],
        "culture": "en",
        "cultureFormat": "us",
        "region": "WO",
        "units": "metric",
        "access": "org",
        "orgId": ORG_ID,
        "created": created,
        "modified": created,
        "provider": "arcgis",
    }
    if own:
        document |= {
            "favGroupId": None,
            "lastLogin": created,
            "email": f"{user.username}@practice.invalid",
            "role": user.role,
            "roleId": role_id(user.role),
            "level": "2",
            "userType": "arcgisonly" if account.is_portal else "both",
            "userLicenseTypeId": user.type,
            "disabled": False,
            "mfaEnabled": False,
            "storageUsage": 0,
            "storageQuota": -1,
            "privileges": list(held_by(account, user)),
        }
    return document
