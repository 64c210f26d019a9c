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

  it("are recognised by slot in every surrounding, and cut between lines of an output", () => {
    const cut = [`told: ${KEY.slice(0, 30)}`, `${KEY.slice(30)}.`];
    const around = [`${KEY}.`, `url=%22${KEY}%22`, `json: "\\n${KEY}\\n"`, `x${KEY}`];
    for (const output of [{ text: cut }, ...around.map((text) => ({ data: { "text/plain": text } }))])
      expect(keysIn({ cells: [{ outputs: [output] }] })).toEqual([
        { where: "cell 1, outputs", what: "a key of slot 2" },
      ]);
  });

  it("are found as names, and where only their beginning is left", () => {
    expect(keysIn({ metadata: { [KEY]: 1 } })).toHaveLength(1);
    expect(keysIn({ cells: [{ source: `"${KEY.slice(0, 50)}…"` }] })).toEqual([
      { where: "cell 1, source", what: "a key" },
    ]);
  });

  it("are none in pictures, whose letters come by chance", () => {
    const letters = "Zq3".repeat(20);
    for (const data of [`iVBO/RwAAPT${letters}+${letters}`, `${letters}AAPK${letters}`, `+AAPT${letters}/q`])
      expect(keysIn({ cells: [{ outputs: [{ data: { "image/png": data } }] }] })).toEqual([]);
  });

  it("raise no alarm where there are none", () => {
    expect(keysIn({ cells: [{ source: "AAPT is how keys begin; AAPK was" }], metadata: {} })).toEqual([]);
    expect(keysIn({})).toEqual([]);
  });
});
