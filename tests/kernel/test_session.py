from __future__ import annotations

import re
import time

import pytest

from tests.leaks.search import find, read_folder

pytestmark = pytest.mark.kernel

FORKED = """
import multiprocessing
context = multiprocessing.get_context("fork")
found = context.Queue()
child = context.Process(target=lambda: found.put(len(fetch_tile("arcgis/streets", 2, 2, 1).content)))
child.start()
print("bytes in the child:", found.get(timeout=60))
child.join()
"""
HELD = """
held = str.__str__(current_key())
print("Out:", any(held == value or held in repr(value) for value in Out.values()))
print("In:", any(held in source for source in In))
"""


def test_key_is_used_in_the_next_cell(signed_in):
    """use() puts the key into the kernel; tile, rows and a plain variable follow; forget() takes it out."""
    signed_in.run("credential = portal.create_key(request)\nuse(credential)")
    assert "Traceback" not in signed_in.run("tile = fetch_tile('arcgis/streets', 2, 2, 1)")
    assert signed_in.run("tile.content[:4]") == r"b'\x89PNG'"
    assert int(signed_in.run("len(read_layer(os.environ['PRACTICE_LAYER']))")) > 0
    assert signed_in.run("arcgis_api_key == current_key() == credential.key") == "True"
    signed_in.run("forget()")
    assert "NameError" in signed_in.run("arcgis_api_key")
    assert "hint" in signed_in.run("try: current_key()\nexcept KeyWidgetError as error: print('hint', error)")


def test_key_shows_itself_nowhere(signed_in, home):
    """Shown, listed by %whos, in Out, In and in the history file: everywhere the key is masked or absent."""
    shown = [signed_in.run("credential = portal.create_key(request)\nuse(credential)")]
    assert signed_in.run(HELD) == "Out: False\nIn: False\n"
    shown += [
        signed_in.run("arcgis_api_key"),
        signed_in.run("credential"),
        signed_in.run("[arcgis_api_key], {'key': arcgis_api_key}"),
        signed_in.run("portal.account, portal"),
    ]
    assert "AAPT" in shown[1]
    names = signed_in.run("%whos")
    assert "credential" in names
    assert "arcgis_api_key" not in names
    key = signed_in.run("print(str.__str__(current_key()))").strip()
    assert key.startswith("AAPTpractice")
    places = {"outputs": "\n".join([*shown, names]).encode(), **read_folder(home)}
    assert find({"key": key}, places) == []


def test_fork_of_the_kernel_starts_afresh(signed_in):
    """A forked child, as multiprocessing makes it, fetches with the same key; so does the parent after it."""
    signed_in.run("use(portal.create_key(request))")
    signed_in.run("fetch_tile('arcgis/streets', 2, 1, 1)")
    assert re.search(r"bytes in the child: \d{3,}", signed_in.run(FORKED))
    assert "Traceback" not in signed_in.run("fetch_tile('arcgis/streets', 2, 3, 1)")


def test_interrupt_undoes(signed_in, portal):
    """Ctrl-C while the key is being made removes what was made; the same cell works afterwards."""
    portal.portal.fail("registerApp:slow=60")
    cell = signed_in.start("portal.create_key(request)")
    while portal.portal.faults.armed:  # an item alone is too early: the slow request has not come yet
        time.sleep(0.05)
    signed_in.interrupt()
    assert "KeyboardInterrupt" in signed_in.finish(cell)
    assert tuple(item["id"] for item in portal.portal.items_of("ada")) == portal.portal.layers
    assert "Traceback" not in signed_in.run("credential = portal.create_key(request)")
    assert len(portal.portal.items_of("ada")) == 1 + len(portal.portal.layers)


def test_running_loop_of_the_kernel_is_no_hindrance(signed_in):
    """The async face works with the notebook's own await, next to the blocking one."""
    code = "async with Portal(os.environ['PRACTICE_PORTAL']) as mine:\n"
    code += "    await mine.sign_in('ada', os.environ['PRACTICE_PASSWORD'])\n    print(mine.account.username)"
    assert signed_in.run(code) == "ada\n"


def test_a_check_shows_no_key(signed_in, home):
    """As text, in containers and as a table; neither the output nor the history file holds it."""
    signed_in.run("from arcgis_keywidget import check_key\ncredential = portal.create_key(request)")
    signed_in.run("found = check_key(credential.key)")
    shown = [signed_in.run(code) for code in ("found", "[found]", "print(found._repr_html_())")]
    assert "4 work." in shown[0]
    assert "4 work" in shown[1]
    assert "<table>" in shown[2]
    key = signed_in.run("print(str.__str__(credential.key))").strip()
    assert key.startswith("AAPTpractice")
    assert find({"key": key}, {"outputs": "\n".join(shown).encode(), **read_folder(home)}) == []
