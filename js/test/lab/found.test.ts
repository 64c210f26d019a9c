import { describe, expect, it } from "vitest";
import { keysIn } from "../../src/lab/found";

const KEY = `AAPT${"x".repeat(60)}.AT2_abcdefgh`;
const LEGACY = `AAPK${"0a".repeat(48)}`;

describe("keys in a notebook", () => {
  it("are found in sources, outputs, attachments and metadata, by place and kind, and not shown", () => {
    const notebook = {
      cells: [
        { source: ["key = (\n", `  "${KEY}")`] },
        { source: "", outputs: [{ text: [LEGACY.slice(0, 50), LEGACY.slice(50)] }], metadata: { a: KEY } },
        { source: "x", attachments: { "a.txt": { "text/plain": KEY } } },
      ],
      metadata: { widgets: { state: { m: { state: { url: `https://example.com/?token=${KEY}` } } } } },
    };
    const found = keysIn(notebook);
    expect(found).toContainEqual({ where: "cell 1, source", what: "a key of slot 2" });
    expect(found).toContainEqual({ where: "cell 2, metadata", what: "a key of slot 2" });
    expect(found).toContainEqual({ where: "cell 3, attachments", what: "a key of slot 2" });
    expect(found).toContainEqual({ where: "the notebook's metadata", what: "a key of slot 2" });
    expect(JSON.stringify(found)).not.toContain("xxxx");
  });

  it("raise no alarm where there are none", () => {
    expect(keysIn({ cells: [{ source: "AAPT is how keys begin; AAPK was" }], metadata: {} })).toEqual([]);
    expect(keysIn({})).toEqual([]);
  });
});
