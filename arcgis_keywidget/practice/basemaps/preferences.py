"""Languages and worldviews that a map may be asked for.

Codes as Esri's pages on the basemap services list them. The practice world knows each place by one name and
each border in one place, so that a preference is checked, and makes no difference to the picture.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "ar": "Arabic",
        "bg": "Bulgarian",
        "bs": "Bosnian",
        "ca": "Catalan",
        "cs": "Czech",
        "da": "Danish",
        "de": "German",
        "el": "Greek",
        "en": "English",
        "es": "Spanish",
        "et": "Estonian",
        "fi": "Finnish",
        "fr": "French",
        "he": "Hebrew",
        "hr": "Croatian",
        "hu": "Hungarian",
        "id": "Indonesian",
        "it": "Italian",
        "ja": "Japanese",
        "ko": "Korean",
        "lt": "Lithuanian",
        "lv": "Latvian",
        "nb": "Norwegian",
        "nl": "Dutch",
        "pl": "Polish",
        "pt-BR": "Portuguese (Brazil)",
        "pt-PT": "Portuguese (Portugal)",
        "ro": "Romanian",
        "ru": "Russian",
        "sk": "Slovak",
        "sl": "Slovenian",
        "sr": "Serbian",
        "sv": "Swedish",
        "th": "Thai",
        "tr": "Turkish",
        "uk": "Ukrainian",
        "vi": "Vietnamese",
        "zh-CN": "Chinese (China)",
        "zh-HK": "Chinese (Hong Kong)",
        "zh-TW": "Chinese (Taiwan)",
    }
)
WORLDVIEWS: Mapping[str, str] = MappingProxyType({"unitedStatesOfAmerica": "United States of America"})


def list_codes(names: Mapping[str, str]) -> list[dict[str, str]]:
    """Codes and their names, as the services' lists have them."""
    return [{"name": name, "code": code} for code, name in names.items()]
