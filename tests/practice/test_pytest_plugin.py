"""The pytest plugin, as another project uses it: in runs of pytest of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest_plugins = ("pytester",)

# By its module, whether or not the package's entry points are installed.
PLUGIN = ("-p", "no:arcgis_practice", "-p", "arcgis_keywidget.practice.pytest_plugin")
STRICT = ("-W", "error", "--strict-markers", "-p", "no:cacheprovider", "-p", "no:asyncio")
BEGIN = """
import json
import urllib.request
from urllib.parse import urlencode

import pytest


def ask(running, path, **form):
    body = urlencode({"f": "json", **form}).encode()
    with urllib.request.urlopen(f"{running.rest}/{path}", body) as reply:
        return json.load(reply)


def sign_in(running, user):
    sent = {"username": user.username, "password": user.password, "client": "requestip"}
    return ask(running, "generateToken", **sent)["token"]

"""


@pytest.fixture
def run(pytester):
    """Runs pytest on a test file in a process of its own."""

    def run_text(text, *flags):
        pytester.makepyfile(BEGIN + text)
        return pytester.runpytest_subprocess(*PLUGIN, *STRICT, *flags)

    return run_text


def test_portal_is_served_and_put_back_between_tests(run):
    """What one test makes, the next one does not see; the address stays the same."""
    done = run("""
seen = set()


@pytest.mark.parametrize("number", range(3))
def test_first_folder(practice_portal, practice_user, number):
    token = sign_in(practice_portal, practice_user)
    reply = ask(practice_portal, "content/users/ada/createFolder", title="Keys", token=token)
    assert reply["success"], reply
    assert len(practice_portal.portal.requests) == 2
    seen.add(practice_portal.url)


def test_one_address():
    assert len(seen) == 1
""")
    done.assert_outcomes(passed=4)


def test_people_by_what_they_may(run):
    """The publisher, the administrator and the one who may not create keys can all sign in."""
    done = run("""
def test_people(practice_portal, practice_user, practice_admin, practice_viewer):
    people = (practice_user, practice_admin, practice_viewer)
    assert [user.role for user in people] == ["org_publisher", "org_admin", "org_user"]
    assert all(sign_in(practice_portal, user) for user in people)
""")
    done.assert_outcomes(passed=1)


def test_marker_chooses_account_switches_and_faults(run):
    """Those of the nearest marker win; faults end with the test."""
    done = run("""
pytestmark = pytest.mark.practice(switches={"token_minutes": "120"})


@pytest.mark.practice(account="enterprise", version="11.4")
def test_enterprise(practice_portal):
    assert practice_portal.url.endswith("/portal")
    assert practice_portal.portal.switches.token_minutes == "120"
    assert ask(practice_portal, "")["enterpriseVersion"] == "11.4.0"


@pytest.mark.practice(switches={}, faults=["info:error=500*0"])
def test_fault(practice_portal):
    assert practice_portal.portal.switches.token_minutes == "60"
    assert ask(practice_portal, "info")["error"]["code"] == 500
""")
    done.assert_outcomes(passed=2)


def test_faults_alone_are_armed_on_the_shared_portal(run):
    """They strike in their test and not in the next one."""
    done = run("""
@pytest.mark.practice(faults=["info:error=500*0"])
def test_fault(practice_portal, practice_session):
    assert practice_portal is practice_session
    assert ask(practice_portal, "info")["error"]["code"] == 500


def test_after(practice_portal):
    assert "error" not in ask(practice_portal, "info")
""")
    done.assert_outcomes(passed=2)


def test_command_line_chooses_for_all(run):
    """Account and switches of a whole run."""
    text = """
def test_choice(practice_portal):
    assert practice_portal.portal.account.kind == "online"
    assert practice_portal.portal.switches.edits == "keep"
"""
    flags = ("--practice-account", "online", "--practice-switch", "edits=keep")
    run(text, *flags).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("account='other'", "The account 'other' is none of"),
        ("switches={'edits': 'other'}", "The switch edits is one of"),
        ("colour='red'", "colour"),
        ("'enterprise'", "takes its options by name"),
    ],
)
def test_wrong_options_are_told_in_one_sentence(run, options, words):
    """No traceback through the plugin."""
    done = run(f"""
@pytest.mark.practice({options})
def test_wrong(practice_portal):
    pass
""")
    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines([f"*{words}*"])
    done.stdout.no_fnmatch_line("*pytest_plugin.py:*: in *")


def test_missing_extra_names_the_install(run, pytester):
    """Without Starlette the run goes on; only who asks for a portal is told what to install."""
    pytester.makeconftest("import sys; sys.modules['starlette'] = None")
    done = run("""
def test_portal(practice_portal):
    pass


def test_without():
    pass
""")
    done.assert_outcomes(errors=1, passed=1)
    done.stdout.fnmatch_lines(['*pip install "arcgis-keywidget?practice?"*'])


def test_loading_it_imports_nothing_heavy():
    """Every run of pytest on this machine loads it: it must cost next to nothing."""
    script = (
        "import sys, pytest; before = set(sys.modules); import arcgis_keywidget.practice.pytest_plugin;"
        "names = {name.split('.')[0] for name in set(sys.modules) - before};"
        "print(*sorted(names - set(sys.stdlib_module_names)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["arcgis_keywidget"]
