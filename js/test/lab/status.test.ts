import { describe, expect, it } from "vitest";
import { describe as told } from "../../src/lab/status";

const NOW = Date.parse("2026-11-27T12:00:00Z");
const key = (ends_utc: string | null) =>
  told({ title: "Trees", masked: "AAPT", portal: "https://x.org/p", ends_utc }, NOW, 3);

describe("the status bar's item", () => {
  it("tells name and days, warns when few are left, and says when it has ended", () => {
    expect(key("2026-12-07T12:00:00Z")).toMatchObject({ text: "Key: Trees, 10 days left", tone: "good" });
    expect(key("2026-11-29T12:00:00Z")).toMatchObject({ text: "▲ Key: Trees, 2 days left", tone: "soon" });
    expect(key("2026-11-27T15:30:00Z")).toMatchObject({ text: "▲ Key: Trees, 3 hours left", tone: "soon" });
    expect(key("2026-11-26T12:00:00Z")).toMatchObject({ text: "✕ Key: Trees, ended", tone: "ended" });
    expect(key(null)).toMatchObject({ text: "Key: Trees, end not known", tone: "good" });
    expect(key(null).title).toBe("ArcGIS API key of x.org. Press for My keys");
  });

  it("says that a key went with its kernel, whatever was left of it", () => {
    const gone = told({ title: "Trees", masked: "AAPT", ends_utc: null, gone: true }, NOW, 3);
    expect(gone).toMatchObject({ text: "✕ Key: Trees, gone with the kernel", tone: "ended" });
    expect(gone.title).toContain("load(");
  });

  it("is nothing without a key", () => {
    expect(told({}, NOW, 3).text).toBe("");
  });
});
