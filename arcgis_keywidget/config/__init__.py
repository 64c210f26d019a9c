"""What an administrator, or a person, sets for every form: the section `c.KeyForm`, and the environment.

In `jupyter_config.py` (such as `/etc/jupyter/jupyter_config.py`, for everybody on a machine), or in
`ipython_config.py`::

    c.KeyForm.portal = "https://gis.example.com/portal"
    c.KeyForm.portals = [
        {"title": "Our portal", "url": "https://gis.example.com/portal", "client_id": "abcdef0123456789"},
    ]
    c.KeyForm.max_days = 30

What counts is the first that has a setting: arguments of `KeyForm`, the environment
(`ARCGIS_KEYWIDGET_PORTAL`), IPython's configuration, Jupyter's, the default. All are in
docs/configuration.md.
"""

from __future__ import annotations

from arcgis_keywidget.config.reading import read_config, read_files, read_network
from arcgis_keywidget.config.settings import SECTION, FormConfig, Settings, variable_of, veil
from arcgis_keywidget.config.sources import Layer, Source
from arcgis_keywidget.config.telling import tell_settings

__all__ = [
    "SECTION",
    "FormConfig",
    "Layer",
    "Settings",
    "Source",
    "read_config",
    "read_files",
    "read_network",
    "tell_settings",
    "variable_of",
    "veil",
]
