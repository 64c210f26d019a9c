"""What the portal answers below `/sharing/rest/oauth2`, but for the registration of apps."""

from __future__ import annotations

from arcgis_keywidget.practice.oauth import authorize, generate_token, grant_types, metadata
from arcgis_keywidget.practice.operation import Operation
from arcgis_keywidget.practice.paths import REST, SHARING

WELL_KNOWN = "/.well-known/oauth-authorization-server"


def _both(path: str) -> tuple[str, str]:
    """Esri's Python package leaves `/rest` out here and there."""
    return f"{REST}/{path}", f"{SHARING}/{path}"


OPERATIONS = (
    Operation("generateToken", generate_token.generate_token, *_both("generateToken")),
    Operation("authorize", authorize.authorize, *_both("oauth2/authorize")),
    Operation("signin", authorize.sign_in, *_both("oauth2/signin")),
    Operation("approval", authorize.show_approval, *_both("oauth2/approval")),
    Operation("token", grant_types.make_token, *_both("oauth2/token"), form="json"),
    Operation("revokeToken", grant_types.revoke_token, *_both("oauth2/revokeToken"), form="json"),
    # The second place is where RFC 8414 puts it for an issuer with a path, such as Enterprise's.
    Operation("wellKnown", metadata.describe_server, WELL_KNOWN, f"{WELL_KNOWN}/{{context}}", form="json"),
)
