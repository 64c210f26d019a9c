"""The form as a person meets it: fields by their labels, buttons by their words."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import expect

from tests.browser.notebook import SECONDS
from tests.browser.portal_page import PortalPage
from tests.browser.wizard import Wizard

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from arcgis_keywidget.practice import Running
    from arcgis_keywidget.practice.people import User
    from tests.browser.notebook import Notebook

MOST_TABS = 60
BROWSER, PASSWORD, TOKEN, KEY = (
    *("In the browser", "User name and password"),
    *("Token", "I already have a key"),
)
"""The ways to sign in, by their words."""
WAYS = "Sign in with"
"""What stands over them."""
FEW_COLOURS = 30
DRAWN = """(form) => {
    const tiles = [...form.querySelectorAll('.akw-tile')];
    return tiles.length > 0 && tiles.every((tile) => tile.style.backgroundImage);
}"""
WIDTHS = """async (map) => Promise.all([...map.querySelectorAll('.akw-tile')].map(async ({ style }) => {
    const image = new Image();
    image.src = style.backgroundImage.slice(5, -2);
    await image.decode();
    return image.naturalWidth;
}))"""


class Form:
    """Drives the one form of a notebook."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.page = notebook.page
        self.root = notebook.form
        self.found = self.root.get_by_role("listbox").get_by_role("option")
        self.alert = self.root.get_by_role("alert").filter(visible=True)

    def button(self, name: str) -> Locator:
        """A button by its words."""
        return self.root.get_by_role("button", name=name, exact=True)

    def field(self, label: str) -> Locator:
        """A field by its label."""
        return self.root.get_by_role("textbox", name=re.compile(f"^{label}"))

    def secret(self, label: str) -> Locator:
        """The field of a secret; a way to sign in may be called the same."""
        return self.root.get_by_label(label, exact=True).and_(self.root.locator("[type=password]"))

    def choose_portal(self, address: str) -> None:
        """Write the portal's address, which another entry of the list asks for."""
        field = self.field("Portal address")
        if not field.is_visible():
            self.root.get_by_role("combobox", name="Portal").select_option("Another portal (address)")
        field.fill(address)

    def choose_way(self, name: str) -> None:
        """Choose how to sign in."""
        self.root.get_by_role("radio", name=name, exact=True).check()

    def fill(self, portal: str, username: str, password: str) -> None:
        """Write into the fields of the way with a password."""
        self.choose_portal(portal)
        self.choose_way(PASSWORD)
        self.field("User name").fill(username)
        self.root.get_by_label("Password", exact=True).fill(password)

    def sign_in(self, running: Running, user: int = 0) -> None:
        """Sign in as one of the portal's users, and wait for the presets."""
        person = running.portal.users[user]
        self.fill(running.url, person.username, person.password)
        self.button("Sign in").click()
        self.await_presets()

    def open_page(self, client_id: str = "") -> PortalPage:
        """Follow the link to the portal's sign-in page, with this client id where none is configured."""
        if client_id:
            self.fill_client_id(client_id)
        link = self.root.get_by_role("link", name=re.compile("^Open the sign-in page"))
        expect(link).to_be_visible(timeout=SECONDS)
        with self.page.context.expect_page() as opened:
            link.click()
        return PortalPage(opened.value)

    def sign_in_by_page(self, person: User, client_id: str = "") -> str:
        """Sign in on the portal's page and bring its code; wait for the presets, and return the code."""
        self.choose_way(BROWSER)
        page = self.open_page(client_id)
        page.sign_in(person)
        code = page.read_code()
        page.close()
        self.field("Code").fill(code)
        self.button("Sign in").click()
        self.await_presets()
        return code

    def fill_client_id(self, client_id: str) -> None:
        """Write the client id where the steps to register one are shown, or unfold its field."""
        field = self.field("Client ID")
        fold = self.root.locator("summary").filter(has_text="Client ID", visible=True)
        expect(fold).to_be_visible(timeout=SECONDS)
        # The answer may move the field to its other place, and with that out of the focus.
        expect(self.root.get_by_text("is being prepared…")).to_have_count(0, timeout=SECONDS)
        if not field.is_visible():
            fold.click()
        field.fill(client_id)

    def open_settings(self) -> Wizard:
        """Open the wizard from the quick key."""
        self.button("All settings").click()
        wizard = Wizard(self)
        wizard.expect_step("Where used")
        return wizard

    def await_presets(self) -> None:
        """Wait until the form asks what the key is for."""
        expect(self.heading("What will this notebook do?")).to_be_visible(timeout=SECONDS)

    def heading(self, text: str) -> Locator:
        """A heading by its words."""
        return self.root.get_by_role("heading", name=text)

    def pick(self, preset: str) -> None:
        """Choose what the key opens."""
        self.root.get_by_role("radio", name=re.compile(preset)).check()

    def pick_item(self, title: str) -> None:
        """Search for an item and choose it."""
        self.root.get_by_role("combobox", name=re.compile("^Layer")).fill(title[:6])
        self.root.get_by_role("option", name=re.compile(re.escape(title))).click()

    def tab_to(self, control: Locator) -> None:
        """Press Tab until a control has the focus."""
        expect(control).to_be_visible(timeout=SECONDS)
        for _ in range(MOST_TABS):
            if control.evaluate("(element) => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {control}")

    def create(self) -> None:
        """Create the key, and wait for it."""
        self.button("Create key").click()
        self.await_key()

    def await_key(self) -> None:
        """Wait until the key is in the kernel."""
        expect(self.heading("Your key is ready")).to_be_visible(timeout=SECONDS)

    def await_map(self) -> None:
        """Wait until every tile of the preview is painted."""
        self.page.wait_for_function(DRAWN, arg=self.root.element_handle(), timeout=SECONDS)
        still = self.root.get_by_role("img", name="Basemap drawn with your key")
        assert set(still.evaluate(WIDTHS)) == {512}
        picture = Image.open(io.BytesIO(still.locator("..").screenshot())).convert("RGB")
        assert len(picture.getcolors(picture.width * picture.height)) > FEW_COLOURS

    def copy(self) -> str:
        """Copy the key; return what the clipboard holds then."""
        self.button("Copy key").click()
        expect(self.button("Copy key")).to_have_text("Copied", timeout=SECONDS)
        return str(self.page.evaluate("navigator.clipboard.readText()"))

    def reveal(self) -> str:
        """Reveal the key; return what is shown then."""
        self.button("Reveal key").click()
        key = self.root.get_by_text(re.compile("^AAPTpractice"))
        expect(key).to_be_visible(timeout=SECONDS)
        return key.inner_text()
