"""Keys go into the session, are found there, and leave it without a trace."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from IPython.core.interactiveshell import InteractiveShell

from arcgis_keywidget import ApiKey, KeyCredential, current_key, forget, use
from arcgis_keywidget.errors import FieldError, KeyWidgetError

ONLINE = "https://www.arcgis.com"
OWN = "https://gis.example.com/portal"


@pytest.fixture
def shell():
    """A real IPython shell, as a kernel has one."""
    shell = InteractiveShell.instance()
    yield shell
    forget()
    shell.reset()
    InteractiveShell.clear_instance()


def key_of(text: str, portal: str = ONLINE) -> ApiKey:
    """A key of a portal."""
    return ApiKey(text, portal=portal)


def credential_of(key: ApiKey | None) -> KeyCredential:
    """A credential with a key, or without."""
    texts = {"item_id": "0" * 32, "client_id": "c", "title": "t", "folder": None}
    return KeyCredential(**texts, privileges=(), items=(), referrers=(), slots=(), key=key)


def test_a_key_becomes_a_hidden_variable(shell):
    """The variable holds the key, %whos does not list it, and forget removes every reference to it."""
    key = key_of("a-key")
    assert use(credential_of(key)).variable == "arcgis_api_key"
    assert shell.user_ns["arcgis_api_key"] is key
    assert "arcgis_api_key" not in shell.run_line_magic("who_ls", "")
    forget()
    assert "arcgis_api_key" not in shell.user_ns
    assert "arcgis_api_key" not in shell.user_ns_hidden


def test_a_value_of_the_person_is_not_overwritten(shell):
    """A name that holds something else than a key is refused, and nothing is put anywhere."""
    shell.push({"arcgis_api_key": "mine"})
    with pytest.raises(FieldError, match="holds a value of yours"):
        use(key_of("a-key"))
    assert shell.user_ns["arcgis_api_key"] == "mine"
    assert "ARCGIS_API_KEY" not in os.environ
    with pytest.raises(KeyWidgetError):
        current_key()


@pytest.mark.parametrize("name", ["class", "a b", "", "1a"])
def test_a_name_that_is_none_is_refused(name):
    """Keywords and texts that are no identifiers raise FieldError."""
    with pytest.raises(FieldError):
        use(key_of("a-key"), variable=name)


def test_forget_leaves_what_the_person_put_there_since(shell):
    """A variable and an environment variable that were changed after use stay as they are."""
    use(key_of("a-key"))
    shell.user_ns["arcgis_api_key"] = "mine"
    os.environ["ESRI_API_KEY"] = "mine too"
    forget()
    assert shell.user_ns["arcgis_api_key"] == "mine"
    assert os.environ.pop("ESRI_API_KEY") == "mine too"


def test_environment_is_for_arcgis_com_only(monkeypatch):
    """A key of arcgis.com goes to the environment, another's only when asked; forget restores."""
    monkeypatch.setenv("ARCGIS_API_KEY", "before")
    assert use(key_of("own", OWN)).environ == ()
    assert use(key_of("one")).environ == ("ARCGIS_API_KEY", "ESRI_API_KEY")
    use(key_of("two"))
    assert os.environ["ARCGIS_API_KEY"] == os.environ["ESRI_API_KEY"] == "two"
    assert use(key_of("own", OWN), environ=["MY_KEY"]).environ == ("MY_KEY",)
    forget()
    assert os.environ["ARCGIS_API_KEY"] == "before"
    assert "ESRI_API_KEY" not in os.environ
    assert "MY_KEY" not in os.environ


def test_an_origin_that_only_looks_like_arcgis_com_gets_no_environment():
    """A host that merely ends with the letters of arcgis.com is not Esri's."""
    assert use(key_of("own", "https://notarcgis.com")).environ == ()
    forget()


def test_current_key_is_the_newest_or_the_portal_s():
    """The newest key, or the one of a named portal; an error with a hint when there is none."""
    online, own = key_of("one"), key_of("own", OWN)
    use(own)
    use(online)
    assert current_key() is online
    assert current_key("https://gis.example.com/portal") is own
    forget()
    with pytest.raises(KeyWidgetError, match="KeyForm"):
        current_key()


def test_a_credential_without_a_key_and_a_bare_text_are_refused():
    """A listed credential holds no key; a text is wrapped by the person, who knows its portal."""
    with pytest.raises(KeyWidgetError, match="shows a key only once"):
        use(credential_of(None))
    with pytest.raises(TypeError, match="ApiKey"):
        use("a-key")


def test_what_was_done_is_told_without_the_key():
    """The answer of use names places, never the key."""
    told = use(key_of("canary"))
    assert "canary" not in f"{told!r} {told}"
    assert "ARCGIS_API_KEY" in str(told)
    forget()


def test_a_script_does_not_load_ipython():
    """In a plain script, use works without importing IPython."""
    code = "from arcgis_keywidget import ApiKey, use; use(ApiKey('k'))"
    code += "; import sys; print('IPython' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
