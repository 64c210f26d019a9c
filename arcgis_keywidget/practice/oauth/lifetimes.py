"""How long OAuth tokens live, in minutes (Esri's page on the maximum of token expiration times).

`expiration` is cut to the longest without a word, as `generateToken` cuts it. Esri's Python client asks for
-1; that it means the longest is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from arcgis_keywidget.practice.replies import oauth_refusal

if TYPE_CHECKING:
    from arcgis_keywidget.practice.call import Call

LONGEST = -1
ACCESS_TOKEN = 30


@dataclass(frozen=True, slots=True)
class Lifetime:
    """What a kind of token lives when nothing is asked, and at most; in minutes."""

    usual: int
    longest: int


REFRESH_TOKEN = Lifetime(20_160, 129_600)
OWN_TOKEN = Lifetime(120, 20_160)
"""Tokens of the implicit grant and of applications."""


def read_minutes(call: Call, life: Lifetime) -> int:
    """The `expiration` of a request.

    Raises:
        Refusal: 400 when it is no whole number of minutes.
    """
    text = call.text("expiration", str(life.usual))
    try:
        minutes = int(text) if len(text) < 20 else 0  # noqa: PLR2004 (no life needs more digits)
    except ValueError:
        minutes = 0
    if minutes < 1 and minutes != LONGEST:
        raise oauth_refusal("invalid_request", "Invalid expiration")
    return cut(call, life.longest if minutes == LONGEST else minutes, life.longest)


def cut(call: Call, minutes: int, longest: int) -> int:
    """No more minutes than the kind of token may live, nor than the organisation lets any live.

    That the organisation's limit holds for OAuth tokens too is documented for Enterprise's own limit alone.
    """
    own = int(call.portal.switches.longest_token)
    return min(minutes, longest) if own == LONGEST else min(minutes, longest, own)
