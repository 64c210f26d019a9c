import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeState, open, pass, RESULT } from "./kernel";
import { openAt } from "./steps";

const NOW = new Date(2026, 10, 23, 12, 0, 0);
const BOX = '[name="ephemeral"]';

describe("a key that ends with the kernel", () => {
  beforeEach(() => void vi.useFakeTimers({ now: NOW }));
  afterEach(() => document.body.replaceChildren());

  it("is chosen by a box, which takes the spans away and tells the latest end", async () => {
    const { kernel, find } = await open(makeState("signed-in"));
    expect(find<HTMLInputElement>(BOX).checked).toBe(false);
    find(BOX).click();
    expect(find(".akw-until").textContent).toBe("Ends with the kernel, at the latest 24 Nov 2026.");
    expect(find('[value="7"]').closest("[hidden]")).not.toBeNull();
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ ephemeral: true });
    find(BOX).click();
    expect(find('[value="7"]').closest("[hidden]")).toBeNull();
  });

  it("shows no number of days beside it", async () => {
    const { find } = await open(makeState("signed-in", {}, { days: 12, ephemeral: true }));
    expect(find('[name="days"]').closest("[hidden]")).not.toBeNull();
  });

  it("is the same box among all settings, and told in the list of steps", async () => {
    const { root, find } = await openAt("limits", { ephemeral: true });
    expect(find<HTMLInputElement>(BOX).checked).toBe(true);
    expect(find('[name="ends"]').closest("[hidden]")).not.toBeNull();
    expect(root.textContent).toContain("Ends with the kernel, no referrers");
  });

  it("cannot be changed where the notebook has set it, and says so", async () => {
    const { find } = await open(makeState("signed-in", { locked: ["ephemeral"] }, { ephemeral: true }));
    expect(find<HTMLInputElement>(BOX).disabled).toBe(true);
    expect(find(".akw-tied .akw-lock").hidden).toBe(false);
  });

  it("is told where the key is ready", async () => {
    const result = { ...RESULT, ephemeral: true };
    const { root } = await open(makeState("ready", { result }));
    expect(root.textContent).toContain("It ends with this kernel");
  });

  it("warns of its own end two hours before, not all its life", async () => {
    const ends = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000).toISOString();
    const result = { ...RESULT, ephemeral: true, expires_utc: ends(23) };
    const { kernel, root } = await open(makeState("ready", { result }));
    expect(root.textContent).not.toContain("ends soon");
    kernel.push({ ...makeState("ready", { result: { ...result, expires_utc: ends(1.5) } }), revision: 2 });
    expect(root.textContent).toContain("Your key ends soon: 1 hour left.");
  });
});

describe("an alert with a way out", () => {
  it("keeps the focus on its button while the same alert stands, and hands it on when it goes", async () => {
    const alert = {
      tone: "warn" as const,
      title: "A key of a kernel that has ended is still in the portal: 'One'.",
      hint: "",
      actions: [{ label: "Delete what was left", kind: "delete-left" as const }],
    };
    const { kernel, find, press } = await open(makeState("signed-in", { alert }));
    const pressed = press("Delete what was left");
    expect(kernel.asked("delete-left")).toHaveLength(1);
    kernel.push({ ...makeState("signed-in", { alert }), revision: 2 });
    expect(document.activeElement).toBe(pressed);
    const done = { tone: "ok" as const, title: "Deleted: 'One'.", hint: "" };
    kernel.push({ ...makeState("signed-in", { alert: done }), revision: 3 });
    expect(document.activeElement).toBe(find("h2"));
  });
});
