import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { load } from "../../src/map/code";
import { settle, Wire } from "./wire";

const SHELF = Symbol.for("arcgis-keywidget.map-code");
const CODE = gzipSync("export const answer = 42;");

/** Node imports no blobs: their text stands in the address instead. */
function importable(): void {
  let made = "";
  vi.stubGlobal(
    "Response",
    class {
      readonly #stream: ReadableStream<Uint8Array>;
      constructor(stream: ReadableStream<Uint8Array>) {
        this.#stream = stream;
      }
      async arrayBuffer() {
        const parts: number[] = [];
        for await (const part of this.#stream as unknown as AsyncIterable<Uint8Array>) parts.push(...part);
        made = new TextDecoder().decode(new Uint8Array(parts));
        return new Uint8Array(parts).buffer;
      }
    },
  );
  vi.spyOn(URL, "createObjectURL").mockImplementation(
    () => `data:text/javascript,${encodeURIComponent(made)}`,
  );
  vi.spyOn(URL, "revokeObjectURL").mockImplementation(() => {});
}

describe("the code that is loaded later", () => {
  afterEach(() => {
    delete (globalThis as { [SHELF]?: unknown })[SHELF];
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  it("is asked for once in a page, whoever asks", async () => {
    importable();
    const [one, two] = [new Wire(), new Wire()];
    const [first, second] = [load<{ answer: number }>(one, "view"), load(two, "view")];
    await settle();
    await one.last("code").answer({}, CODE);
    expect((await first).answer).toBe(42);
    expect(await second).toBe(await first);
    expect(two.asked).toHaveLength(0);
  });

  it("is asked for by the next one where the first is kept waiting by its kernel", async () => {
    vi.useFakeTimers();
    const [one, two] = [new Wire(), new Wire()];
    void load(one, "view");
    void load(two, "view");
    await vi.advanceTimersByTimeAsync(3_000);
    expect([one.asked.length, two.asked.length]).toEqual([1, 1]);
    vi.useRealTimers();
  });

  it("is asked for by the next one where the first was refused", async () => {
    const [one, two] = [new Wire(), new Wire()];
    const first = expect(load(one, "maplibre")).rejects.toMatchObject({ message: "Closed." });
    const second = load(two, "maplibre").catch(() => {});
    await settle();
    await one.last("code").refuse("Closed.");
    await first;
    await settle();
    expect(two.of("code").map(({ body }) => body.part)).toEqual(["maplibre"]);
    await two.last("code").refuse("No.");
    await second;
  });
});
