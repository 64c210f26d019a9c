"""Where things are served: the paths of the real services, all below the practice portal's one origin."""

from __future__ import annotations

SHARING = "/sharing"
REST = f"{SHARING}/rest"
USER = f"{REST}/content/users/{{username}}"
FOLDER = f"{USER}/{{folder}}"
ITEM = (f"{USER}/items/{{item}}", f"{FOLDER}/items/{{item}}")

SERVICES = "/arcgis/rest/services"
STYLES = f"{SERVICES}/styles/v2"
STATIC_TILES = f"{SERVICES}/static-basemap-tiles-service/v1"
SERVER = "/server/"
HOSTED = f"{SERVER}rest/services/Hosted"

LOCATION_SERVICES = {"basemapStyles": STYLES, "staticBasemapTiles": STATIC_TILES}
"""The services that an account kind may have, by the name that `portals/self` gives them."""
