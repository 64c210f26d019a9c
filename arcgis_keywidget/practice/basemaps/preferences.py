"""What a style can be asked for: the codes of families, languages, worldviews and places, with their names.

The documented codes of Basemap Styles v2; a catalogue of texts.
"""

from __future__ import annotations

FAMILIES = {"arcgis": "ArcGIS", "open": "Open"}
LANGUAGES = {
    "global": "Global",
    "local": "Local",
    "ar": "Arabic",
    "bs": "Bosnian",
    "bg": "Bulgarian",
    "ca": "Catalan",
    "zh-HK": "Chinese (Hong Kong)",
    "zh-CN": "Chinese (Simplified)",
    "zh-TW": "Chinese (Taiwan)",
    "hr": "Croatian",
    "cs": "Czech",
    "da": "Danish",
    "nl": "Dutch",
    "en": "English",
    "et": "Estonian",
    "fi": "Finnish",
    "fr": "French",
    "de": "German",
    "el": "Greek",
    "he": "Hebrew",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lv": "Latvian",
    "lt": "Lithuanian",
    "nb": "Norwegian",
    "pl": "Polish",
    "pt-BR": "Portuguese (Brazil)",
    "pt-PT": "Portuguese (Portugal)",
    "ro": "Romanian",
    "ru": "Russian",
    "sr": "Serbian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "es": "Spanish",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
}
"""The practice names are English, many also German, Spanish and French; else they stay as they are."""
WORLDVIEWS = {
    "china": "China",
    "india": "India",
    "israel": "Israel",
    "japan": "Japan",
    "morocco": "Morocco",
    "pakistan": "Pakistan",
    "southKorea": "South Korea",
    "unitedArabEmirates": "United Arab Emirates",
    "unitedStatesOfAmerica": "United States of America",
    "vietnam": "Vietnam",
}
"""The practice borders are the same in each."""
PLACES = {"none": "None", "attributed": "Attributed", "all": "All"}
