"""Sign in with the `arcgis` package with something that is no good."""

from __future__ import annotations

from arcgis.gis import GIS
from script import answer, refusal

answer(lambda given: refusal(lambda: GIS(given["url"], **given["options"]).users.me))
