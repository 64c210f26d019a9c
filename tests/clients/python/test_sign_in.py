"""The `arcgis` package: every way to sign in that a person without a desktop program has."""

from __future__ import annotations

import pytest

from tests.clients.sign_in_page import read_code, sign_in

pytestmark = pytest.mark.matrix
SCRAPED = ["authorize", "authorize", "signin"]
LOCATION_PLATFORM, ENTERPRISE = [2025, 3], [2025, 1]


@pytest.mark.parametrize(
    ("account", "version"),
    [("location-platform", LOCATION_PLATFORM), ("online", LOCATION_PLATFORM), ("enterprise", ENTERPRISE)],
)
def test_by_password(open_arcgis, account, version):
    """By default the package reads the page for people, fills it in, and takes the token that comes back."""
    arcgis = open_arcgis(account=account)
    found = arcgis.run("look_around.py", arcgis.password)
    assert found == {
        "username": "ada",
        "version": version,
        "found": ["World capitals"],
        "folders": ["Root Folder"],
        "admin": False,
    }
    assert "generateToken" not in arcgis.operations
    signing = [name for name in arcgis.operations if name in {"authorize", "signin", "token"}]
    assert signing == SCRAPED


def test_wrong_password(arcgis):
    """The package tries once more, and says what the page said: eleven requests."""
    found = arcgis.run("refused_sign_in.py", {**arcgis.password, "password": "not the one"})
    assert found["text"].endswith("Invalid username or password.")
    assert arcgis.operations[5:] == SCRAPED * 2


def test_by_password_without_the_page(arcgis):
    """`use_gen_token` asks generateToken, with a token bound to the Referer `http`."""
    found = arcgis.run("look_around.py", {**arcgis.password, "use_gen_token": True})
    assert (found["username"], found["found"]) == ("ada", ["World capitals"])
    asked = next(entry for entry in arcgis.requests if entry["operation"] == "generateToken")
    assert set(asked["body"]) == {"f", "username", "password", "client", "referer", "expiration"}
    assert "authorize" not in arcgis.operations


def test_with_a_token(arcgis):
    """A token that was made before is taken as it is."""
    found = arcgis.run("look_around.py", {"token": arcgis.make_token()})
    assert (found["username"], found["found"]) == ("ada", ["World capitals"])
    assert not {"generateToken", "authorize", "token"} & set(arcgis.operations)


def test_with_an_api_key(arcgis):
    """A key signs in without a person; it finds what it was granted, and public items."""
    layer = arcgis.running.ready["layer"]["item"]
    key = arcgis.make_key("premium:user:basemaps", f"portal:app:access:item:{layer}")
    found = arcgis.run("look_around.py", {"api_key": key})
    assert (found["username"], found["found"]) == (None, ["World capitals"])
    assert not [name for name in arcgis.operations if name.startswith("community")]


def test_with_an_api_key_of_personal_scope(arcgis):
    """Such a key shows whose it is, so `gis.users.me` works."""
    key = arcgis.make_key("portal:user:createItem", "portal:user:viewOrgItems")
    assert arcgis.run("look_around.py", {"api_key": key})["username"] == "ada"


def test_with_an_unknown_key(arcgis):
    """Told that the token is invalid, the package goes on without it: as nobody."""
    found = arcgis.run("look_around.py", {"api_key": "AAPTnothing"})
    assert (found["username"], found["found"]) == (None, [])
    assert {entry["token_by"] for entry in arcgis.requests if entry["note"]} >= {"X-Esri-Authorization"}


def test_with_a_pasted_code(arcgis, client_id):
    """Somebody with single sign-on: the package opens a browser and asks for the code that it shows."""
    found = arcgis.run_and_paste(
        "look_around.py",
        lambda address: read_code(sign_in(address, arcgis.user)),
        {"client_id": client_id},
    )
    assert (found["username"], found["found"]) == ("ada", ["World capitals"])
    traded = next(entry for entry in arcgis.requests if entry["operation"] == "token")
    assert {"client_id", "code", "grant_type", "redirect_uri"} <= set(traded["body"])
    assert "code_verifier" not in traded["body"]


def test_with_an_app_and_a_password(arcgis, client_id):
    """With an app's id and a password the package reads the page, and then the code's page, by itself."""
    found = arcgis.run("look_around.py", {"client_id": client_id, **arcgis.password})
    assert (found["username"], found["found"]) == ("ada", ["World capitals"])
    signing = [name for name in arcgis.operations if name in {"authorize", "signin", "approval", "token"}]
    assert signing == ["authorize", "signin", "approval", "token"]


def test_without_signing_in(arcgis):
    """Nobody sees no private item, and there is no person."""
    found = arcgis.run("look_around.py")
    assert (found["username"], found["found"]) == (None, [])
