"""What the portal answers to people at its own door; other services' pages cannot read it."""

from __future__ import annotations

from arcgis_keywidget.practice.front import home, reset
from arcgis_keywidget.practice.operation import Operation

OPERATIONS = (
    Operation("home", home.show, "/", "/home", "/home/index.html", shared=False),
    Operation("reset", reset.reset, "/practice/reset", form="json", shared=False),
)
