"""What a style must look like: the kinds of colours of its sea, its land and its letters.

Kinds, not exact colours: a client may mix them at the edges, and the portal may choose finer ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.clients.maps.picture import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.clients.maps.picture import Colour, Picture

AFRICA = View((0.0, 25.0), 3)
IBERIA = View((-6.0, 39.5), 6)
# Places in different tiles and far from each other, so that tiles in the wrong place are seen.
SEA = {AFRICA: ((-31.0, 17.0), (18.0, 35.5), (-20.0, 38.0)), IBERIA: ((-10.3, 38.0), (-10.1, 41.3))}
LAND = {
    AFRICA: ((3.0, 24.0), (17.0, 26.0), (28.0, 15.0), (-4.5, 39.3)),
    IBERIA: ((-5.0, 38.9), (-8.1, 40.0), (-3.0, 41.0)),
}


def light(colour: Colour) -> float:
    """How light a colour is, from 0 to 255 (Rec. 601)."""
    red, green, blue = colour
    return 0.299 * red + 0.587 * green + 0.114 * blue


def is_gray(colour: Colour) -> bool:
    """Whether a colour has next to no hue."""
    return max(colour) - min(colour) < 20


@dataclass(frozen=True)
class Look:
    """A style as an eye would describe it.

    Attributes:
        sea, land: kinds of their colours.
        letters: the kind of those of names.
        colours: how many different ones there are at least.
    """

    sea: Callable[[Colour], bool]
    land: Callable[[Colour], bool]
    letters: Callable[[Colour], bool]
    colours: int = 100


LOOKS = {
    "arcgis/streets": Look(
        sea=lambda c: c[2] > c[0] + 25 and light(c) > 150,
        land=lambda c: c[0] >= c[2] and light(c) > 215,
        letters=lambda c: light(c) < 110,
    ),
    "arcgis/dark-gray": Look(
        sea=lambda c: is_gray(c) and light(c) < 45,
        land=lambda c: is_gray(c) and 45 < light(c) < 100,
        letters=lambda c: light(c) > 170,
    ),
    "arcgis/light-gray": Look(
        sea=lambda c: is_gray(c) and 180 < light(c) < 225,
        land=lambda c: is_gray(c) and light(c) > 228,
        letters=lambda c: light(c) < 130,
    ),
    "arcgis/imagery": Look(
        sea=lambda c: c[2] > c[0] + 20 and light(c) < 100,
        land=lambda c: c[0] > c[2] + 10,
        letters=lambda c: min(c) > 225,
    ),
}
LOOKS["open/streets"] = LOOKS["arcgis/streets"]


def faults(picture: Picture, view: View, style: str) -> list[str]:
    """What an eye would miss in a map of this view."""
    look = LOOKS[style]
    letters = picture.share(look.letters)
    checks = {
        f"{letters:.2%} are letters": 0.001 < letters < 0.2,
        f"{picture.colours} colours": picture.colours > look.colours,
    }
    return [*ground_faults(picture, view, style), *(fault for fault, good in checks.items() if not good)]


def ground_faults(picture: Picture, view: View, style: str) -> list[str]:
    """The places whose ground is of another colour than sea or land have."""
    look = LOOKS[style]
    grounds = {place: picture.ground(place) for place in (*SEA[view], *LAND[view])}
    return [
        f"{place} is {colour}"
        for place, colour in grounds.items()
        if not (look.sea if place in SEA[view] else look.land)(colour)
    ]
