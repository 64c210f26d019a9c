"""A person at the portal's sign-in page: reads the form, fills it in, and sees where it leads."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import httpx

if TYPE_CHECKING:
    from arcgis_keywidget.practice.people import User

REDIRECTS = {301, 302, 303, 307, 308}


class _Form(HTMLParser):
    """The page's form: where it goes, the fields that have a value already, and the named buttons."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action, self.fields, self.buttons = "", dict[str, str](), dict[str, str]()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.action = given.get("action", "")
        place = {"input": self.fields, "button": self.buttons}.get(tag)
        if place is not None and "name" in given:
            place[given["name"]] = given.get("value", "")


def sign_in(address: str, user: User) -> str:
    """Sign in on the page at an address; return the address that the portal then sends the browser to."""
    return _answer(address, username=user.username, password=user.password)


def give_up(address: str) -> str:
    """Press the page's other button; return the address that the portal then sends the browser to."""
    return _answer(address, button="cancel")


def _answer(address: str, button: str | None = None, **typed: str) -> str:
    with httpx.Client(verify=False) as browser:  # noqa: S501 (a practice portal's certificate is its own)
        page = browser.get(address)
        form = _Form(page.text)
        assert {"username", "password"} <= form.fields.keys(), page.text
        pressed = {button: form.buttons[button]} if button else {}
        reply = browser.post(urljoin(str(page.url), form.action), data={**form.fields, **typed, **pressed})
    assert reply.status_code in REDIRECTS, reply.text
    return urljoin(str(reply.url), reply.headers["location"])


def read_code(address: str) -> str:
    """The code that the page for programs without an address shows in its title."""
    page = httpx.get(address, verify=False).text  # noqa: S501 (as above)
    found = re.search(r"<title>\s*SUCCESS code=(\S+?)\s*</title>", page)
    assert found, page
    return found[1]
