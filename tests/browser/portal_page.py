"""The portal's own sign-in page in a tab of its own, as a person meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.notebook import SECONDS

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from arcgis_keywidget.practice.people import User


class PortalPage:
    """Drives the pages of a sign-in with OAuth 2.0, until a code is shown."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def type_in(self, user: User) -> None:
        """Sign in by keyboard alone: the page opens with the user name focused."""
        self.page.bring_to_front()
        expect(self.page.get_by_label("Username")).to_be_focused(timeout=SECONDS)
        self.page.keyboard.type(user.username)
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(user.password)
        self.page.keyboard.press("Enter")

    def sign_in(self, user: User) -> None:
        """Sign in by mouse."""
        self.page.get_by_label("Username").fill(user.username)
        self.page.get_by_label("Password").fill(user.password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()

    def deny(self) -> str:
        """Give the sign-in up; return the address of the page that comes then."""
        self.page.get_by_role("button", name="Cancel").click()
        expect(self.page.get_by_role("heading", name="Not signed in")).to_be_visible(timeout=SECONDS)
        return self.page.url

    def read_code(self) -> str:
        """Return the code that the page shows."""
        expect(self.page.get_by_role("heading", name="You are signed in")).to_be_visible(timeout=SECONDS)
        return self.page.locator("code").inner_text()

    def close(self) -> None:
        """Close the tab."""
        self.page.close()
