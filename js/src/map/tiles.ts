/** Where tiles lie in the web mercator pyramid, and fetching them: few at a time, the seen ones kept. */

/** Tiles come 512 px wide and are shown at 256, so that they are crisp on fine screens too. */
const SIZE = 256;
const MAX_LEVEL = 22; // the kernel's limit too

/** The centre of the picture in pixels of the whole world, which is 256·2^z px wide. */
export interface View {
  z: number;
  x: number;
  y: number;
}

export interface Tile {
  z: number;
  x: number;
  y: number;
}

/** A tile at its place in the picture; `turn` counts the times around the world. */
export interface Spot extends Tile {
  turn: number;
  left: number;
  top: number;
}

/** Look at a place on a level; degrees in, pixels out. */
export function lookAt(longitude: number, latitude: number, z: number): View {
  const sine = Math.sin((latitude * Math.PI) / 180);
  const world = SIZE * 2 ** z;
  return {
    z,
    x: ((longitude + 180) / 360) * world,
    y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world,
  };
}

/** Go around the world east and west, but not past its top and bottom. */
export function bound({ z, x, y }: View, height: number): View {
  const world = SIZE * 2 ** z;
  const half = Math.min(height, world) / 2;
  return { z, x: ((x % world) + world) % world, y: Math.min(Math.max(y, half), world - half) };
}

/** Zoom by whole levels around a point of the picture, given from its centre. */
export function zoom({ z, x, y }: View, by: number, height: number, dx = 0, dy = 0): View {
  const lowest = Math.max(0, Math.ceil(Math.log2(height / SIZE)));
  const level = Math.min(Math.max(z + by, lowest), MAX_LEVEL);
  const scale = 2 ** (level - z);
  return bound({ z: level, x: (x + dx) * scale - dx, y: (y + dy) * scale - dy }, height);
}

/** The tiles of a picture, those nearest to its centre first. */
export function spots({ z, x, y }: View, width: number, height: number): Spot[] {
  const count = 2 ** z;
  const [west, north] = [x - width / 2, y - height / 2];
  const found: Spot[] = [];
  for (let row = Math.max(0, Math.floor(north / SIZE)); row < count && row * SIZE < north + height; row++)
    for (let column = Math.floor(west / SIZE); column * SIZE < west + width; column++) {
      const turn = Math.floor(column / count);
      found.push({
        z,
        x: column - turn * count,
        y: row,
        turn,
        left: column * SIZE - west,
        top: row * SIZE - north,
      });
    }
  const away = ({ left, top }: Spot) => Math.hypot(left + SIZE / 2 - width / 2, top + SIZE / 2 - height / 2);
  return found.sort((a, b) => away(a) - away(b));
}

const IN_FLIGHT = 4;
const KEPT = 96;

/** Tiles as addresses of pictures in this page's memory. */
export class TileStore {
  readonly #fetch: (tile: Tile) => Promise<Blob>;
  readonly #changed: () => void;
  readonly #fail: (error: unknown) => void;
  readonly #urls = new Map<string, string>();
  readonly #failed = new Set<string>();
  readonly #flying = new Set<string>();
  #wanted = new Map<string, Tile>();
  #closed = false;

  constructor(
    fetch: (tile: Tile) => Promise<Blob>,
    changed: () => void,
    fail: (error: unknown) => void = () => {},
  ) {
    this.#fetch = fetch;
    this.#changed = changed;
    this.#fail = fail;
  }

  /** The tile's picture, if it is here. */
  url({ z, x, y }: Tile): string | undefined {
    return this.#urls.get(`${z}/${y}/${x}`);
  }

  /** Fetch these next, and no longer what was wanted before. */
  want(tiles: readonly Tile[]): void {
    this.#wanted = new Map(tiles.map((tile) => [`${tile.z}/${tile.y}/${tile.x}`, tile]));
    for (const [key] of this.#wanted) this.#touch(key);
    this.#fly();
  }

  /** Ask again for what failed. */
  retry(): void {
    this.#failed.clear();
    this.#fly();
  }

  /** Give the pictures' memory back. */
  close(): void {
    this.#closed = true;
    for (const url of this.#urls.values()) URL.revokeObjectURL(url);
    this.#urls.clear();
  }

  #fly(): void {
    for (const [key, tile] of this.#wanted) {
      if (this.#closed || this.#flying.size >= IN_FLIGHT) return;
      if (!this.#urls.has(key) && !this.#failed.has(key) && !this.#flying.has(key))
        void this.#load(key, tile);
    }
  }

  async #load(key: string, tile: Tile): Promise<void> {
    this.#flying.add(key);
    try {
      const blob = await this.#fetch(tile);
      if (!this.#closed) this.#keep(key, URL.createObjectURL(blob));
    } catch (error) {
      this.#failed.add(key);
      if (!this.#closed) this.#fail(error);
    }
    this.#flying.delete(key);
    if (this.#closed) return;
    this.#changed();
    this.#fly();
  }

  #touch(key: string): void {
    const url = this.#urls.get(key);
    if (url === undefined) return;
    this.#urls.delete(key);
    this.#urls.set(key, url);
  }

  #keep(key: string, url: string): void {
    this.#urls.set(key, url);
    for (const [old, dropped] of this.#urls) {
      if (this.#urls.size <= KEPT) return;
      if (this.#wanted.has(old)) continue;
      this.#urls.delete(old);
      URL.revokeObjectURL(dropped);
    }
  }
}
