"""Reading all settings once, at the top: for a form, for a terminal, for requests of no form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arcgis_keywidget.config.settings import SECTION, FormConfig
from arcgis_keywidget.config.sources import ipython_layers, jupyter_layers, kernel_layer

if TYPE_CHECKING:
    from collections.abc import Callable

    from arcgis_keywidget.models import Network

NETWORK = ("ca_bundle", "proxies", "trusted_hosts")
"""The settings that requests of no form need, too."""


def read_config() -> FormConfig:
    """Return the settings of this kernel; those of files and environment where there is no IPython."""
    kernel = kernel_layer(SECTION)
    return FormConfig(layers=[*jupyter_layers(SECTION), *([kernel] if kernel else [])])


def read_files() -> FormConfig:
    """Return the settings that a kernel would have that is started here, with the profile `default`."""
    return FormConfig(layers=[*jupyter_layers(SECTION), *ipython_layers(SECTION)])


def read_network(read: Callable[[], FormConfig] = read_config) -> tuple[Network, list[str]]:
    """Return how requests leave this kernel, or another place, and what was left out of its settings."""
    config = read()
    told = [text for name, text in config.left_out if name in NETWORK]
    return config.network, told
