"""The form's forty fields built from core ipywidgets: run as a cell, to compare with."""

from __future__ import annotations

import ipywidgets as widgets

WAYS = ["In the browser", "User name and password", "Token", "I already have a key"]
KINDS = ["ArcGIS Online", "ArcGIS Location Platform", "ArcGIS Enterprise"]
PRIVILEGES = [
    *("Basemaps", "Static basemap tiles", "Static maps", "Geocoding", "Geocoding, stored"),
    *("Places", "Elevation", "Data enrichment", "Routing", "Closest facility", "Service areas"),
    *("Fleet routing", "Cost matrix", "Spatial analysis"),
]
FIELDS = [
    widgets.Dropdown(description="Portal", options=KINDS),
    widgets.Text(description="Address"),
    widgets.Dropdown(description="Way to sign in", options=WAYS),
    widgets.Text(description="User name"),
    widgets.Password(description="Password"),
    widgets.Text(description="Client id"),
    widgets.Password(description="Code"),
    widgets.Password(description="Token"),
    widgets.Password(description="Key"),
    widgets.Text(description="Certificates"),
    widgets.Dropdown(description="Account", options=KINDS),
    widgets.Checkbox(description="Private application"),
    *(widgets.Checkbox(description=name) for name in PRIVILEGES),
    widgets.Text(description="Search items"),
    widgets.Dropdown(description="Type", options=["Layers", "Maps", "Files", "All"]),
    widgets.Dropdown(description="Owner", options=["Mine", "Everybody's"]),
    widgets.Textarea(description="Item ids"),
    widgets.Dropdown(description="Expires in", options=["1", "7", "30", "90", "365"]),
    widgets.DatePicker(description="Expires on"),
    widgets.Textarea(description="Referrers"),
    widgets.Text(description="Title"),
    widgets.Text(description="Tags"),
    widgets.Dropdown(description="Folder", options=["Root"]),
    widgets.Text(description="New folder"),
    widgets.Checkbox(description="Generate now"),
    widgets.Checkbox(description="Transcript"),
    widgets.Textarea(description="Summary"),
]
widgets.VBox(FIELDS)
