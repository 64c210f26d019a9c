"""What the map says of itself in the kernel; the page's own words are in js/src/map."""

from __future__ import annotations

NOT_UNDERSTOOD = ("The map asked for something that this version does not know.", "Run the cell again.")
TOO_MANY = ("The map asks for too much at once.", "Wait a moment, then try again.")
STOPPED = ("The map no longer wanted this.", "")
BROKEN = ("The map ran into an error of its own ({error}).", "Try again; please report it if it comes back.")
NO_STYLE = ("The map asked for a part of a style that it has not opened.", "Run the cell again.")
NO_WEBGL = (
    "This browser cannot draw vector maps (no WebGL), and the account of this key has no static tiles.",
    "Switch on hardware acceleration in the browser, or use fetch_tile() with a Location Platform key.",
)
NO_BASEMAPS = (
    "The account of this key has no basemap services.",
    "ArcGIS Online and ArcGIS Location Platform offer them; make a key with such an account.",
)
NO_LAYER = ("This map has no layer.", "")
LAYER_TOO_LARGE = (
    "The layer is too large for a map in the notebook ({size} MB of GeoJSON; {most} MB fit).",
    "Choose fewer rows or simpler shapes first: read_layer(..., where=...).",
)
NO_CODE = (
    "The page of the map ({name}) is not built.",
    "Run make install in the checkout, or install the wheel.",
)
IN_TEXT = "BasemapMap({style!r}): a map that only a notebook with widgets shows; run the cell again."
