"""Libraries that draw vector styles with MapLibre: maplibre, lonboard, pydeck, plotly.

The style's sources carry the credits, and MapLibre shows them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arcgis_keywidget.errors import FieldError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from arcgis_keywidget.maps.basemap import Wish


def make_address(wish: Wish, _: Any, options: Mapping[str, Any]) -> str:  # noqa: ANN401 (a module)
    """Return the address of a style, as MapOptions of maplibre takes it."""
    if options:
        raise FieldError(next(iter(options)), "The address of a style takes no further options.")
    return wish.vector()


def make_lonboard(wish: Wish, module: Any, options: Mapping[str, Any]) -> Any:  # noqa: ANN401 (its MaplibreBasemap)
    """Return a MaplibreBasemap."""
    return module.MaplibreBasemap(style=wish.vector(), **options)


def make_deck(wish: Wish, _: Any, options: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401 (a module)
    """Return keyword arguments of a Deck; only its provider maplibre draws styles of any server."""
    return {"map_provider": "maplibre", "map_style": wish.vector(), **options}


def make_layout(wish: Wish, _: Any, options: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401 (a module)
    """Return a part of a figure's layout: its maps are drawn in tiles of 256 px otherwise."""
    return {"map": {"style": wish.vector(), **options}}


MAKERS: Mapping[str, Callable[[Wish, Any, Mapping[str, Any]], Any]] = {
    "maplibre": make_address,
    "lonboard": make_lonboard,
    "pydeck": make_deck,
    "plotly": make_layout,
}


def put_on(target: Any, wish: Wish, module: Any, options: Mapping[str, Any]) -> Any:  # noqa: ANN401 (a map of theirs)
    """Put the basemap beneath what a map shows; return what it was given."""
    made = MAKERS[wish.library.name](wish, module, options)
    if wish.library.name == "maplibre" and hasattr(target, "map_options"):
        target.map_options = {**target.map_options, "style": made}
    elif wish.library.name == "lonboard" and target.has_trait("basemap"):
        target.basemap = made
    elif wish.library.name == "pydeck" and hasattr(target, "map_style"):
        for name, value in made.items():
            setattr(target, name, value)
    elif wish.library.name == "plotly" and hasattr(target, "update_layout"):
        target.update_layout(**made)
    return made
