"""The blocking face: what is asked of the person where there is no form, and a twin of every way in."""

from __future__ import annotations

import builtins
from types import SimpleNamespace

import pytest

from arcgis_keywidget import Portal
from arcgis_keywidget.errors import SignInError
from arcgis_keywidget.models import KeyRequest
from arcgis_keywidget.portal import blocking


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, served):
    """Answers what is asked at the keyboard as Ada does; what was asked."""
    ada, questions = served.portal.users[0], []

    def answer(kind: str, text: str):
        def ask(question: str) -> str:
            questions.append((kind, question))
            return text

        return ask

    monkeypatch.setattr(builtins, "input", answer("input", ada.username))
    monkeypatch.setattr(blocking, "getpass", answer("getpass", ada.password))
    return questions


def test_what_is_missing_is_asked_for(served, asked) -> None:
    """User name and password, or the password alone, which is never shown; the questions name the portal."""
    with Portal.connect(served.url) as portal:
        assert portal.sign_in().username == "ada"
        assert asked == [
            ("input", f"User name at {served.url}: "),
            ("getpass", f"Password of ada at {served.url}: "),
        ]
        asked.clear()
        portal.sign_in("ada")
        assert [kind for kind, _ in asked] == ["getpass"]


def test_what_is_given_is_not_asked_for(served, asked) -> None:
    """And a wrong password is an error, not another question."""
    ada = served.portal.users[0]
    with Portal.connect(served.url) as portal:
        portal.sign_in(ada.username, ada.password)
        with pytest.raises(SignInError):
            portal.sign_in(ada.username, "wrong")
    assert asked == []


def test_each_way_has_its_twin(site) -> None:
    """In the browser, with a GIS, and a key that is there already."""
    with Portal.connect(site.url) as portal:
        page = portal.begin_code_sign_in(site.client_id)
        assert portal.sign_in_with_code(site.answer(page), page).username == "ada"
        key = portal.create_key(KeyRequest()).key
        session = SimpleNamespace(
            auth=SimpleNamespace(token=portal.portal._rest.token.reveal()), headers={}, verify=True
        )
        with Portal.connect(site.url) as other:
            gis = SimpleNamespace(url=site.url, session=session)
            assert other.sign_in_with_gis(gis).username == "ada"
        assert portal.sign_out() is True
        assert portal.inspect_key(key).key == key
        assert [exchange.url.rpartition("/")[2] for exchange in portal.transcript][:2] == ["token", "self"]
