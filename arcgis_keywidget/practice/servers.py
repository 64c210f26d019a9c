"""What the servers of the services say of themselves: the portal that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice.paths import REST

if TYPE_CHECKING:
    from arcgis_keywidget.practice.call import Call


def describe_server(call: Call) -> dict[str, Any]:
    """`rest/info`: the server's version and the portal that its tokens come from; needs none.

    Esri's packages for Node ask this before they get a token for a server at another path than the portal's.
    """
    service = f"{call.base}{REST}/generateToken"
    return {
        "currentVersion": 11.4,
        "fullVersion": "11.4.0",
        "owningSystemUrl": call.base,
        "authInfo": {"isTokenBasedSecurity": True, "tokenServicesUrl": service},
    }
