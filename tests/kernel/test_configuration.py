"""A kernel that somebody else has configured: Jupyter's and IPython's files, and the environment."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import urlsplit

import pytest

from tests.http.proxy import run_proxy

pytestmark = pytest.mark.kernel

MAKE = """
import os
from arcgis_keywidget import KeyForm, KeyRequest, Portal, basemap, check_key, fetch_tile, read_layer, use
portal = Portal.connect({address!r}{more})
account = portal.sign_in("ada", os.environ["PRACTICE_PASSWORD"])
request = KeyRequest("Configured", privileges=("premium:user:basemaps", "premium:user:staticbasemaptiles"),
                     items=(os.environ["PRACTICE_LAYER"],))
"""
STATE = """
from arcgis_keywidget import KeyForm
from arcgis_keywidget.config import read_config
state = KeyForm()._flow.state()
config = read_config()
"""


@pytest.fixture
def portal(secure):
    """The portal with TLS, in the place of the plain one."""
    return secure


@pytest.fixture
def configure(tmp_path, home):
    """Writes the settings of Jupyter, and of IPython, of the person whose kernel starts next."""

    def write(jupyter, ipython=""):
        folder = tmp_path / ".jupyter"
        folder.mkdir()
        (folder / "jupyter_config.json").write_text(json.dumps({"KeyForm": jupyter}))
        profile = home / "profile_default"
        profile.mkdir(parents=True)
        (profile / "ipython_config.py").write_text(ipython)

    return write


def test_settings_of_files_hold_for_all_that_a_kernel_asks(configure, portal, request):
    """A bundle of certificates in Jupyter's file: signing in, tiles, rows, maps, checks."""
    configure({"ca_bundle": str(portal.certificate)}, "c.KeyForm.max_days = 9")
    kernel = request.getfixturevalue("kernel")
    assert "Traceback" not in kernel.run(MAKE.format(address=portal.https_url, more=""))
    kernel.run("made = use(portal.create_key(request))")
    assert kernel.run("fetch_tile('arcgis/streets', 2, 2, 1).content[:4]") == r"b'\x89PNG'"
    assert int(kernel.run("len(read_layer(os.environ['PRACTICE_LAYER']))")) > 0
    assert kernel.run("check_key().ok") == "True"
    assert "127.0.0.1" in kernel.run("address = basemap('arcgis/streets', to='xyz')['url']; address")
    picture = "address.replace('{z}', '2').replace('{x}', '2').replace('{y}', '1')"
    assert kernel.run(f"from urllib.request import urlopen; urlopen({picture}).read()[:4]") == r"b'\x89PNG'"


def test_each_setting_knows_its_file(configure, home, tmp_path, request):
    """In the running kernel, IPython's file too; both reach the form."""
    configure({"folder": "Class", "max_days": 30}, "c.KeyForm.max_days = 9")
    kernel = request.getfixturevalue("kernel")
    kernel.run(STATE)
    assert kernel.run("state['max_days'], state['draft']['folder'], state['alert']") == "(9, 'Class', None)"
    assert kernel.run("print(config.source('max_days').place)").strip() == str(
        home / "profile_default" / "ipython_config.py"
    )
    assert kernel.run("print(config.source('folder').place)").strip() == str(
        tmp_path / ".jupyter" / "jupyter_config.json"
    )


async def test_a_proxy_of_the_configuration_is_asked(configure, portal, request):
    """For signing in and for the tiles of the key that was made; not for this machine."""
    async with run_proxy(urlsplit(portal.https_url).port) as proxy:
        configure({"proxies": {"https": f"http://{proxy.address}"}})
        kernel = await asyncio.to_thread(request.getfixturevalue, "kernel")
        code = MAKE.format(address="https://gis.example.com", more=", verify=False")
        assert "Traceback" not in await asyncio.to_thread(kernel.run, code)
        asked = len(proxy.asked)
        assert asked
        code = "made = use(portal.create_key(request)); fetch_tile('arcgis/streets', 2, 2, 1).content[:4]"
        assert await asyncio.to_thread(kernel.run, code) == r"b'\x89PNG'"
        assert len(proxy.asked) > asked
        assert set(proxy.asked) == {"gis.example.com:443"}
        here = f"Portal.connect({portal.url!r}).sign_in('ada', os.environ['PRACTICE_PASSWORD']).username"
        assert await asyncio.to_thread(kernel.run, here) == "'ada'"
