"""What a portal tells: accounts, items, folders."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from arcgis_keywidget.models.keys import LocationServices

_ITEM_ID = re.compile(r"[0-9a-f]{32}")


class AccountKind(StrEnum):
    """The three products that hand out API keys; they differ in what a key may be granted."""

    ONLINE = "online"
    LOCATION_PLATFORM = "location-platform"
    ENTERPRISE = "enterprise"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPrivilege:
    """Something the account needs before it can make keys, and who can add it.

    Attributes:
        privilege: the REST name, such as ``portal:user:generateApiTokens``; empty for what is no privilege:
            a version, a user type, a subscription.
        label: the words of the portal's role editor, such as *Generate API keys*.
        hint: who can add it, and where.
    """

    privilege: str
    label: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who is signed in, and what this account may grant to a key.

    Attributes:
        kind: the product; a guess where the portal does not tell (see docs/fidelity.md).
        privileges: REST names of everything the account itself may do.
        missing: what it lacks for making keys; empty when it can.
        version: the portal's ``currentVersion``, such as ``2025.1``.
        kind_certain: whether the portal told the kind, or the person did; else it is a guess.
        subscription: the portal's own word for the subscription, for reports on a wrong guess.
        role: the built-in role, or the one that a custom role grew from, such as ``org_publisher``.
        role_id: of a custom role; empty for a built-in one.
        role_name: how the organization calls the role, such as *Publisher*; empty where it does not tell.
        user_type: how people call the licence, such as *Creator*; empty where it is not told.
    """

    username: str
    full_name: str
    organization: str
    kind: AccountKind
    privileges: frozenset[str]
    role: str = ""
    version: str = ""
    missing: tuple[MissingPrivilege, ...] = ()
    services: LocationServices = field(default_factory=LocationServices)
    practice: bool = False
    kind_certain: bool = True
    subscription: str = ""
    role_id: str = ""
    role_name: str = ""
    user_type: str = ""

    @property
    def can_create_keys(self) -> bool:
        """Whether nothing is missing for making API keys."""
        return not self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder of the account's own content; titles are unique in an account."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A portal item, as far as choosing it for a key needs to know.

    Attributes:
        id: 32 hexadecimal digits.
        access: ``private``, ``shared``, ``org`` or ``public``.
    """

    id: str
    title: str
    type: str
    owner: str
    access: str
    url: str | None = None


def is_item_id(text: str) -> bool:
    """Whether a text has the form of an item id: 32 hexadecimal digits, in lower case."""
    return bool(_ITEM_ID.fullmatch(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """One page of a search.

    Attributes:
        total: how many items match in all.
        next_start: the 1-based start of the next page, None at the end.
    """

    items: tuple[Item, ...]
    total: int
    next_start: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLookup:
    """What a pasted text names.

    Attributes:
        items: those that the account can see, in the order of the text, each once.
        problems: a sentence for each part of the text that named none, or named one again.
    """

    items: tuple[Item, ...]
    problems: tuple[str, ...]
