from __future__ import annotations

import json
import subprocess
import sys
import threading

import ipywidgets
import pytest

from arcgis_keywidget import KeyForm, Portal
from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.form import widget

DRAFT = {"preset": "basemaps", "title": "A test key", "days": 7}
UNTOLD = '"https://your-portal.example.com"'


def test_nests_like_any_other_widget(page):
    """It stands in boxes, tabs and accordions beside other widgets."""
    label = ipywidgets.Label("above")
    box = ipywidgets.VBox([label, page.form])
    assert ipywidgets.Tab([ipywidgets.Accordion([box])]).children[0].children[0].children == (
        label,
        page.form,
    )


def test_phase_is_observed_in_order_off_the_loop(page, running):
    """Observers see each phase once, on one worker thread, never on the loop that talks to the portal."""
    seen, threads = [], set()
    done = threading.Event()

    def look(change):
        seen.append(change.new)
        threads.add(threading.current_thread().name.partition("_")[0])
        if change.new == "ready":
            done.set()

    page.form.observe(look, "phase")
    page.sign_in(running)
    page.ask("create", draft=DRAFT)
    assert done.wait(30)
    assert seen == ["signing-in", "signed-in", "creating", "ready"]
    assert threads == {"KeyForm"}


def test_phase_is_read_only(page):
    """Nobody but the form moves its phase."""
    with pytest.raises(Exception, match="read-only"):
        page.form.phase = "ready"


def test_slow_observer_does_not_stop_the_form(page, running):
    """While an observer waits, the form signs in and makes a key."""
    released = threading.Event()
    page.form.observe(lambda _: released.wait(30), "phase")
    assert page.sign_in(running)["ok"]
    assert page.ask("create", draft=DRAFT)["ok"]
    released.set()


def test_on_ready_gets_each_credential_once(open_form, running):
    """It is called on a worker thread, where blocking calls may be made."""
    got, called = [], threading.Semaphore(0)

    def on_ready(credential):
        got.append((credential, len(page.form.portal.folders())))
        called.release()

    page = open_form(on_ready=on_ready)
    page.sign_in(running)
    for _ in range(2):
        page.ask("create", draft=DRAFT)
        assert called.acquire(timeout=30)
        page.ask("another")
    assert got[1] == (page.form.credential, 0)
    assert got[0][0] != got[1][0]


def test_failing_on_ready_is_told_without_its_message(open_form, running):
    """The form says where the person's function failed; the error's text may hold the key, and stays out."""

    def on_ready(credential):
        raise ValueError(str.__str__(credential.key))

    page = open_form(on_ready=on_ready)
    page.sign_in(running)
    page.ask("create", draft=DRAFT)
    state = page.await_state(lambda state: state["alert"])
    assert "ValueError at test_widget.py" in state["alert"]["title"]
    assert str.__str__(page.form.key) not in json.dumps(state)
    assert state["result"] is not None


@pytest.fixture
def observed(page, running):
    """A form with an observer that fails, signed in; and what waits until that has been told."""

    def observe(_):
        raise ValueError

    page.sign_in(running)
    page.form.observe(observe, "phase")
    return page, lambda: page.form._worker.submit(int).result()


def test_failing_observer_hides_no_alert(observed, running):
    """What remains in the portal is still named; beside it stands once that a function failed."""
    page, settle = observed
    for fault in ("registerApp:error=500*0", "delete:error=500*0"):
        running.portal.fail(fault)
    page.ask("create", draft=DRAFT)
    settle()
    hint = page.state["alert"]["hint"]
    assert left_in(running) in hint
    assert hint.count("ValueError at test_widget.py") == 1


def test_failing_observer_hides_no_error_at_a_field(observed, running):
    """A wrong password is told at its field all the same."""
    page, settle = observed
    page.ask("sign-out")
    page.ask("sign-in", b"wrong", portal=running.url, username="ada", method="password")
    settle()
    assert list(page.state["errors"]) == ["password"]


def test_where_no_widget_shows_the_text_says_what_to_do(page, running):
    """The text beside the view is the same job in code; it names no account."""
    page.sign_in(running)
    data, _ = page.form._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    code = "\n".join(line[4:] for line in data["text/plain"].splitlines() if line.startswith("    "))
    compile(code, "instead", "exec")
    for word in ("portal.sign_in()", "create_key", "use("):
        assert word in code
    assert "# Opens basemap styles, for 7 days" in code
    assert not [word for word in ("ada", running.url) if word in data["text/plain"]]
    assert repr(page.form) == "<KeyForm signed-in>"


def instead(page):
    """The address that stands in the text where no widget shows."""
    text = page.form._repr_mimebundle_()[0]["text/plain"]
    return text.partition("Portal.connect(")[2].partition(")")[0]


@pytest.mark.parametrize(
    ("portal", "address"),
    [(None, ""), ("practice", UNTOLD), ("gis.example.com/portal", "'gis.example.com/portal'")],
)
def test_text_leads_to_the_portal_of_the_form(open_form, portal, address):
    """ArcGIS Online only where the form is for that: a password of another portal must not go there."""
    assert instead(open_form(portal)) == address


def test_text_names_no_portal_that_the_cell_does_not(page, open_form, running):
    """Chosen in the form, or handed in: the saved text holds a placeholder in the place of the address."""
    page.sign_in(running)
    assert instead(page) == UNTOLD
    with Portal.connect(running.url) as portal:
        assert instead(open_form(portal)) == UNTOLD


def test_portal_that_is_signed_in_is_taken(open_form, running):
    """A portal from Portal.connect is used as it is, and is not closed by the form."""
    ada = running.portal.users[0]
    with Portal.connect(running.url) as portal:
        portal.sign_in(ada.username, ada.password)
        page = open_form(portal)
        assert page.form.phase == "signed-in"
        assert page.ask("create", draft=DRAFT)["ok"]
        page.ask("sign-out")
        assert not portal.signed_in
        portal.sign_in(ada.username, ada.password)


@pytest.mark.parametrize("arguments", [{"portal": "not an address"}, {"preset": "everything"}])
def test_wrong_arguments_are_told(open_form, arguments):
    """A wrong address or preset fails in the cell, with the remedy."""
    with pytest.raises(FieldError):
        open_form(**arguments)


def test_portal_of_another_type_is_told(open_form):
    """A Portal of the caller's own loop cannot be used, which is said."""
    with pytest.raises(TypeError, match=r"Portal\.connect"):
        open_form(Portal("https://gis.example.com"))


def test_closing_cancels_and_undoes(signed_in, running):
    """A form that is closed while it makes a key leaves nothing behind; the next form is signed in."""
    running.portal.fail("registerApp:slow=20")
    signed_in.start("create", draft=DRAFT)
    signed_in.await_state(lambda state: [step["state"] for step in state["progress"]][1:2] == ["started"])
    signed_in.form.close()
    widget._loop.run(signed_in.form._flow.cancel())
    assert tuple(item["id"] for item in running.portal.items_of("ada")) == running.portal.layers
    assert signed_in.form.portal.signed_in


@pytest.fixture
def stuck(signed_in, running):
    """A form that makes a key, in a portal that will neither go on nor take back what was made."""
    for fault in ("registerApp:slow=20", "delete:error=500*0"):
        running.portal.fail(fault)
    signed_in.start("create", draft=DRAFT)
    signed_in.await_state(lambda state: [step["state"] for step in state["progress"]][1:2] == ["started"])
    return signed_in


def close(page):
    """Close a form, and wait until that is done."""
    page.form.close()
    widget._loop.run(page.form._flow.cancel())


def left_in(running):
    """The id of the item that was not removed."""
    return next(item["id"] for item in running.portal.items_of("ada") if item["title"] == DRAFT["title"])


def test_what_a_closed_form_leaves_is_said_once_by_the_next(stuck, running, open_form):
    """Nobody sees a closed form: the next one of that portal names the item, the one after says nothing."""
    close(stuck)
    assert open_form("https://gis.example.com").state["alert"] is None
    assert left_in(running) in open_form(running.url).state["alert"]["hint"]
    assert open_form(running.url).state["alert"] is None


def test_what_a_closed_form_leaves_is_said_by_one_that_is_open(stuck, running, open_form):
    """Undoing takes a while; the next form may stand there already."""
    other = open_form()
    close(stuck)
    assert left_in(running) in other.state["alert"]["hint"]
    assert open_form().state["alert"] is None


def test_page_that_is_not_built_is_told(monkeypatch, tmp_path):
    """In a checkout without the built page, the error says how to build it."""
    widget._page.cache_clear()
    monkeypatch.setattr(widget, "_STATIC", tmp_path)
    with pytest.raises(KeyWidgetError, match="npm run build"):
        KeyForm()


def test_form_in_a_script_neither_hangs_nor_complains(tmp_path):
    """Made and shown by plain Python, a form prints itself, blocks nothing and ends quietly."""
    (tmp_path / "form.js").touch()
    (tmp_path / "form.css").touch()
    code = "import sys, pathlib\nfrom arcgis_keywidget.form import widget\n"
    code += "widget._STATIC = pathlib.Path(sys.argv[1])\nprint(widget.KeyForm())"
    command = [sys.executable, "-W", "error", "-c", code, str(tmp_path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("<KeyForm signed-out>\n", "")
