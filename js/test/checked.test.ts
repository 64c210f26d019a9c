import { describe, expect, it } from "vitest";
import { makeState, open, RESULT } from "./kernel";

const ROWS = [
  { what: "The key itself", state: "works" as const, why: "The portal accepts it.", mend: "" },
  { what: "<b>Item</b>", state: "refused" as const, why: "Not granted.", mend: "Make a key that names it." },
];
const RUNNING = { summary: "", ok: true, rows: [] };
const FOUND = { summary: "1 works, 1 refused", ok: false, rows: ROWS };
const ready = (check: typeof FOUND | typeof RUNNING | null, revision = 1) =>
  makeState("ready", { revision, result: { ...RESULT, check } });

describe("the check of the key", () => {
  it("is told while it runs, and then with rows and remedies, without touching the rest", async () => {
    const { kernel, find } = await open(ready(RUNNING));
    const code = find("pre");
    expect(find("summary").textContent).toBe("Checking what it opens…");
    kernel.push(ready(FOUND, 2));
    expect(find("pre")).toBe(code);
    expect(find("summary").textContent).toBe("Checked: 1 works, 1 refused");
    expect(find("summary > span").className).toBe("akw-error");
    const told = [...find(".akw-checked").children].map((row) => row.textContent);
    expect(told[1]).toBe("✕ <b>Item</b> refusedNot granted. Make a key that names it.");
  });

  it("stays as it was folded when another state comes", async () => {
    const { kernel, find } = await open(ready(FOUND));
    const fold = find<HTMLDetailsElement>("details");
    expect(fold.open).toBe(false);
    fold.open = true;
    kernel.push(ready({ ...FOUND, ok: true }, 2));
    expect(fold.open).toBe(true);
    expect(find("summary > span").className).toBe("");
  });

  it("shows nothing where there is none", async () => {
    const { find } = await open(ready(null));
    expect(find("details").hidden).toBe(true);
  });
});
