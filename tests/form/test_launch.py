from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from arcgis_keywidget.errors import KeyWidgetError, MissingExtraError
from arcgis_keywidget.form import launch

PARENT = """
import sys, time
from arcgis_keywidget.form import launch
launch.practice_site()
print(launch._running[0][0].pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def practice():
    """The practice portal of this process, ended after the test."""
    yield launch.practice_site
    launch.stop_practice()


def runs(pid):
    """Whether a process still does anything; one that only waits to be reaped does not."""
    with suppress(OSError), Path(f"/proc/{pid}/stat").open() as stat:
        return stat.read().rpartition(")")[2].split()[0] != "Z"
    return False


def test_practice_button_signs_in_as_the_first_user(page, practice):
    """One press: the portal starts, the form is signed in, and the page never sees a password."""
    assert page.ask("practice")["ok"]
    assert [state["phase"] for state in page.states()] == ["starting", "signing-in", "signed-in"]
    state = page.state
    assert state["portal"] == {"url": "", "practice": True, "name": "Practice portal"}
    assert state["account"]["can_create"] is True
    assert practice().password.reveal() not in str(page.wire.messages)


def test_form_for_practice_starts_nothing_by_itself(open_form, practice):
    """KeyForm("practice") waits to be asked; then all forms share the one portal."""
    first = open_form("practice")
    assert first.state["phase"] == "signed-out"
    assert first.state["portal"]["practice"] is True
    assert launch._running == []
    assert first.ask("sign-in", portal="practice")["ok"]
    site = practice()
    assert open_form("practice").form.portal.url == first.form.portal.url == site.url


def test_one_portal_for_the_kernel_until_it_ends(practice):
    """The same portal is given again, and a new one when it has died."""
    first = practice()
    assert practice() is first
    launch._running[0][0]._process.kill()
    launch._running[0][0]._process.wait()
    assert practice() is not first


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes in /proc")
def test_portal_ends_when_its_parent_is_killed():
    """A kernel that is killed leaves no portal behind."""
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    assert runs(pid)
    parent.kill()
    parent.communicate()
    while runs(pid):
        time.sleep(0.05)


def test_portal_that_does_not_start_is_told(monkeypatch, tmp_path):
    """Its last words are in the hint, and no process is left."""
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho 'no room on this machine' >&2\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    with pytest.raises(KeyWidgetError, match="no room on this machine"):
        launch.practice_site()
    assert launch._running == []


def test_portal_that_says_nothing_is_given_up(monkeypatch, tmp_path):
    """Silence ends with the time that it is given."""
    silent = tmp_path / "python"
    silent.write_text("#!/bin/sh\nexec sleep 600\n")
    silent.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(silent))
    process = launch.PracticeProcess()
    with pytest.raises(KeyWidgetError, match="did not start"):
        process.read_site(patience=0.2)
    assert not process.alive


def test_missing_extra_names_the_install(monkeypatch):
    """Without its libraries the error names the pip command."""
    monkeypatch.setattr(launch, "_NEEDS", ("no_such_library",))
    with pytest.raises(MissingExtraError, match=r'pip install "arcgis-keywidget\[practice\]"'):
        launch.practice_site()


def test_python_multipart_is_looked_for_by_its_own_name(monkeypatch):
    """A package called multipart is another one: it does not make the portal start."""
    monkeypatch.setitem(sys.modules, "multipart", sys)
    monkeypatch.setitem(sys.modules, "python_multipart", None)
    assert not launch.available()


def test_page_is_told_that_practice_is_not_installed(monkeypatch, open_form):
    """The state says so, and asking all the same is answered with the pip command."""
    monkeypatch.setattr(launch, "_NEEDS", ("no_such_library",))
    page = open_form()
    assert page.state["practice_available"] is False
    assert "pip install" in page.ask("practice")["error"]["hint"]
    assert page.state["phase"] == "signed-out"
