"""What was asked of the portal, as the person may read and repeat it: names and figures, never a value."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from arcgis_keywidget.models import Exchange, Transcript

_GLOBS = frozenset("[]{}")  # curl reads these in an address as a list of addresses


def exchanges_of(transcript: Transcript) -> list[dict[str, Any]]:
    """Return the exchanges that are remembered, the oldest first, as protocol.ts has them."""
    return [
        {
            "method": one.method,
            "path": urlsplit(one.url).path,
            "parameters": [*one.query, *one.form],
            "status": one.status,
            "code": one.code,
            "milliseconds": round(one.milliseconds),
            "curl": curl_of(one),
        }
        for one in transcript
    ]


def curl_of(exchange: Exchange) -> str:
    """Return a command line that asks the same, with a placeholder in the place of every value.

    It is quoted for a POSIX shell. ``f=json`` is as it was sent: nobody could mean another.
    """
    words = ["curl"]
    if _GLOBS.intersection(exchange.url):
        words.append("--globoff")
    if exchange.authorized:
        # Tokens may be bound to the Referer of the session, and are refused without it.
        words += ["--header", "X-Esri-Authorization: Bearer <token>", "--header", "Referer: <referrer>"]
    if exchange.method == "POST":
        fields = exchange.form
        words += [] if fields else ["--request", "POST"]
        address = _with_query(exchange.url, exchange.query)
    else:
        fields = exchange.query
        words += ["--get"] if fields else []
        address = exchange.url
    for name in fields:
        words += ["--data-urlencode", f"{name}={_value_of(name)}"]
    return shlex.join([*words, address])


def time_spent(transcript: Transcript, *, since: int) -> float:
    """Return how many milliseconds the exchanges took that came after the first ``since``."""
    kept = list(transcript)
    new = min(max(0, transcript.count - since), len(kept))
    return sum(one.milliseconds for one in kept[len(kept) - new :])


def _with_query(url: str, names: tuple[str, ...]) -> str:
    query = "&".join(f"{name}={_value_of(name)}" for name in names)
    return f"{url}?{query}" if query else url


def _value_of(name: str) -> str:
    return "json" if name == "f" else f"<{name}>"
