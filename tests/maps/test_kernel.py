"""The proxy through the life of a real kernel that a real Jupyter server started."""

from __future__ import annotations

import json
import os
import signal
import time

import pytest

from tests.maps.jupyter import SECONDS, Kernel

DELIVER = """
import json, os
from arcgis_keywidget import ApiKey
from arcgis_keywidget.models import LocationServices
from arcgis_keywidget.maps.delivery import deliver
key = ApiKey({key!r}, portal={portal!r}, services=LocationServices(styles={styles!r}, static_tiles={tiles!r}))
delivered = deliver("arcgis/streets", key=key)
print(json.dumps([os.getpid(), delivered.way, delivered.raster_url]))
"""
FORKED = """
reading, writing = os.pipe()
if os.fork() == 0:
    import urllib.request
    delivered = deliver("arcgis/streets", key=key, delivery="loopback")
    status = urllib.request.urlopen(delivered.raster_url.format(z=0, x=0, y=0)).status
    os.write(writing, json.dumps([status, delivered.raster_url]).encode())
    os._exit(0)
os.wait()
print(os.read(reading, 10000).decode())
"""


@pytest.fixture
def kernel(servers):
    """A kernel below the path of a hub."""
    kernel = Kernel(servers("/user/ann/"))
    yield kernel
    kernel.end()


@pytest.fixture
def code(hostile) -> str:
    """A cell that delivers a basemap."""
    services = hostile.key.services
    return DELIVER.format(
        key=str.__str__(hostile.key),
        portal=hostile.url,
        styles=services.styles,
        tiles=services.static_tiles,
    )


def files(jupyter) -> set[str]:
    """Names of the kernels' files that are there."""
    return {path.name for path in jupyter.runtime.glob("akw-*.json") if "server" not in path.name}


def name_in(address: str) -> str:
    """The file that an address of the route is found by."""
    return f"akw-{address.split('/')[-7]}.json"


@pytest.mark.kernel
def test_a_kernel_finds_its_server_and_its_server_the_kernel(kernel, code) -> None:
    """Without being told anything; a child that it forks has a proxy of its own."""
    _, way, address = json.loads(kernel.run(code))
    assert way == "route"
    jupyter = kernel.jupyter
    assert jupyter.ask(address.format(z=0, x=0, y=0)).status == 200
    status, other = json.loads(kernel.run(FORKED))
    assert status == 200
    assert other.split("/")[3] != address.split("/")[-6]
    assert jupyter.ask(address.format(z=1, x=0, y=0)).status == 200
    assert name_in(address) in files(jupyter)


@pytest.mark.kernel
def test_a_kernel_that_ends_leaves_nothing(servers, code) -> None:
    """Its file goes with it."""
    kernel = Kernel(servers("/user/ann/"))
    _, _, address = json.loads(kernel.run(code))
    assert name_in(address) in files(kernel.jupyter)
    kernel.end()
    deadline = time.monotonic() + SECONDS
    while name_in(address) in files(kernel.jupyter) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert name_in(address) not in files(kernel.jupyter)
    assert kernel.jupyter.ask(address.format(z=0, x=0, y=0)).status == 404


@pytest.mark.kernel
def test_what_a_killed_kernel_leaves_is_cleaned_up(kernel, code) -> None:
    """By a request that finds nobody there."""
    process, _, address = json.loads(kernel.run(code))
    assert kernel.jupyter.ask(address.format(z=0, x=0, y=0)).status == 200
    os.kill(process, signal.SIGKILL)
    deadline = time.monotonic() + SECONDS
    while name_in(address) in files(kernel.jupyter) and time.monotonic() < deadline:
        assert kernel.jupyter.ask(address.format(z=1, x=0, y=0)).status == 404
    assert name_in(address) not in files(kernel.jupyter)
