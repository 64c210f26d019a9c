import { beforeEach, describe, expect, it, vi } from "vitest";
import { AskError } from "../src/form/channel";
import { bound, lookAt, spots, type Tile, TileStore, zoom } from "../src/map/tiles";
import { settle } from "./kernel";

describe("the pyramid of tiles", () => {
  it("has the origin of the map in the middle of the world", () => {
    expect(lookAt(0, 0, 0)).toEqual({ z: 0, x: 128, y: 128 });
    expect(lookAt(-180, 0, 3).x).toBe(0);
  });

  it("goes around the world, not over its edge", () => {
    expect(bound({ z: 1, x: -10, y: -500 }, 200)).toEqual({ z: 1, x: 502, y: 100 });
    expect(bound({ z: 1, x: 522, y: 999 }, 200)).toEqual({ z: 1, x: 10, y: 412 });
  });

  it("covers the picture, across the date line too", () => {
    const seen = spots({ z: 1, x: 0, y: 256 }, 300, 300);
    expect(seen.map(({ x, y, turn }) => `${x}/${y}/${turn}`).sort()).toEqual([
      "0/0/0",
      "0/1/0",
      "1/0/-1",
      "1/1/-1",
    ]);
    expect(seen.every(({ z }) => z === 1)).toBe(true);
  });

  it("names only tiles that exist, whatever is looked at", () => {
    for (let z = 0; z <= 22; z++)
      for (const x of [0, 1, 2 ** z * 256 - 1]) {
        const seen = spots(bound({ z, x, y: 0 }, 260), 900, 260);
        expect(seen.length).toBeGreaterThan(0);
        for (const tile of seen) {
          expect(tile.x).toBeGreaterThanOrEqual(0);
          expect(tile.x).toBeLessThan(2 ** z);
          expect(tile.y).toBeGreaterThanOrEqual(0);
          expect(tile.y).toBeLessThan(2 ** z);
        }
      }
  });

  it("keeps the point under the pointer where it is while zooming", () => {
    const before = { z: 3, x: 1000, y: 900 };
    const after = zoom(before, 1, 260, 40, -30);
    expect([(after.x + 40) / 2, (after.y - 30) / 2]).toEqual([1040, 870]);
    expect(after.z).toBe(4);
  });

  it("zooms no farther than the world fills the picture, nor closer than level 22", () => {
    expect(zoom({ z: 3, x: 0, y: 0 }, -9, 260).z).toBe(1);
    expect(zoom({ z: 17, x: 0, y: 0 }, 9, 260).z).toBe(22);
  });
});

describe("the store of tiles", () => {
  const row = (count: number, z = 9): Tile[] => Array.from({ length: count }, (_, x) => ({ z, x, y: 0 }));
  const revoke = vi.fn();
  let made = 0;

  beforeEach(() => {
    made = 0;
    vi.clearAllMocks();
    vi.stubGlobal("URL", { createObjectURL: () => `blob:${++made}`, revokeObjectURL: revoke });
  });

  it("fetches four at a time", async () => {
    const waiting: (() => void)[] = [];
    const fetch = vi.fn(() => new Promise<Blob>((resolve) => waiting.push(() => resolve(new Blob()))));
    const store = new TileStore(fetch, () => undefined);
    store.want(row(9));
    expect(fetch).toHaveBeenCalledTimes(4);
    waiting[0]?.();
    await settle();
    expect(fetch).toHaveBeenCalledTimes(5);
  });

  it("forgets what is no longer wanted before it is fetched", async () => {
    const asked: number[] = [];
    const store = new TileStore(
      async ({ z }) => new Blob([String(asked.push(z))]),
      () => undefined,
    );
    store.want(row(9, 9));
    store.want(row(2, 3));
    await settle();
    expect(asked).toEqual([9, 9, 9, 9, 3, 3]);
  });

  it("gives memory back: of the oldest beyond 96, and of all when it closes", async () => {
    const store = new TileStore(
      async () => new Blob(),
      () => undefined,
    );
    store.want(row(60, 9));
    for (let turn = 0; turn < 30; turn++) await settle();
    store.want(row(60, 10));
    for (let turn = 0; turn < 30; turn++) await settle();
    expect(made).toBe(120);
    expect(revoke).toHaveBeenCalledTimes(24);
    expect(store.url({ z: 9, x: 0, y: 0 })).toBeUndefined();
    expect(store.url({ z: 10, x: 59, y: 0 })).toBeDefined();
    store.close();
    expect(revoke).toHaveBeenCalledTimes(120);
  });

  it("tells why a tile failed, does not insist, and tries again when told", async () => {
    const fetch = vi.fn(async (): Promise<Blob> => {
      throw new AskError({ title: "403.", hint: "Not granted." });
    });
    const fail = vi.fn();
    const store = new TileStore(fetch, () => undefined, fail);
    store.want(row(1));
    await settle();
    store.want(row(1));
    await settle();
    expect(fail).toHaveBeenCalledWith(expect.objectContaining({ message: "403.", hint: "Not granted." }));
    expect(fetch).toHaveBeenCalledTimes(1);
    store.retry();
    expect(fetch).toHaveBeenCalledTimes(2);
  });
});
