from __future__ import annotations

import pytest

pytestmark = pytest.mark.kernel

MAKE = """
from arcgis_keywidget import BasemapMap
_ = use(portal.create_key(request))
shown = BasemapMap(layer=os.environ["PRACTICE_LAYER"])
shown
"""
# What the front end would send, sent by the kernel to itself; answers are noted as they leave.
ASK = """
import threading, time
answers = {}
shown.send = lambda content, buffers=None: answers.update({content["re"]: (content, buffers)})
def ask(kind, **fields):
    shown._handle_custom_msg({"kind": kind, "id": kind, **fields}, [])
    ends = time.monotonic() + 60
    while kind not in answers and time.monotonic() < ends:
        time.sleep(0.01)
    return answers[kind][0]["ok"], sum(map(len, answers[kind][1]))
"""


def test_map_in_a_kernel_without_a_page(signed_in):
    """It is shown as a widget with a sentence beside, and answers while the cell that asks is running."""
    shown = signed_in.run(MAKE)
    assert "a map that only a notebook with widgets shows" in shown
    assert "AAPT" not in shown
    assert "Traceback" not in signed_in.run(ASK)
    assert signed_in.run("ask('open')") == "(True, 0)"
    assert signed_in.run("ask('style', style='arcgis/streets', webgl=True)[0]") == "True"
    assert signed_in.run("ask('layer')[0]") == "True"


def test_map_without_a_key(kernel):
    """One error, with the way to a key."""
    shown = kernel.run("import arcgis_keywidget\narcgis_keywidget.BasemapMap()")
    assert "no API key in this session" in shown
    assert "KeyForm()" in shown
