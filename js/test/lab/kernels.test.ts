import { describe, expect, it } from "vitest";
import { Kernels } from "../../src/lab/status";
import { settle } from "../kernel";
import { makeLine, Wire } from "./kernel";

const KEY = { title: "Trees", masked: "AAPT" };

describe("what kernels tell of their keys", () => {
  it("is asked for by a page that comes later, and again by one that was away", async () => {
    const wire = new Wire("one");
    const kernels = new Kernels(() => {});
    wire.held = ["line"];
    await kernels.hear(wire.kernel);
    const line = wire.lines.get("line");
    line?.onMsg({ content: { data: KEY } });
    expect(kernels.of(wire.kernel)).toEqual(KEY);
    wire.connection.emit("connecting");
    wire.connection.emit("connected");
    await settle();
    expect(line?.sent).toEqual([{ kind: "look" }, { kind: "look" }]);
    wire.held = [];
    wire.connection.emit("connected");
    await settle();
    expect(kernels.of(wire.kernel)).toEqual({});
  });

  it("is taken from a line that opens anew, also where it is that there is none any more", async () => {
    const wire = new Wire("one");
    const kernels = new Kernels(() => {});
    await kernels.hear(wire.kernel);
    wire.open(makeLine("a"), KEY);
    expect(kernels.of(wire.kernel)).toEqual(KEY);
    wire.open(makeLine("b"), {});
    expect(kernels.of(wire.kernel)).toEqual({});
  });

  it("is gone with a kernel that starts anew, by itself too, and stays so", async () => {
    for (const status of ["restarting", "autorestarting", "dead"]) {
      const wire = new Wire(status);
      const kernels = new Kernels(() => {});
      await kernels.hear(wire.kernel);
      wire.open(makeLine("a"), KEY);
      wire.status.emit(status);
      wire.connection.emit("connected");
      await settle();
      expect(kernels.of(wire.kernel)).toEqual({ ...KEY, gone: true });
    }
  });
});
