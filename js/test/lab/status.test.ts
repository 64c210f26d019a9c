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

  it("warns of a key that lives a day at most when two hours are left", () => {
    const of = (ends_utc: string) => told({ masked: "AAPT", ends_utc, ephemeral: true }, NOW, 3).tone;
    expect(of("2026-11-28T11:00:00Z")).toBe("good");
    expect(of("2026-11-27T13:00:00Z")).toBe("soon");
  });

  it("says that a key went with its kernel, whatever was left of it", () => {
    const gone = told({ title: "Trees", masked: "AAPT", ends_utc: null, gone: true }, NOW, 3);
    expect(gone).toMatchObject({ text: "✕ Key: Trees, gone with the kernel", tone: "ended" });
    expect(gone.title).toContain("load(");
  });

  it("has room for others beside a long title, which its hint tells in full", () => {
    const title = `<b>${"🌳".repeat(246)}</b>`;
    const long = told({ title, masked: "AAPT", portal: "https://x.org", ends_utc: null }, NOW, 3);
    expect(long.text).toBe(`Key: <b>${"🌳".repeat(26)}…, end not known`);
    expect(long.title).toBe(`${title}. ArcGIS API key of x.org. Press for My keys`);
    expect(told({ title, masked: "AAPT", gone: true }, NOW, 3).title).toContain(title);
  });

  it("takes a portal as somebody may have written it", () => {
    const of = (portal: string) => told({ masked: "AAPT", portal, ends_utc: null }, NOW, 3).title;
    expect(of("gis.example.com/portal")).toBe("ArcGIS API key of gis.example.com. Press for My keys");
    expect(of("a portal")).toBe("ArcGIS API key of a portal. Press for My keys");
  });

  it("is nothing without a key", () => {
    expect(told({}, NOW, 3).text).toBe("");
  });
});
