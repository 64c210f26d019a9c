"""The wizard as a person meets it: its steps by their names, its tree and its items by their roles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.notebook import SECONDS

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.form import Form

STEPS = {
    "Where used": "Where will you use these credentials?",
    "Item access": "Item access",
    "Privileges": "Privileges",
    "Expiry & referrers": "Expiry and referrers",
    "Details": "Details of the item",
    "Review": "Review",
}
"""Each step's name in the list, and its heading."""


def starting(words: str) -> re.Pattern[str]:
    """Names that begin with these words; what stands beside a name often follows it."""
    return re.compile(f"^{re.escape(words)}")


class Wizard:
    """Drives the open wizard of a form."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.root = form.root
        self.tree = self.root.get_by_role("tree", name="Privileges")
        self.search = self.root.get_by_role("combobox", name=re.compile("^Search"))
        self.chips = self.root.get_by_role("list", name="Chosen items")

    def stop(self, step: str) -> Locator:
        """A step in the list of steps; its value stands under its name."""
        return self.root.get_by_role("navigation", name="Steps").get_by_role("button", name=starting(step))

    def open_step(self, step: str) -> None:
        """Open a step from the list."""
        self.stop(step).click()
        self.expect_step(step)

    def expect_step(self, step: str) -> None:
        """Wait until a step is open: its heading, and its mark in the list."""
        expect(self.heading(step)).to_be_visible(timeout=SECONDS)
        expect(self.stop(step)).to_have_attribute("aria-current", "step")

    def heading(self, step: str) -> Locator:
        """The heading of a step; its number is said before it."""
        return self.root.get_by_role("heading", name=re.compile(f"{re.escape(STEPS[step])}$"))

    def expect_value(self, step: str, value: str) -> None:
        """Wait until a step shows its value in the list."""
        expect(self.stop(step)).to_contain_text(value, timeout=SECONDS)

    def next(self) -> None:
        """Go on to the next step."""
        self.form.button("Next").click()

    def back(self) -> None:
        """Go back one step."""
        self.form.button("Back").click()

    def review(self) -> None:
        """Go to the review at once."""
        self.form.button("Review").click()
        self.expect_step("Review")

    def row(self, title: str) -> Locator:
        """A row of the tree by the beginning of its words."""
        return self.tree.get_by_role("treeitem", name=starting(title)).first

    def open_group(self, title: str) -> None:
        """Unfold a group of the tree."""
        row = self.row(title)
        if row.get_attribute("aria-expanded") == "false":
            row.locator(".akw-words").click()
        expect(row).to_have_attribute("aria-expanded", "true")

    def toggle(self, title: str) -> None:
        """Click the box of a row."""
        self.row(title).locator(".akw-check").click()

    def grant_items(self) -> None:
        """Choose that the key shall open items."""
        self.root.get_by_role("radio", name="Grant access to specific items").check()

    def option(self, title: str) -> Locator:
        """A found item by the beginning of its title."""
        return self.root.get_by_role("option", name=starting(title))

    def pick_item(self, title: str) -> None:
        """Search for an item and choose it."""
        self.search.fill(title[:6])
        self.option(title).click()
        expect(self.chip(title)).to_be_visible(timeout=SECONDS)

    def chip(self, title: str) -> Locator:
        """A chosen item."""
        return self.chips.get_by_role("listitem").filter(has_text=title)

    def remove_item(self, title: str) -> None:
        """Take a chosen item away."""
        self.form.button(f"Remove {title}").click()
        expect(self.chip(title)).to_have_count(0)

    def paste_items(self, text: str) -> None:
        """Add items by their ids or addresses."""
        field = self.root.get_by_label("Item ids or addresses")
        if not field.is_visible():
            self.root.get_by_text("Paste ids or addresses").click()
        field.fill(text)
        self.form.button("Add").click()

    def set_referrers(self, *lines: str) -> None:
        """Write the referrers, one a line, and leave the field."""
        field = self.form.field("Referrers")
        field.fill("\n".join(lines))
        field.blur()

    def add_tag(self, tag: str) -> None:
        """Add a tag."""
        field = self.form.field("Tags")
        field.fill(tag)
        field.press("Enter")
        expect(self.form.button(f"Remove tag {tag}")).to_be_visible()
