"""The command line in this process, against a served practice portal; it says neither password nor key."""

from __future__ import annotations

import io
import json
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from arcgis_keywidget import KeyRequest, Portal, cli
from tests.leaks.search import find
from tests.portal.conftest import Site, turned  # noqa: F401 (a fixture)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arcgis_keywidget.models import KeyCredential
    from arcgis_keywidget.portal import BlockingPortal


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command has ended with."""

    status: int
    out: str
    err: str

    @property
    def told(self) -> Any:
        """Its output, read as JSON."""
        return json.loads(self.out)


class Shell:
    """Runs commands as Ada, whose password is piped in."""

    def __init__(self, site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
        self.site = site
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self._secrets = {"password": site.ada.password}

    def __call__(self, name: str, *argv: object) -> Ran:
        """Run a command in a pipe; its output is searched for secrets."""
        self._monkeypatch.setattr(sys, "stdin", io.StringIO(f"{self.site.ada.password}\n"))
        entry = ["--portal", self.site.url, "--user", self.site.ada.username, "--password-stdin"]
        try:
            status = cli.main([name, *entry, *map(str, argv)])
        except SystemExit as ended:
            status = ended.code
        out, err = self._capsys.readouterr()
        assert find(self._secrets, {"err": err.encode(), "out": out.encode()}) == []
        keys = {f"key {place}": key for place, key in enumerate(re.findall(r"AAPTpractice[\w.-]+", out))}
        assert find(keys, {"err": err.encode()}) == []
        assert "AAPTpractice" not in err
        assert "Traceback" not in err
        return Ran(status, out, err)

    def settle(self) -> None:
        """Let the portal's index see what there is."""
        self.site.settle()


@pytest.fixture
def site(turned) -> Site:  # noqa: F811 (the fixture of that name)
    """A portal where Ada has nothing registered yet."""
    running, clock = turned
    running.portal.log.forget()
    return Site(running, clock, "")


@pytest.fixture
def shell(site, monkeypatch, capsys) -> Shell:
    """Runs commands, see `Shell`."""
    return Shell(site, monkeypatch, capsys)


@pytest.fixture
def ada(site) -> Iterator[BlockingPortal]:
    """The client, for looking at what commands did and for what is there before."""
    with Portal.connect(site.url) as portal:
        portal.sign_in(site.ada.username, site.ada.password)
        site.practice.log.forget()
        yield portal


@pytest.fixture
def made(ada, site):
    """Makes a credential that the portal's index knows."""

    def make(title: str = "Trees", **settings: Any) -> KeyCredential:
        credential = ada.create_key(KeyRequest(title, **settings))
        site.settle()
        return credential

    return make
