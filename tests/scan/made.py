"""Keys, and notebooks to plant them in."""

from __future__ import annotations

import base64
import copy
import json
import random
import string

import nbformat

URL_SAFE = string.ascii_letters + string.digits + "-_"


def make_key(seed: int, slot: int = 1, size: int = 240) -> str:
    """A key as the practice portal's, or as a real one's, which has no such word."""
    chance = random.Random(seed)  # noqa: S311 (made up, and the same each time)
    start = "AAPTpractice" if seed % 2 else "AAPTxy8B"
    body = "".join(chance.choices(URL_SAFE, k=size))
    end = "".join(chance.choices(string.ascii_letters + string.digits, k=8))
    return f"{start}{body}{'.' * (1 + seed % 2)}AT{slot}_{end}"


def make_legacy_key(seed: int) -> str:
    """A key of the kind that ended in 2026."""
    chance = random.Random(seed)  # noqa: S311 (made up, and the same each time)
    return f"AAPK{chance.randbytes(16).hex()}{''.join(chance.choices(URL_SAFE, k=64))}"


def picture(seed: int, size: int = 3000) -> str:
    """Base64 as in a notebook's pictures."""
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + random.Random(seed).randbytes(size)).decode()  # noqa: S311 (made up, and the same each time)


def pack(text: str) -> str:
    """Base64 of a text."""
    return base64.b64encode(text.encode()).decode()


NOTEBOOK = {
    "cells": [
        {
            "attachments": {"note.txt": {"text/plain": "{packed}"}, "map.png": {"image/png": picture(1)}},
            "cell_type": "markdown",
            "id": "a1",
            "metadata": {"tags": ["a {tag}"]},
            "source": ["# Straße, 地図\n", "See {markdown}."],
        },
        {
            "cell_type": "code",
            "execution_count": 1,
            "id": "b2",
            "metadata": {"note": {"deep": [0, {"x": "{cell metadata}"}]}},
            "outputs": [
                {"name": "stdout", "output_type": "stream", "text": ["one\n", "{stream}\n", "three"]},
                {
                    "data": {
                        "application/json": {"list": [1.50, 2e3, "{json}"], "t": True},
                        "image/png": picture(2),
                        "text/html": ["<a href='https://x.test/?token={html}&amp;f=json'>\n", "</a>"],
                        "text/plain": ["'ok'"],
                    },
                    "execution_count": 1,
                    "metadata": {"application/json": {"shown": "{output metadata}"}},
                    "output_type": "execute_result",
                },
                {
                    "ename": "ValueError",
                    "evalue": "{evalue}",
                    "output_type": "error",
                    "traceback": ["\x1b[31m---\x1b[39m", 'File, line 1\n\x1b[38;5;124mf("{traceback}")'],
                },
            ],
            "source": ['key = "{source}"\n', "print(key)"],
        },
    ],
    "metadata": {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "title": "{notebook metadata}",
        "widgets": {
            "application/vnd.jupyter.widget-state+json": {
                "state": {"m1": {"model_name": "TextModel", "state": {"value": "{widget}"}}},
                "version_major": 2,
                "version_minor": 0,
            }
        },
    },
    "nbformat": 4,
    "nbformat_minor": 5,
}
"""Each {name} is a place for a key."""

PLACES = {
    "packed": "cell 1, attachment",
    "tag": "cell 1, metadata",
    "markdown": "cell 1, source",
    "cell metadata": "cell 2, metadata",
    "stream": "cell 2, output 1 (stream)",
    "json": "cell 2, output 2 (application/json)",
    "html": "cell 2, output 2 (text/html)",
    "output metadata": "cell 2, output 2 (metadata)",
    "evalue": "cell 2, output 3 (error)",
    "traceback": "cell 2, output 3 (error)",
    "source": "cell 2, source",
    "notebook metadata": "notebook metadata",
    "widget": "widget state",
}


def fill(keys: dict[str, str] | None = None) -> dict:
    """A notebook with keys at some of its places, nothing at the others."""

    def filled(value: object) -> object:
        if isinstance(value, str):
            words = {name: (keys or {}).get(name, "") for name in PLACES if f"{{{name}}}" in value}
            for name, word in words.items():
                value = value.replace(f"{{{name}}}", pack(f"note {word}") if name == "packed" else word)
            return value
        if isinstance(value, list):
            return [filled(one) for one in value]
        if isinstance(value, dict):
            return {name: filled(one) for name, one in value.items()}
        return value

    return filled(copy.deepcopy(NOTEBOOK))


def write(path, notebook: dict, **style):
    """Write a notebook, as Jupyter does unless told otherwise."""
    style = {"indent": 1, "ensure_ascii": False} | style
    path.write_bytes((json.dumps(notebook, **style) + "\n").encode())
    return path


def is_valid(path) -> bool:
    """Whether nbformat accepts a notebook."""
    nbformat.validate(nbformat.reads(path.read_text(encoding="utf-8"), as_version=4))
    return True
