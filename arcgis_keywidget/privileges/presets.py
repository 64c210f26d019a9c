"""Common choices of privileges, and back: which of them a choice is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from arcgis_keywidget.models import AccountKind
from arcgis_keywidget.privileges.catalogue import BASEMAPS, STATIC_TILES, canonical
from arcgis_keywidget.privileges.grants import grantable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from arcgis_keywidget.models import Account

_USEFUL = {
    AccountKind.LOCATION_PLATFORM: ("premium:user:geocode:temporary", "premium:user:networkanalysis:routing"),
    AccountKind.ONLINE: ("premium:user:geocode", "premium:user:networkanalysis"),
    AccountKind.ENTERPRISE: (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A common choice of privileges.

    Attributes:
        text: what a key of this kind is good for.
        cost: what using it may cost, empty when nothing is known to.
        needs_item: whether an item must be chosen.
    """

    id: str
    title: str
    text: str
    cost: str
    privileges: tuple[str, ...]
    needs_item: bool = False


def presets(account: Account, own: Iterable[Preset] = ()) -> tuple[Preset, ...]:
    """Return the presets that this account may grant: those of a house's own, then the simplest first."""
    may = grantable(account)
    fitting = (preset for preset in own if may.issuperset(map(canonical, preset.privileges)))
    return (*fitting, *_usual(account))


def _usual(account: Account) -> tuple[Preset, ...]:
    may = grantable(account)
    layer = Preset(
        id="layer",
        title="My layer",
        text="Reads one of your private layers.",
        cost="",
        privileges=(),
        needs_item=True,
    )
    if BASEMAPS not in may:
        return (layer,)
    basemaps = (BASEMAPS, *({STATIC_TILES} & may))
    useful = tuple(name for name in _USEFUL[account.kind] if name in may)
    cost = _cost(account.kind)
    offered = [
        Preset(
            id="basemaps",
            title="Basemaps",
            text="Draws Esri's basemaps, and opens nothing of yours.",
            cost=cost["basemaps"],
            privileges=basemaps,
        ),
        Preset(
            id="basemaps-layer",
            title="Basemaps + my layer",
            text="Draws basemaps and reads one of your private layers.",
            cost=cost["basemaps"],
            privileges=basemaps,
            needs_item=True,
        ),
    ]
    if useful:
        offered.append(
            Preset(
                id="basemaps-services",
                title="Basemaps + geocoding + routing",
                text="Draws basemaps, finds places by their address and the way between them.",
                cost=cost["services"],
                privileges=(*basemaps, *useful),
            )
        )
    return tuple(offered)


def preset_of(
    account: Account, privileges: Iterable[str], items: Collection[object], own: Iterable[Preset] = ()
) -> str:
    """Return the id of the preset that these privileges and items are, empty where they are none.

    Args:
        account: presets differ by what it may grant.
        privileges: REST names, in any order.
        items: the chosen items; only whether there are any counts.
        own: presets of a house's own.
    """
    names = frozenset(map(canonical, privileges))
    return next(
        (
            preset.id
            for preset in presets(account, own)
            if names == frozenset(map(canonical, preset.privileges)) and preset.needs_item is bool(items)
        ),
        "",
    )


def _cost(kind: AccountKind) -> dict[str, str]:
    if kind is AccountKind.LOCATION_PLATFORM:
        return {
            "basemaps": "Each month 2,000,000 tiles are free.",
            "services": "Each month 2,000,000 tiles, 20,000 geocodes and 20,000 routes are free.",
        }
    return {"basemaps": "", "services": "Geocoding and routing use your organization's credits."}
