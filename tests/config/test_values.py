"""Each setting: how its text is read, what it may be, and how it is shown."""

from __future__ import annotations

import json

import pytest
from traitlets.config import Config

from arcgis_keywidget.config import FormConfig, tell_settings, variable_of, veil
from arcgis_keywidget.config.values import NEEDS, shown
from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.models import Proxies, Secret

BASEMAPS = "premium:user:basemaps"
PROXY = "http://ada:canary@proxy.example.com:8080"


def configured(**section) -> FormConfig:
    """The settings of a section of IPython's."""
    return FormConfig(Config({"KeyForm": section}), {})


def environment(**settings) -> FormConfig:
    """The settings of an environment."""
    return FormConfig(None, {variable_of(name): text for name, text in settings.items()})


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("portal", " gis.example.com ", "gis.example.com"),
        ("methods", "browser, token", ["browser", "token"]),
        ("tags", '["a", "b"]', ["a", "b"]),
        ("locks", "expires", ["expires"]),
        ("max_days", " 30 ", 30),
        ("presets", json.dumps({"course": [BASEMAPS]}), {"course": [BASEMAPS]}),
        ("portals", '[{"title": "Ours", "url": "x"}]', [{"title": "Ours", "url": "x"}]),
        ("proxies", PROXY, {"all": PROXY}),
        ("proxies", json.dumps({"https": PROXY}), {"https": PROXY}),
        ("trusted_hosts", "a.example.com,b.example.com:6443", ["a.example.com", "b.example.com:6443"]),
    ],
)
def test_texts_of_the_environment_are_read(name, text, value) -> None:
    """Lists with commas or as JSON, dictionaries as JSON, numbers; an empty variable is not set."""
    config = environment(**{name: text})
    assert (getattr(config, name), config.problems) == (value, [])
    assert environment(**{name: " "}).source(name).kind == "default"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("presets", {"course": "premium:user:basemaps"}),
        ("presets", {"course": ["no privilege"]}),
        ("presets", {"course": {"privileges": [BASEMAPS], "title": 7}}),
        ("presets", {"course": {"privileges": [BASEMAPS], "days": 7}}),
        ("presets", {"basemaps": [BASEMAPS]}),
        ("preset", "course"),
        ("default_days", 0),
        ("max_days", "many"),
        ("folder", "x" * 300),
        ("tags", ["a,b"]),
        ("locks", ["portal"]),
        ("ca_bundle", "/nowhere/ca.pem"),
        ("proxies", {"ftp": "http://proxy.example.com"}),
        ("proxies", {"https": "proxy.example.com"}),
        ("trusted_hosts", ["https://gis.example.com/path"]),
        ("trusted_hosts", ["two words"]),
    ],
)
def test_what_cannot_be_right_is_left_out(name, value) -> None:
    """With a sentence that names it; the setting is as if nobody had set it."""
    config = configured(**{name: value, "client_id": "stays"})
    (problem,) = config.problems
    assert name in problem
    assert config.source(name).kind == "default"
    assert (getattr(config, name) or None, config.client_id) == (None, "stays")


def test_the_longest_lifetime_bounds_the_first_one() -> None:
    """Whoever set it."""
    config = configured(default_days=30, max_days=7)
    assert (config.default_days, len(config.problems)) == (7, 1)


def test_arguments_count_most_and_are_refused_when_wrong() -> None:
    """In code a mistake is an error, in the same words."""
    config = environment(max_days="30")
    config.take_arguments({"max_days": 10, "folder": None})
    assert (config.max_days, str(config.source("max_days"))) == (10, "KeyForm(max_days=...)")
    with pytest.raises(FieldError, match="whole number of days") as caught:
        config.take_arguments({"max_days": 400})
    assert caught.value.field == "max_days"
    with pytest.raises(TypeError, match="no argument 'days'"):
        config.take_arguments({"days": 7})


def test_proxies_of_code_are_veiled_and_used() -> None:
    """Their passwords show in no frame of a traceback, and they reach the connection."""
    settings = veil({"proxies": {"https": PROXY}})
    assert "canary" not in repr(settings)
    config = configured()
    config.take_arguments(settings)
    assert config.network.proxies.find("https://gis.example.com/x") == Secret(PROXY)
    assert veil({"proxies": PROXY})["proxies"] == {"all": Secret(PROXY)}


def test_passwords_in_addresses_are_masked_where_settings_are_told() -> None:
    """In every setting, whatever its shape; and in the representation of the network."""
    config = configured(
        proxies={"https": PROXY},
        portals=[{"url": "https://ada:canary@gis.example.com"}],
        portal="https://ada:canary@gis.example.com",
    )
    told = json.dumps([one.as_dict() for one in tell_settings(config)], ensure_ascii=False)
    assert "canary" not in told + repr(config.network)
    assert told.count("://••••@") == 3


def test_a_problem_repeats_no_address_of_a_proxy() -> None:
    """It may hold a password, also where it is no address."""
    problems = (
        configured(proxies={"https": "ada:canary@proxy"}).problems + environment(proxies="{canary").problems
    )
    assert len(problems) == 2
    assert "canary" not in str(problems)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://www.arcgis.com/sharing", "https"),
        ("http://www.arcgis.com", "all"),
        ("https://gis.example.com:6443/x", None),
        ("https://bexample.com", "https"),
        ("https://other.org:8443/x", None),
        ("https://other.org/x", "https"),
    ],
)
def test_the_proxy_of_an_address(url, found) -> None:
    """By its scheme, unless its host, a domain of it or its very port is among those without one."""
    proxies = Proxies(
        {"https": "http://https.proxy:1", "all": "http://all.proxy:1", "no": ".example.com, other.org:8443"}
    )
    address = proxies.find(url)
    assert (address and address.reveal().split("/")[2].split(".")[0]) == found
    assert Proxies({"all": "http://p:1", "no": "*"}).find(url) is None


def test_a_password_with_a_blank_is_masked():
    """Addresses with one are taken, so they are masked as others are."""
    assert shown({"all": "http://ada:can ary@proxy.example.com:8080"}) == {
        "all": "http://••••@proxy.example.com:8080"
    }


def test_brackets_without_end_stop_no_form():
    """A setting of the environment that no parser can follow is left out as others are."""
    config = FormConfig(environ={"ARCGIS_KEYWIDGET_PORTALS": "[" * 100_000})
    assert config.problems == [f"ARCGIS_KEYWIDGET_PORTALS is left out. {NEEDS['portals']}"]
