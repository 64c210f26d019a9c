import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DraftFields } from "../src/form/protocol";
import { endOf, endOfDay, formatLocal } from "../src/form/time";
import { makeState, pass, type } from "./kernel";
import { confirm, openAt } from "./steps";

const NOW = new Date(2026, 10, 23, 12, 0, 0);
const DAY = 86_400_000;

describe("expiry", () => {
  beforeEach(() => void vi.useFakeTimers({ now: NOW }));
  afterEach(() => document.body.replaceChildren());

  it("offers the usual spans and the one that was typed in the quick key", async () => {
    const { root, find } = await openAt("limits", { days: 12 });
    const spans = [...root.querySelectorAll(".akw-expiry .akw-title")].map((title) => title.textContent);
    expect(spans).toEqual(["1 day", "7 days", "12 days"]);
    expect(find<HTMLInputElement>('[value="12"]').checked).toBe(true);
    expect(find(".akw-until").textContent).toMatch(/^If created now, it ends 5 Dec 2026, .* UTC\)?\.$/);
  });

  it("ends a key with the day on the person's clock, as a moment with its offset", async () => {
    const { kernel, find } = await openAt("limits");
    const date = find<HTMLInputElement>('[name="ends"]');
    expect([date.type, date.min, date.max]).toEqual(["date", "2026-11-24", "2027-11-23"]);
    type(date, "2026-12-31");
    await pass(300);
    const ends = (kernel.asked("draft").at(-1)?.draft as DraftFields | undefined)?.ends ?? "";
    expect(ends).toMatch(/^2026-12-31T23:59:59[+-]\d\d:\d\d$/);
    expect(new Date(ends)).toEqual(new Date(2026, 11, 31, 23, 59, 59));
    expect(find(".akw-until").textContent).toMatch(/^It ends 31 Dec 2026, 23:59/);
  });

  it("tells the days that this portal allows", async () => {
    const { find } = await openAt("limits", {}, { max_days: 30 });
    expect(find('[id$="ends-hint"]').textContent).toBe("30 days ahead at most, as portals allow");
  });

  it("shows no span as chosen beside a date, and gives the date up for a span", async () => {
    const { kernel, root, find } = await openAt("limits", { ends: endOfDay("2026-12-31", 365) });
    expect(find<HTMLInputElement>('[name="ends"]').value).toBe("2026-12-31");
    expect(root.querySelector(".akw-expiry input:checked")).toBeNull();
    find('[value="7"]').click();
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ days: 7, ends: "" });
    expect(find<HTMLInputElement>('[name="ends"]').value).toBe("");
  });

  it("tells the kernel no year that is still being typed", async () => {
    const { kernel, find } = await openAt("limits");
    const date = find('[name="ends"]') as HTMLInputElement;
    type(date, "0002-12-31");
    date.dispatchEvent(new Event("change", { bubbles: true }));
    await pass(300);
    expect(kernel.asked("draft")).toHaveLength(0);
    date.blur();
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toMatchObject({
      ends: expect.stringMatching(/^0002-12-31T/),
    });
  });

  it("lets the last possible day end at the limit, not after it", () => {
    const end = new Date(endOfDay("2027-11-23", 365)).getTime();
    expect(end).toBeLessThan(NOW.getTime() + 365 * DAY);
    expect(end).toBeGreaterThan(NOW.getTime() + 364 * DAY);
    const { draft } = makeState("signed-in", {}, { ends: endOfDay("2027-11-24", 365) });
    expect(endOf(draft, 365)).toBeNull();
  });

  it("keeps the same moment on both clocks", () => {
    const local = formatLocal("2026-12-31T12:00:00Z");
    expect(local === null || new Date(local.replace(",", "")).getTime() === Date.UTC(2026, 11, 31, 12)).toBe(
      true,
    );
  });

  it("shows what is wrong with the end at its field", async () => {
    const { find } = await openAt(
      "limits",
      { ends: "2020-01-01T00:00:00+00:00" },
      { errors: { ends: "It lies in the past." } },
    );
    expect(find('[name="ends"]').getAttribute("aria-invalid")).toBe("true");
  });
});

describe("referrers", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => document.body.replaceChildren());

  it("are checked as they are typed, and the error names the line", async () => {
    const { kernel, find, state } = await openAt("limits");
    const field = find<HTMLInputElement>('[name="referrers"]');
    type(field, "https://a.example\napp");
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ referrers: "https://a.example\napp" });
    await confirm(kernel, state, { referrers: "Line 2, 'app': begin it with https://." });
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(find(`[id="${field.id}-error"]`).textContent).toContain("Line 2");
  });

  it("bring the warning that Python sends none, without interrupting", async () => {
    const { find } = await openAt("limits");
    expect(find(".akw-notice").hidden).toBe(true);
    type(find('[name="referrers"]'), "https://a.example");
    expect(find(".akw-notice").hidden).toBe(false);
    expect(find(".akw-notice").getAttribute("role")).toBe("status");
    expect(find(".akw-notice").textContent).toContain("Other libraries will be refused.");
  });
});
