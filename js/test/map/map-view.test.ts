import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MapView } from "../../src/map/view/map-view";
import { layOut, settle, Wire } from "./wire";

const STYLE = { name: "arcgis/light-gray", title: "Light gray", group: "", vector: true, raster: true };
const BEGINNING = { styles: [STYLE], style: STYLE.name, center: null, zoom: null, layer: true };
const ROWS = JSON.stringify({ type: "Point", coordinates: [12, 44] });

describe("the map and what stands around it", () => {
  let wire: Wire;
  let map: MapView;

  beforeEach(() => {
    layOut();
    wire = new Wire();
    map = new MapView(wire, BEGINNING, null);
    document.body.replaceChildren(map.element);
    map.begin();
  });

  afterEach(() => {
    map.close();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  const told = () =>
    [...map.element.querySelectorAll<HTMLElement>('[role="alert"]')]
      .filter((alert) => !alert.hidden)
      .map((alert) => alert.querySelector("p")?.textContent);
  const openStyle = () => wire.last("style").answer({ number: 1, mode: "pictures", credit: "" }, "{}");
  const LAYER = "The layer could not be drawn. Not granted. Make a key that names it.";

  it("goes on telling of a layer that was refused before the basemap came", async () => {
    await wire.last("layer").refuse("Not granted.", "Make a key that names it.");
    await openStyle();
    expect(told()).toEqual([LAYER]);
  });

  it("tells of basemap and layer side by side, and tries each again by itself", async () => {
    await wire.last("layer").refuse("Not granted.", "Make a key that names it.");
    await wire.last("style").refuse("403.", "Not allowed.");
    expect(told()).toEqual(["The basemap could not be drawn. 403. Not allowed.", LAYER]);
    map.element.querySelectorAll<HTMLElement>('[role="alert"] button')[1]?.click();
    await settle();
    expect(told()).toEqual(["The basemap could not be drawn. 403. Not allowed."]);
    await wire.last("layer").answer({ more: false }, ROWS);
    expect(wire.of("layer")).toHaveLength(2);
    expect(wire.of("style")).toHaveLength(1);
    expect(map.element.querySelector(".akwm-layered")).not.toBeNull();
  });
});
