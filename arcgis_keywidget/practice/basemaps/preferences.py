"""What a map may be asked for: languages, worldviews and places, and the families of styles.

Codes as Esri's pages on the basemap services list them. Pictures know each place by one name; vector styles
write many names in German, Spanish and French too. Each border is in one place, whatever the worldview.
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
STRATEGIES: Mapping[str, str] = MappingProxyType({"global": "Global", "local": "Local"})
"""What the vector styles take besides a language: the usual names, or those of the places themselves."""
WORLDVIEWS: Mapping[str, str] = MappingProxyType({"unitedStatesOfAmerica": "United States of America"})
PLACES: Mapping[str, str] = MappingProxyType({"none": "None", "attributed": "Attributed", "all": "All"})
FAMILIES: Mapping[str, str] = MappingProxyType({"arcgis": "ArcGIS", "open": "Open"})


def list_codes(names: Mapping[str, str]) -> list[dict[str, str]]:
    """Codes and their names, as the services' lists have them."""
    return [{"name": name, "code": code} for code, name in names.items()]
