"""`arcgis-keywidget config`: what is in force, where from, and no password."""

from __future__ import annotations

import json
import os
import shlex
import subprocess

import pytest

from arcgis_keywidget import KeyRequest, Portal, cli
from arcgis_keywidget.config.values import NEEDS
from arcgis_keywidget.models import default_network
from tests.cli.terminal import COMMAND, Terminal


@pytest.fixture(autouse=True)
def folders(tmp_path, monkeypatch):
    """Configuration of a test's own; returns the file of Jupyter."""
    for name in [*os.environ]:
        if name.startswith("ARCGIS_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    return tmp_path / "jupyter_config.json"


def test_a_line_a_setting_in_a_pipe(folders, monkeypatch, capsys) -> None:
    """Name, value and source, with tabs between; passwords are masked."""
    folders.write_text(json.dumps({"KeyForm": {"max_days": 30, "tags": ["a", "b\x1b[2J"]}}))
    monkeypatch.setenv("ARCGIS_KEYWIDGET_PROXIES", "http://ada:canary@proxy.example.com:8080")
    assert cli.main(["config"]) == 0
    shown, told = capsys.readouterr()
    lines = [line.split("\t") for line in shown.splitlines()]
    assert [name for name, _, _ in lines] == [*NEEDS]
    assert ["max_days", "30", str(folders)] in lines
    assert ["tags", r"a, b\x1b[2J", str(folders)] in lines
    masked = '{"all": "http://••••@proxy.example.com:8080"}'
    assert ["proxies", masked, "ARCGIS_KEYWIDGET_PROXIES"] in lines
    assert ["portal", "", "default"] in lines
    assert told == ""


def test_json_has_all_and_what_was_left_out(folders, monkeypatch, capsys) -> None:
    """Status 1, for who looks after a machine; the words name file and variable."""
    settings = {"portal": "http://gis.example.com", "portals": [{"title": "Ours", "url": "gis.example.com"}]}
    folders.write_text(json.dumps({"KeyForm": {**settings, "ca_bundle": "/nowhere"}}))
    monkeypatch.setenv("ARCGIS_KEYWIDGET_MAX_DAYS", "many")
    assert cli.main(["config", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    portals = next(one for one in told["settings"] if one["name"] == "portals")
    assert portals == {
        "name": "portals",
        "value": settings["portals"],
        "source": "jupyter",
        "place": str(folders),
        "variable": "ARCGIS_KEYWIDGET_PORTALS",
    }
    bundle, days, address = told["left_out"]
    assert bundle.startswith(f"c.KeyForm.ca_bundle is left out ({folders}). /nowhere cannot be read")
    assert days.startswith("ARCGIS_KEYWIDGET_MAX_DAYS is left out.")
    assert address.startswith(f"portal ({folders}): an address is left out. Write https://")


def test_what_was_left_out_is_told_beside_the_table(folders, capsys) -> None:
    """On standard error, so that what reads the table is not disturbed."""
    folders.write_text(json.dumps({"KeyForm": {"maxdays": 30}}))
    assert cli.main(["config"]) == 1
    shown, told = capsys.readouterr()
    assert "maxdays" not in shown
    assert told.startswith(f"c.KeyForm.maxdays is not known ({folders});")


def test_other_commands_honour_what_is_set(folders, secure, monkeypatch, capsys) -> None:
    """A key of a portal with a certificate of its own is checked, by the bundle of the configuration."""
    ada = secure.portal.users[0]
    with Portal.connect(secure.https_url, verify=str(secure.certificate)) as connection:
        connection.sign_in(ada.username, ada.password)
        key = connection.create_key(KeyRequest(privileges=("premium:user:basemaps",))).key
    monkeypatch.setenv("ARCGIS_API_KEY", key)
    argv = ["check", "--portal", secure.https_url]
    assert cli.main(argv) == 2
    folders.write_text(json.dumps({"KeyForm": {"ca_bundle": str(secure.certificate)}}))
    default_network.settle(None)
    assert cli.main(argv) == 0
    assert "not trusted" in capsys.readouterr().out


def test_a_table_at_a_terminal(folders) -> None:
    """With its headings, and every word of a value."""
    folders.write_text(json.dumps({"KeyForm": {"folder": "[bold]Class"}}))
    with Terminal("config", columns=150) as screen:
        assert screen.end() == 0
    assert "Comes from" in screen.seen
    assert "[bold]Class" in screen.seen


def test_what_a_configuration_prints_is_no_part_of_the_output(folders, capsys) -> None:
    """JSON, and keys, stand alone on standard output."""
    folders.with_suffix(".py").write_text("print('canary')\nc.KeyForm.max_days = 30\n")
    assert cli.main(["config", "--json"]) == 0
    shown, told = capsys.readouterr()
    assert json.loads(shown)["left_out"] == []
    assert told == "canary\n"


@pytest.mark.parametrize(("output", "status", "told"), [(">&-", 0, ""), (">/dev/full", 2, "Stopped: ")])
def test_output_that_cannot_be_written_is_no_traceback(output, status, told) -> None:
    """Closed, or on a full disk."""
    line = " ".join([shlex.join([*COMMAND, "config"]), output])
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert done.stderr.startswith(told)
    assert len(done.stderr.splitlines()) == bool(told)
