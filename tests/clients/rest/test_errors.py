"""`@esri/arcgis-rest-request`: what its errors say of the portal's refusals."""

from __future__ import annotations

PACKAGE = "@esri/arcgis-rest-request"
REFUSALS = {
    "unknown": ("ArcGISRequestError", "CONT_0001"),
    "hidden": ("ArcGISRequestError", "CONT_0001"),
    "hidden, to remove": ("ArcGISRequestError", "CONT_0001"),
    "hidden, to change": ("ArcGISRequestError", "CONT_0001"),
    "another's content": ("ArcGISRequestError", "GWM_0003"),
    "no token": ("ArcGISAuthError", "GWM_0003"),
    "bad token": ("ArcGISAuthError", 498),
    "no title": ("ArcGISRequestError", 400),
    "long title": ("ArcGISRequestError", 400),
    "no query": ("ArcGISRequestError", 400),
    "no privilege": ("ArcGISRequestError", "GWM_0003"),
    "no such page": ("ArcGISRequestError", "HTTP 404 "),
}


def test_every_refusal_is_understood(open_client):
    """Kind and code of each error are what the package makes of the documented reply."""
    sam = open_client("sam")
    ada = type(sam)(sam.running, "ada")
    theirs = ada.call("content/users/ada/addItem", title="Ada's", type="Application")["id"]
    mine = sam.call("content/users/sam/addItem", title="Sam's", type="Application")["id"]
    found = sam.run("errors.mjs", theirs=theirs, mine=mine)
    assert {name: (one["name"], one["code"]) for name, one in found.items()} == REFUSALS
