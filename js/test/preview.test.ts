import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeState, type Opened, open, RESULT, settle } from "./kernel";

const SHELF = Symbol.for("arcgis-keywidget.map-code");
const ready = (preview: object) => makeState("ready", { result: { ...RESULT, preview } });
const STREETS = { style: "arcgis/streets", attribution: "Powered by Esri", map: true };

describe("the preview", () => {
  const revoke = vi.fn();
  let map: Opened;

  beforeEach(async () => {
    vi.stubGlobal("URL", { createObjectURL: () => "blob:tile", revokeObjectURL: revoke });
    delete (globalThis as { [SHELF]?: unknown })[SHELF];
    map = await open(ready(STREETS));
  });

  afterEach(() => {
    vi.unstubAllGlobals();
    vi.clearAllMocks();
  });

  const painted = () =>
    [...map.root.querySelectorAll<HTMLElement>(".akw-tile")].filter((tile) => tile.style.backgroundImage);

  it("asks for the tiles of one still picture, the middle first, and credits them", () => {
    const asked = map.kernel.asked("tile");
    expect(asked).toHaveLength(8);
    expect(asked[0]).toMatchObject({ style: "arcgis/streets", z: 3, x: 4, y: 2 });
    expect(map.root.textContent).toContain("Powered by Esri");
  });

  it("paints a tile when it comes, and gives its memory back when the step is left", async () => {
    expect(painted()).toHaveLength(0);
    await map.kernel.answer("tile", {}, "PNG");
    expect(painted()).toHaveLength(1);
    map.kernel.push(makeState("signed-in", { revision: 2 }));
    expect(revoke.mock.calls[0]?.[0]).toBe("blob:tile");
  });

  it("says why it cannot be drawn, and tries again", async () => {
    for (const { id } of map.kernel.asked("tile"))
      map.kernel.say({ kind: "answer", re: id, ok: false, error: { title: "403.", hint: "Not granted." } });
    await settle();
    expect(map.find(".akw-map-trouble").textContent).toContain("could not be drawn: 403. Not granted.");
    map.press("Try again");
    expect(map.kernel.asked("tile")).toHaveLength(16);
    expect(map.find(".akw-map-trouble").hidden).toBe(true);
  });

  it("asks for the map's code only when the map is opened", async () => {
    expect(map.kernel.asked("map")).toHaveLength(0);
    map.press("Open map");
    await settle();
    expect(map.kernel.asked("map")).toHaveLength(1);
    expect(map.kernel.asked("map")[0]?.ask).toMatchObject({ kind: "code", part: "view" });
    expect(map.root.querySelector(".akw-still")).toBeNull();
  });

  it("says why the map cannot come, and tries again", async () => {
    map.press("Open map");
    await settle();
    await map.kernel.refuse("map", "The page of the map is not built.", "Run make install.");
    await settle();
    expect(map.find(".akwm-failure").textContent).toContain("is not built. Run make install.");
    map.press("Try again");
    await settle();
    expect(map.kernel.asked("map")).toHaveLength(2);
  });

  it("offers the map alone where there are no pictures, and nothing where the key opens no basemaps", async () => {
    const vector = await open(ready({ map: true }));
    expect(vector.find(".akw-no-map").textContent).toContain("Open the map");
    expect(vector.press("Open map")).toBeTruthy();
    const none = await open(ready({ reason: "This key does not open them." }));
    expect(none.root.textContent).toContain("This key does not open them.");
    expect(none.root.textContent).not.toContain("Open map");
  });
});
