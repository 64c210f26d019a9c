"""Pictures of the form for people, in out/screenshots, and what was measured in each for the test."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.look import flaws

if TYPE_CHECKING:
    from tests.browser.form import Form

HEIGHT = 1300
NARROW = 320
PICTURES = Path(__file__).resolve().parents[2] / "out" / "screenshots"


class Album:
    """Takes a picture of each state in turn and notes what is wrong with it."""

    def __init__(self, form: Form, name: str) -> None:
        self.form = form
        self.name = name
        self.flaws: list[str] = []
        PICTURES.mkdir(parents=True, exist_ok=True)

    def take(self, state: str) -> None:
        """Picture the form and measure it."""
        self.form.root.screenshot(path=PICTURES / f"{state}-{self.name}.png", animations="disabled")
        self.flaws += [f"{state}: {flaw}" for flaw in flaws(self.form.root)]


def narrow(form: Form) -> None:
    """Make the window so small that the form is 320 px wide; JupyterLab gives way in steps."""
    form.page.evaluate(
        "(name) => window.jupyterapp.commands.hasCommand(name) && window.jupyterapp.commands.execute(name)",
        "application:toggle-left-area",  # Notebook 7 has none
    )
    while (beyond := form.root.bounding_box()["width"] - NARROW) > 0:
        width = form.page.viewport_size["width"] - math.ceil(beyond)
        form.page.set_viewport_size({"width": width, "height": HEIGHT})
        form.page.wait_for_timeout(100)
