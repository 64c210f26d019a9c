import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PictureMap } from "../../src/map/view/picture-map";
import { layOut, settle, Wire } from "./wire";

describe("the map of pictures", () => {
  const ear = { drawn: vi.fn(), failed: vi.fn(), restored: vi.fn(), picked: vi.fn(), zoomed: vi.fn() };
  const revoke = vi.fn();
  let wire: Wire;
  let map: PictureMap;

  beforeEach(() => {
    layOut();
    vi.stubGlobal("URL", { createObjectURL: () => "blob:tile", revokeObjectURL: revoke });
    wire = new Wire();
    map = new PictureMap(wire, ear);
    document.body.replaceChildren(map.element);
    map.begin({ center: [12, 44], zoom: 2 });
    map.show({ number: 3, mode: "pictures", credit: "Somebody", document: {} });
  });

  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    vi.clearAllMocks();
  });

  const surface = () => map.element.querySelector('[role="region"]') as HTMLElement;
  const tile = () => map.element.querySelector(".akwm-tile") as HTMLElement;
  const key = (name: string) =>
    surface().dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
  const answerAll = async () => {
    for (let index = 0; index < wire.asked.length; index++) {
      await wire.asked[index]?.answer({ type: "image/png" }, "PNG");
      await settle();
    }
  };

  it("asks for tiles by the style's number, and credits them", () => {
    expect(wire.of("tile")).toHaveLength(4);
    expect(wire.of("tile")[0]?.body).toMatchObject({ number: 3, source: "pictures", z: 3 });
    expect(map.element.textContent).toContain("Somebody");
  });

  it("tells when everything that is seen is there", async () => {
    expect(ear.drawn).not.toHaveBeenCalled();
    await answerAll();
    expect(ear.drawn).toHaveBeenCalledTimes(1);
  });

  it("moves and zooms by keys, and takes no others", () => {
    const before = tile().style.transform;
    expect(key("ArrowRight")).toBe(false);
    expect(tile().style.transform).not.toBe(before);
    expect(key("+")).toBe(false);
    expect(ear.zoomed).toHaveBeenCalledWith(3);
    expect(key("a")).toBe(true);
  });

  it("leaves the plain wheel to the page and zooms with Ctrl", () => {
    const turn = (ctrlKey: boolean) => {
      const event = new WheelEvent("wheel", { deltaY: -1, cancelable: true });
      // happy-dom's wheel event takes neither modifier keys nor places
      Object.defineProperties(event, {
        ctrlKey: { value: ctrlKey },
        clientX: { value: 9 },
        clientY: { value: 9 },
      });
      surface().dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(turn(false)).toBe(false);
    expect(turn(true)).toBe(true);
  });

  it("tells what failed, and asks again when told", async () => {
    await wire.last("tile").refuse("403.", "Not granted.");
    expect(ear.failed).toHaveBeenCalledWith(expect.objectContaining({ message: "403." }));
    const asked = wire.asked.length;
    map.retry();
    await answerAll();
    expect(wire.asked.length).toBeGreaterThan(asked);
    expect(ear.drawn).toHaveBeenCalledTimes(1);
  });

  it("goes to the bounds of a layer", async () => {
    map.fit([10, 50, 11, 51]);
    await settle();
    expect(ear.zoomed.mock.calls.at(-1)?.[0]).toBeGreaterThan(5);
  });

  it("gives its pictures back when it is closed", async () => {
    await wire.asked[0]?.answer({ type: "image/png" }, "PNG");
    map.close();
    expect(revoke).toHaveBeenCalledWith("blob:tile");
  });
});
