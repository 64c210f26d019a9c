"""What the portal answers below `/sharing/rest/oauth2`, but for the registration of apps."""

from __future__ import annotations

from arcgis_keywidget.practice.oauth import keys
from arcgis_keywidget.practice.operation import Operation
from arcgis_keywidget.practice.paths import REST

OPERATIONS = (
    Operation("token", keys.make_token, f"{REST}/oauth2/token", form="json"),
    Operation("revokeToken", keys.revoke_token, f"{REST}/oauth2/revokeToken", form="json"),
)
