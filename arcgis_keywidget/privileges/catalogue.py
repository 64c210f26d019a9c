"""Every privilege that is known to be offered for keys, and in which product."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.models import AccountKind

if TYPE_CHECKING:
    from collections.abc import Mapping

BASEMAPS = "premium:user:basemaps"
STATIC_TILES = "premium:user:staticbasemaptiles"

PRODUCTS = {
    AccountKind.ONLINE: "ArcGIS Online",
    AccountKind.LOCATION_PLATFORM: "ArcGIS Location Platform",
    AccountKind.ENTERPRISE: "ArcGIS Enterprise",
}
"""How people call the products."""

ENTERPRISE_WITH_KEYS = (2024, 2)
"""The ``currentVersion`` of ArcGIS Enterprise 11.4, the first with API key credentials (documented)."""
ENTERPRISE_WITH_PERSONAL = (2025, 1)
"""That of 11.5, the first whose keys may hold privileges of personal scope (documented)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Privilege:
    """One privilege that a key may hold.

    Attributes:
        name: the REST name, such as ``premium:user:basemaps``.
        label: how the portal's wizard calls it.
        about: what it opens, in a few words.
        group: where it stands there, outermost first.
        personal: whether it is of personal scope: for one's own scripts, as the key then tells the account.
        cost: what using it costs, by kind of account, as far as it is known.
        accounts: the kinds of account whose keys may hold it.
    """

    name: str
    label: str
    about: str
    group: tuple[str, ...]
    personal: bool
    cost: Mapping[AccountKind, str]
    accounts: frozenset[AccountKind]


@cache
def data() -> dict[str, Any]:
    """Return data/privileges.json."""
    text = files("arcgis_keywidget").joinpath("data/privileges.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


@cache
def catalogue() -> dict[str, Privilege]:
    """Return every privilege that is known to be offered for keys, by its REST name."""
    return {
        name: Privilege(
            name=name,
            label=label,
            about=about,
            group=tuple(group.split(" > ")),
            personal=scope == "personal",
            cost={AccountKind(kind): words for kind, words in cost.items()},
            accounts=frozenset(map(AccountKind, accounts)),
        )
        for name, label, about, group, scope, cost, accounts in data()["privileges"]
    }


def canonical(name: str) -> str:
    """Return today's name of a privilege; older keys had names of their own."""
    return str(data()["aliases"].get(name, name))


def older(version: str, first: tuple[int, int]) -> bool:
    """Whether a ``currentVersion`` is known to be below one; an unreadable one is not."""
    numbers = [int(word) for word in version[:20].split(".")[:2] if word.isascii() and word.isdigit()]
    return bool(numbers) and tuple(numbers) < first
