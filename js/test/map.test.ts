import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeState, type Opened, open, RESULT, settle } from "./kernel";

const preview = { style: "arcgis/streets", attribution: "Powered by Esri" };
const ready = () => makeState("ready", { result: { ...RESULT, preview } });

describe("the preview", () => {
  let resized: () => void;
  let map: Opened;
  const revoke = vi.fn();

  beforeEach(async () => {
    vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(300);
    vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(260);
    vi.stubGlobal("URL", { createObjectURL: () => "blob:tile", revokeObjectURL: revoke });
    class Observer {
      constructor(tell: () => void) {
        resized = tell;
      }
      observe = () => resized();
      disconnect = vi.fn();
    }
    vi.stubGlobal("ResizeObserver", Observer);
    map = await open(ready());
  });

  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  const key = (name: string) =>
    map
      .find('[role="application"]')
      .dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));

  it("asks the kernel for tiles, four at a time, and credits them", () => {
    expect(map.kernel.asked("tile")).toHaveLength(4);
    expect(map.kernel.asked("tile")[0]).toMatchObject({ style: "arcgis/streets", z: 3 });
    expect(map.root.textContent).toContain("Powered by Esri");
  });

  it("draws a tile when it comes", async () => {
    expect(map.root.querySelectorAll(".akw-tile:not(.akw-loading)")).toHaveLength(0);
    await map.kernel.answer("tile", {}, "PNG");
    expect(map.root.querySelectorAll(".akw-tile:not(.akw-loading)")).toHaveLength(1);
  });

  it("moves and zooms by keys, and takes no others", async () => {
    const before = map.find(".akw-tile").style.transform;
    expect(key("ArrowRight")).toBe(false);
    expect(map.find(".akw-tile").style.transform).not.toBe(before);
    key("+");
    await map.kernel.answer("tile", {}, "PNG");
    expect(map.kernel.asked("tile").at(-1)?.z).toBe(4);
    expect(key("a")).toBe(true);
  });

  it("leaves the plain wheel to the page and zooms with Ctrl", async () => {
    const turn = (ctrlKey: boolean) => {
      const event = new WheelEvent("wheel", { deltaY: -1, cancelable: true });
      // happy-dom's wheel event takes neither modifier keys nor places
      Object.defineProperties(event, {
        ctrlKey: { value: ctrlKey },
        clientX: { value: 9 },
        clientY: { value: 9 },
      });
      map.find('[role="application"]').dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(turn(false)).toBe(false);
    expect(turn(true)).toBe(true);
    await map.kernel.answer("tile", {}, "PNG");
    expect(map.kernel.asked("tile").at(-1)?.z).toBe(4);
  });

  it("says why it cannot be drawn, and tries again", async () => {
    for (const { id } of map.kernel.asked("tile"))
      map.kernel.say({ kind: "answer", re: id, ok: false, error: { title: "403.", hint: "" } });
    await settle();
    expect(map.find('[role="alert"].akw-map-trouble').textContent).toContain("could not be drawn: 403.");
    const asked = map.kernel.asked("tile").length;
    map.press("Try again");
    expect(map.kernel.asked("tile").length).toBeGreaterThan(asked);
    expect(map.find(".akw-map-trouble").hidden).toBe(true);
  });

  it("gives its pictures back when the step is left", async () => {
    await map.kernel.answer("tile", {}, "PNG");
    map.kernel.push(makeState("signed-in", { revision: 2 }));
    expect(revoke).toHaveBeenCalledWith("blob:tile");
  });
});
