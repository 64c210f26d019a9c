"""A map in the notebook, driven as a person drives it, and what its picture shows."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import expect

from tests.browser.lab import FLAGS
from tests.browser.notebook import SECONDS

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.notebook import Notebook

WEBGL = [
    *(flag for flag in FLAGS if flag != "--disable-gpu"),
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]
"""A browser that draws with WebGL by the processor alone."""
NO_WEBGL = [*FLAGS, "--disable-3d-apis"]
KEY = """import arcgis_keywidget as akw
portal = akw.Portal.connect({url!r})
_ = portal.sign_in({username!r}, {password!r})
made = portal.create_key(akw.KeyRequest(
    "A map", privileges=("premium:user:basemaps", "premium:user:staticbasemaptiles"), items=({layer!r},)
))
_ = akw.use(made)"""
"""A cell that puts a key for basemaps and the layer in the kernel."""


class Map:
    """Drives one map of a notebook."""

    def __init__(self, notebook: Notebook, root: Locator) -> None:
        self.notebook = notebook
        self.page = notebook.page
        self.root = root

    @property
    def surface(self) -> Locator:
        """What has the focus when keys move the map."""
        return self.root.get_by_role("region", name=re.compile("^Map"))

    def button(self, name: str) -> Locator:
        """A button by its words."""
        return self.root.get_by_role("button", name=name, exact=True)

    def await_drawn(self, style: str = "arcgis/streets") -> None:
        """Wait until all of a style that is seen is drawn."""
        expect(self.root.locator(f'[data-drawn="{style}"]:not([aria-busy])')).to_be_visible(timeout=SECONDS)

    def choose(self, style: str) -> None:
        """Choose another basemap, and wait for it."""
        self.root.get_by_role("combobox", name="Basemap").select_option(style)
        self.await_drawn(style)

    def picture(self) -> Image.Image:
        """What is seen of the map now."""
        return Image.open(io.BytesIO(self.root.locator(".akwm-stage").screenshot())).convert("RGB")

    def share(self, *colour: int) -> float:
        """How much of the picture has a colour, or one close to it."""
        picture = self.picture()
        counts = picture.getcolors(picture.width * picture.height) or []
        near = sum(n for n, one in counts if max(abs(a - b) for a, b in zip(one, colour, strict=True)) <= 6)
        return near / (picture.width * picture.height)
