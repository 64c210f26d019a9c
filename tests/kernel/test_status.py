"""What a notebook's page is told of the kernel's key, over a real kernel's wire."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.kernel

TARGET = "arcgis-keywidget.status"
USE = """from datetime import UTC, datetime, timedelta
from arcgis_keywidget import ApiKey, forget, use

key = ApiKey("AAPT" + "x" * 60 + ".AT1_abcdefgh", portal="https://gis.example.com/portal",
             expires=datetime(2027, 1, 31, tzinfo=UTC))
_ = use(key)"""


def comms(kernel, code: str) -> list[tuple[str, dict]]:
    """Run a cell; what it said over our comm: the kind of message and its data."""
    message, heard, ours = kernel.start(code), [], set()
    while True:
        reply = kernel.client.get_iopub_msg(timeout=90)
        if reply["parent_header"].get("msg_id") != message:
            continue
        kind, content = reply["msg_type"], reply["content"]
        if kind == "status" and content["execution_state"] == "idle":
            return heard
        if content.get("target_name") == TARGET:
            ours.add(content["comm_id"])
        if (kind == "comm_open" and content["comm_id"] in ours) or kind == "comm_msg":
            heard.append((kind, content["data"]))


def test_the_first_use_opens_the_line_and_names_the_key(kernel):
    """Masked, with its portal and end; nothing is said before."""
    assert comms(kernel, "import arcgis_keywidget") == []
    ((kind, told),) = comms(kernel, USE)
    assert kind == "comm_open"
    assert told == {
        "title": "",
        "masked": "AAPT••••AT1_••••",
        "portal": "https://gis.example.com/portal",
        "ends_utc": "2027-01-31T00:00:00+00:00",
        "ephemeral": False,
    }


def test_forgetting_is_told(kernel):
    """By an empty word on the same line."""
    comms(kernel, USE)
    assert comms(kernel, "forget()") == [("comm_msg", {})]


def test_the_line_opens_anew_for_a_page_that_knows_it(kernel):
    """A page without the extension closes what it does not know."""
    comms(kernel, USE)
    closed = "from arcgis_keywidget.session.status import status\nstatus._comm.handle_close({})\n_ = use(key)"
    assert [kind for kind, _ in comms(kernel, closed)] == ["comm_open"]


def test_a_page_that_knows_the_line_is_told_though_another_has_closed_it(kernel):
    """Forgetting opens it anew, with nothing to show."""
    comms(kernel, USE)
    closed = "from arcgis_keywidget.session.status import status\nstatus._comm.handle_close({})\nforget()"
    assert comms(kernel, closed) == [("comm_open", {})]


def test_a_key_keeps_the_title_of_its_credential(kernel):
    """Also when it is used again by itself; another key has none of it."""
    made = "from arcgis_keywidget.models import session_keys\nsession_keys.add(key, 'Trees')\n_ = use(key)"
    ((_, first),) = comms(kernel, f"{USE}\n{made}")[1:]
    ((_, again),) = comms(kernel, "_ = use(key)")
    assert first["title"] == again["title"] == "Trees"
    ((_, other),) = comms(kernel, "_ = use(ApiKey('AAPT' + 'y' * 60, portal=key.portal))")
    assert other["title"] == ""
