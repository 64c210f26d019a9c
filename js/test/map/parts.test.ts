import { describe, expect, it } from "vitest";
import { Parts, read } from "../../src/map/view/parts";
import { settle, Wire } from "./wire";

describe("addresses of parts", () => {
  it("name a part, never a place", () => {
    expect(read("akw-3://7/tiles/esri/4/3/2.pbf")).toEqual({
      kind: "tile",
      body: { number: 7, source: "esri", z: 4, x: 3, y: 2 },
    });
    expect(read("akw://7/glyphs/Arial%20Bold,Noto/0-255.pbf")).toEqual({
      kind: "glyphs",
      body: { number: 7, fontstack: "Arial Bold,Noto", range: "0-255" },
    });
    expect(read("akw://1/sprite@2x.json")).toEqual({
      kind: "sprite",
      body: { number: 1, name: "sprite@2x.json" },
    });
  });

  it("of anywhere else are none", () => {
    for (const url of [
      "https://example.com/tiles/a/1/0/0.pbf",
      "akw://x/sprite.json",
      "akw://1/sprite.svg",
      "akw://1/",
    ])
      expect(read(url)).toBeNull();
  });
});

describe("parts", () => {
  const question = { kind: "tile", body: { z: 0 } };

  it("come as their bytes alone", async () => {
    const wire = new Wire();
    const asked = new Parts(wire).fetch(question, new AbortController().signal);
    await wire.last("tile").answer({}, "PBF");
    expect(new TextDecoder().decode(await asked)).toBe("PBF");
  });

  it("are asked for twelve at a time, and not at all when nobody waits any more", async () => {
    const wire = new Wire();
    const parts = new Parts(wire);
    const [stays, leaves] = [new AbortController(), new AbortController()];
    for (let index = 0; index < 12; index++) void parts.fetch(question, stays.signal).catch(() => {});
    const left = expect(parts.fetch(question, leaves.signal)).rejects.toThrow();
    void parts.fetch(question, stays.signal).catch(() => {});
    expect(wire.asked).toHaveLength(12);
    leaves.abort();
    await left;
    await wire.asked[0]?.answer({}, "PBF");
    await settle();
    expect(wire.asked).toHaveLength(13);
    expect(wire.asked.every(({ signal }) => signal === stays.signal)).toBe(true);
  });
});
