"""Settings from real files of Jupyter and IPython and from the environment: which counts, and where from."""

from __future__ import annotations

import json

from arcgis_keywidget.config import FormConfig, Source, read_config, read_files, sources


def test_files_of_jupyter_are_read_in_their_order(jupyter) -> None:
    """A part in jupyter_config.d, then the file of Python, then that of JSON; each setting knows its file."""
    part = jupyter("jupyter_config.d/ours.json", json.dumps({"KeyForm": {"folder": "part", "max_days": 1}}))
    python = jupyter("jupyter_config.py", "c.KeyForm.max_days = 2\nc.KeyForm.client_id = 'python'")
    whole = jupyter("jupyter_config.json", json.dumps({"KeyForm": {"client_id": "json"}}))
    config = read_config()
    assert (config.folder, config.max_days, config.client_id) == ("part", 2, "json")
    assert [config.source(name).place for name in ("folder", "max_days", "client_id")] == [
        str(part),
        str(python),
        str(whole),
    ]
    assert config.source("tags") == Source()
    assert config.problems == []


def test_ipython_counts_more_than_jupyter_and_the_environment_more_than_both(
    jupyter, ipython, monkeypatch
) -> None:
    """The first place of the documented order that has a setting."""
    jupyter("jupyter_config.py", "c.KeyForm.folder = c.KeyForm.client_id = c.KeyForm.portal = 'jupyter'")
    kernel = ipython("ipython_kernel_config.py", "c.KeyForm.client_id = 'kernel'")
    ipython("ipython_config.py", "c.KeyForm.client_id = c.KeyForm.portal = 'ipython'")
    monkeypatch.setenv("ARCGIS_KEYWIDGET_PORTAL", "environment")
    monkeypatch.setenv("ARCGIS_CLIENT", "fallback")
    config = read_files()
    assert (config.folder, config.client_id, config.portal) == ("jupyter", "kernel", "environment")
    assert config.source("client_id") == Source("ipython", str(kernel))
    assert config.source("portal") == Source("environment", "ARCGIS_KEYWIDGET_PORTAL")


def test_a_script_reads_no_file_of_ipython(ipython) -> None:
    """Only a kernel has read those."""
    ipython("ipython_config.py", "c.KeyForm.folder = 'ipython'")
    assert read_config().folder == ""


def test_a_list_is_added_to_across_files(jupyter, ipython) -> None:
    """A person's file may append to the list of the administrator's; reading twice gives the same."""
    jupyter("jupyter_config.py", "c.KeyForm.tags = ['house']")
    ipython("ipython_config.py", "c.KeyForm.tags.append('mine')")
    assert [read_files().tags for _ in range(2)] == [["house", "mine"]] * 2


def test_a_bad_setting_leaves_that_of_the_next_place(jupyter, ipython) -> None:
    """It is told with its file, and the good one of the administrator stands."""
    jupyter("jupyter_config.py", "c.KeyForm.max_days = 30")
    bad = ipython("ipython_config.py", "c.KeyForm.max_days = 400\nc.KeyForm.folder = 'Class'")
    config = read_files()
    assert (config.max_days, config.folder) == (30, "Class")
    assert config.problems == [
        f"c.KeyForm.max_days is left out ({bad}). It must be a whole number of days, 1 to 365."
    ]


def test_a_file_that_fails_is_told_and_the_others_count(jupyter, ipython) -> None:
    """By its path and line, not by its own words, which may hold anything."""
    broken = jupyter("jupyter_config.py", "x = 1\nc.KeyForm.folder = = 'canary'")
    leaves = ipython("ipython_config.py", "raise SystemExit('canary')")
    jupyter("jupyter_config.json", json.dumps({"KeyForm": {"folder": "Class"}}))
    config = read_files()
    assert config.folder == "Class"
    assert config.problems == [
        f"{broken} cannot be read (SyntaxError, line 2).",
        f"{leaves} cannot be read (SystemExit).",
    ]


def test_a_file_is_run_again_only_when_it_has_changed(jupyter, tmp_path) -> None:
    """A file may do other things than to set something; each form reads the settings anew."""
    runs = tmp_path / "runs"
    count = f"with open({str(runs)!r}, 'a') as file:\n    file.write('x')\n"
    jupyter("jupyter_config.py", count + "c.KeyForm.folder = 'one'")
    assert [read_config().folder for _ in range(3)] == ["one"] * 3
    jupyter("jupyter_config.py", count + "c.KeyForm.folder = 'two more'")
    assert read_config().folder == "two more"
    assert runs.read_text() == "xx"


def test_without_jupyter_and_ipython_there_is_the_environment(jupyter, ipython, monkeypatch) -> None:
    """As in a script of a small installation."""
    jupyter("jupyter_config.py", "c.KeyForm.folder = 'jupyter'")
    ipython("ipython_config.py", "c.KeyForm.folder = 'ipython'")
    monkeypatch.setattr(sources, "find_spec", lambda _: None)
    monkeypatch.setenv("ARCGIS_KEYWIDGET_TAGS", "ours")
    config = read_files()
    assert (config.folder, config.tags) == ("", ["ours"])


def test_files_without_the_section_say_nothing(jupyter) -> None:
    """Those of other programs stay theirs."""
    jupyter("jupyter_config.py", "c.ServerApp.port = 7")
    jupyter("jupyter_config.d/half.json", "[]")
    config = read_config()
    assert {str(config.source(name)) for name in FormConfig.class_trait_names(config=True)} == {"default"}
