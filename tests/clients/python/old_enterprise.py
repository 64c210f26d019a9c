"""What the `arcgis` package makes of an Enterprise that it holds to be too old for credentials."""

from __future__ import annotations

import datetime as dt

from arcgis.gis import GIS
from arcgis.gis.admin._stokenmgr import DeveloperCredentialManager
from script import answer, refusal


def try_it(given: dict) -> dict:
    """With `gis.admin`, and with the manager built directly."""
    gis = GIS(given["url"], **given["options"])
    end = dt.datetime.now() + dt.timedelta(days=30)  # noqa: DTZ005 (the package wants no zone)
    folder = gis.content.folders.create("Developer credentials")
    made = DeveloperCredentialManager(gis).create("A key", given["privileges"], [], end, folder=folder)
    return {
        "version": list(gis.version),
        "manager": gis.admin.developer_credentials,
        "refused": refusal(lambda: made.generate_token(1, end)),
    }


answer(try_it)
