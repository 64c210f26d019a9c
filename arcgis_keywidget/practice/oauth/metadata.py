"""What the portal says of its OAuth 2.0 to programs that look (RFC 8414)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice.paths import REST
from arcgis_keywidget.practice.replies import Refusal

if TYPE_CHECKING:
    from arcgis_keywidget.practice.call import Call


def describe_server(call: Call) -> dict[str, Any]:
    """`oauth-authorization-server`: the real one names an issuer, the code and implicit grants and S256.

    The values for Esri's hosts were reported in public; the endpoints follow from the portal's own address.
    """
    if call.path.get("context") not in {None, call.portal.account.context.lstrip("/")}:
        raise Refusal(404, "Page not found.", status=404)
    oauth = f"{call.base}{REST}/oauth2"
    return {
        "issuer": call.base,
        "authorization_endpoint": f"{oauth}/authorize",
        "token_endpoint": f"{oauth}/token",
        "revocation_endpoint": f"{oauth}/revokeToken",
        "response_types_supported": ["code", "token"],
        "response_modes_supported": ["query", "fragment"],
        "grant_types_supported": ["authorization_code", "implicit"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["none", "client_secret_post"],
        "revocation_endpoint_auth_methods_supported": ["none"],
    }
