"""A key in the kernel, and out of it again."""

from __future__ import annotations

import os

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from arcgis_keywidget import ApiKey, KeyCredential, current_key, forget, use
from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.models import Slot, session_keys

KEY = "AAPTcanary" + "x" * 40 + "AT1_12345678"


@pytest.fixture(autouse=True)
def nothing_left():
    """What a test put somewhere is taken out again."""
    yield
    forget()


@pytest.fixture
def shell():
    """A real IPython, without a history file."""
    config = Config()
    config.HistoryManager.enabled = False
    yield InteractiveShell.instance(config=config, colors="nocolor")
    InteractiveShell.clear_instance()


def credential(key: ApiKey | None) -> KeyCredential:
    """A credential with this key."""
    return KeyCredential(
        item_id="0" * 32,
        client_id="x",
        title="Key",
        folder=None,
        privileges=(),
        items=(),
        referrers=(),
        slots=(Slot(number=1, active=True),),
        key=key,
    )


def test_a_key_is_put_where_libraries_look(shell: InteractiveShell) -> None:
    """The variable, the environment of arcgis.com's libraries, the session; `%whos` does not list it."""
    put = use(credential(ApiKey(KEY)))
    assert put.variable == "arcgis_api_key"
    assert put.environ == ("ARCGIS_API_KEY", "ESRI_API_KEY")
    assert shell.user_ns["arcgis_api_key"] == KEY
    assert os.environ["ARCGIS_API_KEY"] == os.environ["ESRI_API_KEY"] == KEY
    assert type(os.environ["ESRI_API_KEY"]) is str
    assert current_key() == KEY
    assert "arcgis_api_key" not in shell.run_line_magic("who_ls", "")
    assert "canary" not in f"{put!s}{put!r}{shell.user_ns['arcgis_api_key']!r}"


def test_a_key_of_another_portal_stays_out_of_the_environment(shell: InteractiveShell) -> None:
    """Those names promise arcgis.com; named ones are used."""
    assert use(ApiKey(KEY, portal="https://gis.example.com")).environ == ()
    assert "ARCGIS_API_KEY" not in os.environ
    assert use(ApiKey(KEY, portal="https://gis.example.com"), environ=["GIS_KEY"]).environ == ("GIS_KEY",)
    assert os.environ["GIS_KEY"] == KEY
    assert use(KEY, environ=()).environ == ()
    del shell


def test_forget_takes_everything_out_again(shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Earlier values of the environment come back; nothing of the key remains."""
    monkeypatch.setenv("ARCGIS_API_KEY", "earlier")
    use(KEY)
    use(KEY.replace("AT1", "AT2"))
    use(KEY, variable="second")
    forget()
    assert os.environ["ARCGIS_API_KEY"] == "earlier"
    assert "ESRI_API_KEY" not in os.environ
    assert not {"arcgis_api_key", "second"} & shell.user_ns.keys()
    assert [*session_keys] == []
    with pytest.raises(KeyWidgetError, match="no API key in this session"):
        current_key()
    forget()


def test_forgetting_one_key_leaves_the_others(shell: InteractiveShell) -> None:
    """Its variables, its names of the environment, its place in the session; nothing of another key's."""
    kept, dropped = ApiKey(KEY), ApiKey(KEY[::-1], portal="https://gis.example.com")
    use(kept)
    use(dropped, variable="own", environ=["GIS_KEY"])
    forget(dropped)
    assert "own" not in shell.user_ns
    assert "GIS_KEY" not in os.environ
    assert [*session_keys] == [kept]
    assert shell.user_ns["arcgis_api_key"] is kept
    assert os.environ["ARCGIS_API_KEY"] == KEY
    forget()
    assert "ARCGIS_API_KEY" not in os.environ


def test_a_known_key_given_as_text_keeps_its_portal() -> None:
    """Read back from a variable of the environment, say."""
    key = ApiKey(KEY, portal="https://gis.example.com")
    use(key)
    assert use(f" {KEY}\n").environ == ()
    assert [*session_keys] == [key]
    assert current_key() is key


def test_forget_leaves_alone_what_the_person_changed(shell: InteractiveShell) -> None:
    """A variable and an environment variable that hold something else by now."""
    use(KEY)
    shell.user_ns["arcgis_api_key"] = "mine"
    os.environ["ARCGIS_API_KEY"] = "mine"
    forget()
    assert shell.user_ns["arcgis_api_key"] == "mine"
    assert os.environ["ARCGIS_API_KEY"] == "mine"
    del shell.user_ns["arcgis_api_key"]


def test_a_key_that_the_person_put_there_is_not_overwritten(shell: InteractiveShell) -> None:
    """A portal shows a key once: the only copy may be in that variable."""
    shell.user_ns["arcgis_api_key"] = mine = ApiKey(KEY)
    with pytest.raises(FieldError, match="something else"):
        use(ApiKey(KEY[::-1]))
    assert shell.user_ns.pop("arcgis_api_key") is mine


def test_a_value_set_in_between_is_the_one_that_comes_back(shell: InteractiveShell) -> None:
    """Used, changed by the person, used again, forgotten: the person's value."""
    use(KEY)
    os.environ["ARCGIS_API_KEY"] = "mine"
    use(KEY)
    forget()
    assert os.environ.pop("ARCGIS_API_KEY") == "mine"
    del shell


@pytest.mark.parametrize("name", ["", "2nd", "my key", "class", "print", "_", "__name__", 7, None])
def test_names_that_cannot_be_used(shell: InteractiveShell, name: str) -> None:
    """No identifier, a keyword, a builtin, IPython's own: refused before anything is put anywhere."""
    with pytest.raises(FieldError) as caught:
        use(KEY, variable=name)
    assert caught.value.field == "variable"
    assert [*session_keys] == []
    assert "ARCGIS_API_KEY" not in os.environ
    del shell


def test_a_variable_of_the_person_is_never_overwritten(shell: InteractiveShell) -> None:
    """Another value under the name is kept; a key under it is replaced."""
    shell.user_ns["data"] = [1, 2]
    with pytest.raises(FieldError, match="choose another name"):
        use(KEY, variable="data")
    assert shell.user_ns["data"] == [1, 2]
    use(KEY)
    use(ApiKey(KEY[::-1]))
    assert shell.user_ns["arcgis_api_key"] == KEY[::-1]


def test_names_of_the_environment_are_checked() -> None:
    """One text instead of a list, and what no shell could name."""
    with pytest.raises(TypeError, match="a list of names"):
        use(KEY, environ="GIS_KEY")
    for name in ("", "A=B", "1A", "A B"):
        with pytest.raises(FieldError, match="cannot name an environment variable"):
            use(KEY, environ=[name])


def test_without_ipython_there_is_no_variable() -> None:
    """In a script: the environment and the session."""
    put = use(KEY)
    assert put.variable is None
    assert str(put) == "the environment variable ARCGIS_API_KEY, the environment variable ESRI_API_KEY"
    assert str(use(ApiKey(KEY, portal="https://gis.example.com"))) == "this session's keys"


def test_keys_are_kept_by_portal() -> None:
    """One a portal; the newest of all unless one is named."""
    first = ApiKey(KEY, portal="https://gis.example.com/portal")
    use(first)
    use(ApiKey(KEY[::-1]))
    assert current_key() == KEY[::-1]
    assert current_key("https://gis.example.com/anything") is first
    with pytest.raises(KeyWidgetError, match=r"for https://other\.example"):
        current_key("https://other.example")


def test_a_credential_without_a_key_is_told() -> None:
    """Made with generate=False."""
    with pytest.raises(FieldError, match="holds no key"):
        use(credential(None))


def test_verbose_tracebacks_of_our_frames_hold_no_secret(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str], tmp_path
) -> None:
    """`%xmode Verbose` prints the arguments of every frame: passwords, tokens and keys are masked in ours."""
    (tmp_path / "secret").write_text("canary-secret")
    shell.user_ns["read"] = (tmp_path / "secret").read_text
    use(ApiKey("AAPTcanary-key", portal="http://127.0.0.1:9"))
    shell.run_line_magic("xmode", "Verbose")
    lines = [
        "from arcgis_keywidget import *",
        "Portal.connect('http://127.0.0.1:9').sign_in('ada', read())",
        "Portal.connect('http://127.0.0.1:9').sign_in_with_token(read())",
        "fetch_tile('streets', 0, 0, 0, key=read())",
        "read_layer('nothing', key=read())",
        "read_layer('http://127.0.0.1:9/x/FeatureServer/0')",
        "use(read(), variable='class')",
        "use(arcgis_api_key, variable='class')",
    ]
    capsys.readouterr()
    for line in lines:
        shell.run_cell(line)
    printed = "".join(capsys.readouterr())
    assert printed.count("Traceback (most recent call last)") == len(lines) - 1
    assert "cannot be reached" in printed
    assert "canary" not in printed
    shell.run_line_magic("xmode", "Context")
