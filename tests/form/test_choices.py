"""What is offered at the entrance, and what an administrator's settings make of it."""

from __future__ import annotations

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from arcgis_keywidget.config import FormConfig
from arcgis_keywidget.form import widget
from arcgis_keywidget.form.choices import Choices

ONLINE = "https://www.arcgis.com"
OURS = "https://gis.example.com/portal"


@pytest.fixture
def configure(monkeypatch):
    """Sets c.KeyForm for the forms that are opened next."""

    def configure_forms(**section):
        monkeypatch.setattr(widget, "read_config", lambda: FormConfig(Config({"KeyForm": section}), {}))

    return configure_forms


def test_by_itself_there_is_arcgis_online():
    """Every way is offered; without a client id the password is what most people can begin with."""
    choices = Choices()
    assert [choice.url for choice in choices.portals] == [ONLINE]
    assert choices.methods_for(ONLINE) == ("password", "browser", "token", "key")
    assert Choices.of() == choices


def test_a_client_id_makes_the_browser_the_recommended_way():
    """That of the portal before that for all; a portal that has none is as before."""
    choices = Choices.of(portals=[{"title": "Ours", "url": f"{OURS}/home", "client_id": " own "}])
    assert (choices.client_for(OURS), choices.client_for(f"{OURS}/home/"), choices.client_for(ONLINE)) == (
        "own",
        "own",
        "",
    )
    assert choices.methods_for(OURS)[0] == "browser"
    assert choices.methods_for(ONLINE)[0] == "password"
    for_all = Choices.of(portals=[{"url": OURS, "client_id": "own"}], client_id="all")
    assert [for_all.client_for(url) for url in (OURS, ONLINE, "half a")] == ["own", "all", "all"]


def test_methods_that_are_set_stand_in_their_order():
    """Whatever is recommended: an administrator knows better."""
    assert Choices.of(methods=["token", "browser", "token"]).methods_for(ONLINE) == ("token", "browser")


def test_the_default_portal_can_be_chosen_too():
    """Without a title it has its host's name; a title that was set stays."""
    choices = Choices.of(portal="gis.example.com/portal")
    assert choices.address == OURS
    assert [(choice.url, choice.title) for choice in choices.portals][1:] == [(OURS, "gis.example.com")]
    named = Choices.of(portal=OURS, portals=[{"title": "Ours", "url": OURS}])
    assert [choice.title for choice in named.portals][1:] == ["Ours"]


def test_what_cannot_be_right_is_left_out_and_told():
    """The good entries beside a bad one stand."""
    choices = Choices.of(
        portal="http://gis.example.com",
        portals=[{"title": "Bad"}, {"title": "Worse", "url": "ftp://x"}, {"url": OURS}],
        problems=["c.KeyForm.methods is left out."],
    )
    assert choices.address == ONLINE
    assert [choice.url for choice in choices.portals] == [ONLINE, OURS]
    assert len(choices.problems) == 4
    assert "'Worse'" in choices.problems[2]


def test_a_form_offers_what_is_configured(configure, open_form):
    """Portals, ways in their order, and whether a client id is known, but never the id itself."""
    portals = [{"title": "Ours", "url": OURS, "client_id": "an-id-of-ours"}]
    configure(portal=OURS, portals=portals, methods=["browser", "key"])
    page = open_form()
    state = page.state
    assert state["portals"] == [
        {"url": ONLINE, "title": "ArcGIS Online or Location Platform", "client": False},
        {"url": OURS, "title": "Ours", "client": True},
    ]
    assert (state["methods"], state["draft"]["method"]) == (["browser", "key"], "browser")
    assert (state["draft"]["portal"], state["alert"]) == (OURS, None)
    assert "client_id=an-id-of-ours" in page.ask("page", portal=OURS, client_id="")["url"]
    assert "an-id-of-ours" not in repr(page.states())


def test_a_way_that_is_not_offered_is_refused(configure, open_form, running):
    """Nothing is sent, and the form says who decided that."""
    configure(methods=["browser"])
    page = open_form()
    answer = page.sign_in(running)
    assert "does not offer" in answer["error"]["title"]
    assert running.portal.requests == []


def test_mistakes_in_the_configuration_are_told_and_stop_nothing(configure, open_form, running):
    """The form says what is left out, and signs in all the same."""
    configure(methods=["magic"], portal=7, typo=1)
    page = open_form()
    alert = page.state["alert"]
    assert alert["tone"] == "warn"
    for name in ("methods", "portal", "typo"):
        assert f"c.KeyForm.{name} is" in alert["hint"]
    assert page.sign_in(running)["ok"]


def test_the_configuration_of_the_running_ipython_is_read(open_form):
    """What stands in the kernel's configuration reaches a form without further ado."""
    shell = InteractiveShell.instance(config=Config({"KeyForm": {"portal": OURS}}))
    try:
        assert open_form().state["draft"]["portal"] == OURS
    finally:
        shell.clear_instance()


def test_another_portal_brings_its_recommended_way(configure, open_form):
    """Until the person has taken a way: then that stands."""
    configure(portals=[{"url": OURS, "client_id": "ours"}])
    page = open_form()
    assert page.state["draft"]["method"] == "password"
    assert page.ask("draft", draft={"portal": OURS})["draft"]["method"] == "browser"
    assert page.states()[-1]["methods"][0] == "browser"
    page.ask("draft", draft={"method": "token"})
    assert page.ask("draft", draft={"portal": ONLINE})["draft"]["method"] == "token"


def test_nothing_is_sent_to_a_host_called_practice(page):
    """The practice portal is no address, even where a page sends no portal along."""
    page.ask("draft", draft={"portal": "practice"})
    for message in ({"kind": "sign-in", "method": "password", "username": "ada"}, {"kind": "page"}):
        assert page.ask(message.pop("kind"), b"secret", **message)["error"]["field"] == "portal"
