"""Requests that no client means: the basemap services answer them with an error of their own, never a 500."""

from __future__ import annotations

from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SERVICES = "/arcgis/rest/services"
SHAPES = [
    f"{SERVICES}/World_Basemap_v2/VectorTileServer/tile/{{}}/{{}}/{{}}.pbf",
    f"{SERVICES}/World_Basemap_v2/VectorTileServer/resources/fonts/{{}}/{{}}-{{}}.pbf",
    f"{SERVICES}/World_Basemap_v2/VectorTileServer/resources/sprites/{{}}{{}}.{{}}",
    f"{SERVICES}/World_Imagery/MapServer/tile/{{}}/{{}}/{{}}",
    f"{SERVICES}/styles/v2/styles/{{}}/{{}}/{{}}",
    f"{SERVICES}/styles/v2/webmaps/{{}}/{{}}?language={{}}",
    f"{SERVICES}/styles/v2/styles/arcgis/streets?places={{}}&worldview={{}}&echoToken={{}}",
    f"{SERVICES}/styles/v2/styles/items/{{}}?x={{}}{{}}",
    f"{SERVICES}/styles/v2/thumbnails/{{}}/{{}}.png?x={{}}",
    f"{SERVICES}/styles/v2/sessions/start?styleFamily={{}}&durationSeconds={{}}&f={{}}",
]
WORDS = st.one_of(
    st.integers(-3, 25).map(str),
    st.sampled_from(
        ["arcgis", "open", "streets", "sprite", "json", "255", "..", "%00", "1_0", "٣", "9" * 5000]
    ),
    st.text(max_size=6).map(lambda text: quote(text, safe="")),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(SHAPES), st.tuples(WORDS, WORDS, WORDS))
async def test_nothing_breaks(keyed, shape, words):
    """Any words in any place: a good answer, or a refusal with its code."""
    path = shape.format(*words)
    reply = await keyed.get(path, key="", headers={"X-Esri-Authorization": f"Bearer {keyed.key}"})
    assert reply.status_code in {200, 400, 403, 404}, path
    if reply.status_code != 200 and reply.headers["content-type"].startswith("application/json"):
        assert reply.json()["error"]["code"] == reply.status_code
