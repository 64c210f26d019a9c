"""Make docs/images/form.png, the README's picture: JupyterLab with a key that was just made."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.form import Form  # noqa: E402 (the tests' own hands, from the project's root)
from tests.browser.lab import JupyterServer, launch  # noqa: E402 (same)
from tests.browser.notebook import Notebook, opened  # noqa: E402 (same)

NOTEBOOK = ROOT / "notebooks" / "01_first_key.ipynb"
PICTURE = ROOT / "docs" / "images" / "form.png"
WINDOW = {"width": 1200, "height": 800}
BITS = 7


def picture_form(notebook: Notebook) -> bytes:
    """Run the first notebook as a person would; return the window as a PNG."""
    page = notebook.page
    notebook.run(1)
    form = Form(notebook)
    form.button("Use the practice portal").click()
    form.await_presets()
    form.pick("my layer")
    form.pick_item("World capitals")
    form.create()
    page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
    cell = page.locator(".jp-Notebook-cell").filter(has=form.root)
    cell.evaluate("(cell) => cell.scrollIntoView({block: 'start'})")
    form.await_map()
    return page.screenshot(animations="disabled")


def main() -> None:
    """Serve the notebook, and keep the picture."""
    with (
        tempfile.TemporaryDirectory() as home,
        JupyterServer(Path(home) / "lab") as server,
        sync_playwright() as playwright,
        launch(playwright) as browser,
    ):
        shutil.copy(NOTEBOOK, server.root)
        page = browser.new_page(viewport=WINDOW)
        with opened(page, server, NOTEBOOK.name) as notebook:
            picture = Image.open(io.BytesIO(picture_form(notebook)))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    # Half the shades, which nobody sees, make the file smaller; a palette would lose the dot's violet.
    ImageOps.posterize(picture.convert("RGB"), BITS).save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
