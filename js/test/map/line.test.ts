import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Silence } from "../../src/form/silence";
import { Closed, ModelLine } from "../../src/map/line";
import { Kernel, pass } from "../kernel";

describe("the line", () => {
  let kernel: Kernel;
  let told: Silence[];
  const open = (prefix = "one") => new ModelLine(kernel.model, prefix, (silence) => told.push(silence));

  beforeEach(() => {
    vi.useFakeTimers();
    kernel = new Kernel();
    told = [];
  });

  it("gives each answer to its question, bytes and all, and to no other view", async () => {
    const [one, two] = [open("one"), open("two")];
    const heard = vi.fn();
    two.ask("tile").then(heard);
    const asked = one.ask("tile", { z: 1 });
    expect(kernel.asked("tile").at(-1)).toMatchObject({ kind: "tile", z: 1 });
    await kernel.answer("tile", { type: "image/png" }, "PNG");
    expect(await asked).toMatchObject({ type: "image/png" });
    expect((await asked).buffers[0]?.byteLength).toBe(3);
    expect(heard).not.toHaveBeenCalled();
  });

  it("tells a refusal in the kernel's words", async () => {
    const asked = expect(open().ask("open")).rejects.toMatchObject({ message: "No.", hint: "Do this." });
    await kernel.refuse("open", "No.", "Do this.");
    await asked;
  });

  it("tells in one message all that is no longer wanted", async () => {
    const line = open();
    const stop = new AbortController();
    const asked = [line.ask("tile", {}, stop.signal), line.ask("tile", {}, stop.signal)];
    stop.abort();
    for (const one of asked) await expect(one).rejects.toBeInstanceOf(Closed);
    const ids = kernel.asked("tile").map(({ id }) => id);
    expect(kernel.asked("drop").map(({ tickets }) => tickets)).toEqual([ids]);
  });

  it("drops what is open when it is closed, and asks nothing more", async () => {
    const line = open();
    const asked = expect(line.ask("layer")).rejects.toBeInstanceOf(Closed);
    line.close();
    await asked;
    expect(kernel.asked("drop")).toHaveLength(1);
    await expect(line.ask("layer")).rejects.toMatchObject({ name: "AbortError" }); // told so in both bundles
    expect(kernel.listeners.get("msg:custom")?.size ?? 0).toBe(0);
  });

  it("takes a slow service for no silence while the kernel answers", async () => {
    void open()
      .ask("tile")
      .catch(() => {});
    await pass(3_000);
    await kernel.answer("here");
    await pass(2_999);
    expect(told).toEqual([]);
  });

  it("says that the kernel waits, then that it is lost, and takes that back at its first word", async () => {
    void open()
      .ask("tile")
      .catch(() => {});
    await pass(15_000);
    expect(told).toEqual(["waiting", "lost"]);
    await kernel.answer("tile");
    expect(told.at(-1)).toBe("none");
  });

  it("knows a closed wire at once", async () => {
    const line = new ModelLine(
      {
        on: () => {},
        off: () => {},
        send: () => {
          throw new Error("closed");
        },
      } as never,
      "one",
      (silence) => told.push(silence),
    );
    await expect(line.ask("open")).rejects.toBeInstanceOf(Closed);
    expect(told).toEqual(["lost"]);
  });
});
