"""What people write, a cell a library: it leaves what `basemap` gave in `made`, and shows a map in the end.

The maps show Europe, Africa and western Asia, at the same scale where the library has one.
"""

from __future__ import annotations

FRAME = """import geopandas

places = geopandas.GeoDataFrame(
    {"name": ["Cairo", "Rome"]},
    geometry=geopandas.points_from_xy([31.2, 12.5], [30.0, 41.9]),
    crs="EPSG:4326",
)
"""
AXES = """import matplotlib
import matplotlib.pyplot as plt

figure, axes = plt.subplots(figsize=(7, 5), layout="constrained")
axes.set(xlim=(-3e6, 7e6), ylim=(-1e6, 6e6))
"""
SNIPPETS = {
    "ipyleaflet": """import ipyleaflet

made = basemap(STYLE, to="ipyleaflet", **GIVEN)
ipyleaflet.Map(basemap=made, center=(25, 20), zoom=3)""",
    "leafmap": """import leafmap

map = leafmap.Map(center=(25, 20), zoom=3, draw_control=False)
made = basemap(STYLE, to=map, **GIVEN)
map""",
    "folium": """import folium

made = basemap(STYLE, to="folium", **GIVEN)
folium.Map(tiles=made, location=(25, 20), zoom_start=3)""",
    "explore": f"""{FRAME}
made = basemap(STYLE, to="explore", **GIVEN)
places.explore(tiles=made, location=(25, 20), zoom_start=3)""",
    "maplibre": """from maplibre import MapOptions
from maplibre.ipywidget import MapWidget

made = basemap(STYLE, to="maplibre", **GIVEN)
MapWidget(MapOptions(style=made, center=(20, 25), zoom=2))""",
    "lonboard": f"""{FRAME}
import lonboard

made = basemap(STYLE, to="lonboard", **GIVEN)
layer = lonboard.ScatterplotLayer.from_geopandas(places, get_radius=9, radius_units="pixels")
lonboard.Map(layer, basemap=made, view_state={{"longitude": 20, "latitude": 25, "zoom": 2}})""",
    "pydeck": """import pydeck

made = basemap(STYLE, to="pydeck", **GIVEN)
pydeck.Deck(initial_view_state=pydeck.ViewState(longitude=20, latitude=25, zoom=2), **made)""",
    "plotly": """import plotly.graph_objects as go
import plotly.io

plotly.io.renderers.default = "notebook"
figure = go.Figure(go.Scattermap(lon=[31.2, 12.5], lat=[30.0, 41.9], mode="markers", marker={"size": 12}))
made = basemap(STYLE, to="plotly", **GIVEN)
figure.update_layout(**made, map_center={"lon": 20, "lat": 25}, map_zoom=2, margin=dict.fromkeys("lrtb", 0))
figure.show()""",
    "bokeh": """from bokeh.io import output_notebook, show
from bokeh.plotting import figure
from bokeh.resources import INLINE

output_notebook(INLINE, hide_banner=True)
made = basemap(STYLE, to="bokeh", **GIVEN)
plot = figure(
    x_range=(-3e6, 7e6), y_range=(-1e6, 6e6),
    x_axis_type="mercator", y_axis_type="mercator",
    width=700, height=490,
)
plot.add_tile(made)
plot.scatter([3473000, 1391000], [3503000, 5146000], size=10, color="black")
show(plot)""",
    "hvplot": """import pandas
import hvplot.pandas

made = basemap(STYLE, to="hvplot", **GIVEN)
frame = pandas.DataFrame({"lon": [-25, 62, 31.2, 12.5], "lat": [-8, 47, 30.0, 41.9]})
frame.hvplot.points("lon", "lat", tiles=made, color="black", size=60, width=700, height=490)""",
    "xyz": """made = basemap(STYLE, to="xyz", **GIVEN)
made""",
    "contextily": f"""import contextily

{AXES}
made = basemap(STYLE, to="contextily", **GIVEN)
contextily.add_basemap(axes, source=made)""",
    "matplotlib": f"""{AXES}
axes.plot([3473000, 1391000], [3503000, 5146000], "ko")
made = basemap(STYLE, to=axes, **GIVEN)""",
    "cartopy": """import cartopy.crs as ccrs
import matplotlib.pyplot as plt

made = basemap(STYLE, to="cartopy", **GIVEN)
figure, axes = plt.subplots(figsize=(7, 5), subplot_kw={"projection": made.crs}, layout="constrained")
axes.set_extent((-27, 63, -9, 47), crs=ccrs.PlateCarree())
axes.add_image(made, 3)""",
}
