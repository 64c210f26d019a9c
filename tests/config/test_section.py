"""What is read from the section `c.KeyForm`, and from the environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from traitlets.config import Config
from traitlets.config.loader import DeferredConfigString

from arcgis_keywidget.config import FormConfig, read_config

PORTALS = [{"title": "Ours", "url": "https://gis.example.com/portal", "client_id": "abc"}]


def configured(environ=None, **section):
    """The settings of a section."""
    return FormConfig(Config({"KeyForm": section}), environ or {})


def test_a_section_is_read() -> None:
    """Every option has its value, and there is nothing to complain of."""
    config = configured(
        portal="gis.example.com", portals=PORTALS, client_id=" abc ", methods=["token", "browser"]
    )
    assert (config.portal, config.portals) == ("gis.example.com", PORTALS)
    assert (config.client_id, config.methods, config.problems) == ("abc", ["token", "browser"], [])


def test_options_of_the_command_line_are_read() -> None:
    """Traitlets gives them as text that waits for its type."""
    config = configured(methods=DeferredConfigString("key"), portal=DeferredConfigString("gis.example.com"))
    assert (config.methods, config.portal) == (["key"], "gis.example.com")


def test_a_list_can_be_added_to() -> None:
    """An ipython_config.py may append to a list that it has not made."""
    config = Config()
    config.KeyForm.portals.append(PORTALS[0])
    assert FormConfig(config, {}).portals == PORTALS


@pytest.mark.parametrize(
    ("environ", "client_id"),
    [
        ({}, ""),
        ({"ARCGIS_CLIENT_ID": "second"}, "second"),
        ({"ARCGIS_CLIENT": "first", "ARCGIS_CLIENT_ID": "second"}, "first"),
        ({"ARCGIS_CLIENT": " ", "ARCGIS_CLIENT_ID": "second"}, "second"),
    ],
)
def test_the_environment_may_name_the_client(environ, client_id) -> None:
    """The first variable before the second; the configuration before both."""
    assert configured(environ).client_id == client_id
    assert configured(environ, client_id="configured").client_id == "configured"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("portal", 7),
        ("portals", "gis.example.com"),
        ("portals", [{"title": 7, "url": "gis.example.com"}]),
        ("portals", [["gis.example.com"]]),
        ("client_id", None),
        ("methods", 7),
        ("methods", ["browser", "magic"]),
        ("methods", DeferredConfigString("[[")),
        ("metods", ["browser"]),
    ],
)
def test_a_bad_setting_is_told_and_the_others_stand(name, value) -> None:
    """It names the option and what it must be; nothing is raised, and the good ones are read."""
    config = configured(**{"portal": "gis.example.com", "client_id": "abc", name: value})
    (problem,) = config.problems
    assert problem.startswith(f"c.KeyForm.{name} is ")
    assert getattr(config, name, None) in ("", [], None)
    assert [config.portal, config.client_id].count("") == (name in {"portal", "client_id"})


def test_the_configuration_of_a_profile_reaches_the_kernel(tmp_path) -> None:
    """IPython reads the profile's file; what stands in it is what a form in that IPython gets."""
    profile = tmp_path / "profile_default"
    profile.mkdir()
    (profile / "ipython_config.py").write_text("c = get_config()\nc.KeyForm.methods = ['key', 'token']\n")
    code = "from arcgis_keywidget.config import read_config; print(read_config().methods)"
    command = [sys.executable, "-m", "IPython", "--no-banner", "-c", code]
    environ = {**os.environ, "IPYTHONDIR": str(tmp_path)}
    done = subprocess.run(
        command,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
        env=environ,
    )
    assert json.loads(done.stdout.strip().splitlines()[-1].replace("'", '"')) == ["key", "token"]


def test_a_setting_of_the_command_line_knows_its_place(tmp_path) -> None:
    """It counts more than the file of the profile."""
    profile = tmp_path / "profile_default"
    profile.mkdir()
    (profile / "ipython_config.py").write_text("c.KeyForm.folder = c.KeyForm.client_id = 'file'\n")
    code = (
        "from arcgis_keywidget.config import read_config; config = read_config(); "
        "print(config.folder, config.source('folder'), config.client_id, config.source('client_id'), sep='|')"
    )
    command = [sys.executable, "-m", "IPython", "--no-banner", "--KeyForm.folder=typed", "-c", code]
    environ = {**os.environ, "IPYTHONDIR": str(tmp_path)}
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60, env=environ)
    assert done.stdout.strip().splitlines()[-1].split("|") == [
        "typed",
        "the command line of the kernel",
        "file",
        str(profile / "ipython_config.py"),
    ]


def test_without_ipython_there_is_the_environment(monkeypatch) -> None:
    """A script has no configuration, and needs none."""
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    monkeypatch.setenv("ARCGIS_CLIENT", "of-the-environment")
    assert read_config().client_id == "of-the-environment"
