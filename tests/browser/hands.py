"""What hands do beside single clicks: keys alone, texts copied and pasted, a double click at its pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.form import WAYS
from tests.browser.notebook import SECONDS
from tests.browser.portal_page import PortalPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from arcgis_keywidget.practice.people import User
    from tests.browser.form import Form

CHOSEN = "(select) => select.selectedOptions[0].textContent"
PACE = 150  # milliseconds between the two presses of a double click


def press(form: Form, control: Locator, key: str = "Enter") -> None:
    """Reach a control with the Tab key, and press it."""
    form.tab_to(control)
    form.page.keyboard.press(key)


def write(form: Form, field: Locator, text: str) -> None:
    """Reach a field with the Tab key, and put a text in the place of what it holds."""
    form.tab_to(field)
    form.page.keyboard.press("Control+a")
    form.page.keyboard.type(text)


def paste(form: Form, field: Locator, text: str) -> None:
    """Reach a field with the Tab key, and paste a text into it."""
    form.page.bring_to_front()
    form.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    form.tab_to(field)
    form.page.keyboard.press("Control+v")


def sign_in_on_page(form: Form, user: User) -> None:
    """By keys alone: open the portal's page, sign in there, and bring its code back."""
    form.tab_to(form.root.get_by_role("link", name="Open the sign-in page"))
    with form.page.context.expect_page() as opened:
        form.page.keyboard.press("Enter")
    page = PortalPage(opened.value)
    page.type_in(user)
    code = page.read_code()
    page.close()
    paste(form, form.field("Code"), code)
    form.page.keyboard.press("Enter")


def copied(form: Form, act: Callable[[], object]) -> str:
    """Empty the clipboard, and press something that copies; return what is in it then."""
    form.page.evaluate("navigator.clipboard.writeText('')")
    act()
    for _ in range(SECONDS // 100):
        if text := form.page.evaluate("navigator.clipboard.readText()"):
            return str(text)
        form.page.wait_for_timeout(100)
    raise AssertionError("nothing was copied")


def choose(form: Form, radio: Locator, group: str) -> None:
    """Reach a group of radio buttons by its name, and choose one of them with the arrows."""
    radios = form.root.get_by_role("group", name=group).get_by_role("radio")
    form.tab_to(radios.and_(form.root.locator(":checked")))
    for _ in range(radios.count()):
        if radio.is_checked():
            return
        form.page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows do not reach {radio}")


def choose_way(form: Form, way: str) -> None:
    """Reach the ways to sign in, and choose one of them with the arrows."""
    choose(form, form.root.get_by_role("radio", name=way, exact=True), WAYS)


def select(form: Form, label: str, option: str) -> None:
    """Reach a list by its label, and choose an option by the arrows."""
    control = form.root.get_by_role("combobox", name=label, exact=True)
    form.tab_to(control)
    form.page.keyboard.press("Home")
    for _ in range(control.locator("option").count()):
        if control.evaluate(CHOSEN).startswith(option):
            return
        form.page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows do not reach {option}")


def double_click(control: Locator) -> None:
    """Press a control twice at one place, as fast as people do; what stands there by then gets the second."""
    expect(control).to_be_enabled(timeout=SECONDS)
    control.scroll_into_view_if_needed()
    box, mouse = control.bounding_box(), control.page.mouse
    assert box is not None
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for count in (1, 2):
        mouse.down(click_count=count)
        mouse.up(click_count=count)
        control.page.wait_for_timeout(PACE if count == 1 else 0)
