import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeState, type Opened, open, pass, RESULT } from "./kernel";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A form whose key ends so many milliseconds from now. */
function openWith(time: number, part: Parameters<typeof makeState>[1] = {}): Promise<Opened> {
  const expires_utc = new Date(Date.now() + time).toISOString();
  return open(makeState("ready", { result: { ...RESULT, expires_utc }, ...part }));
}

/** A machine that sleeps stops its timers; only the clock goes on. */
function sleep(time: number): void {
  vi.setSystemTime(Date.now() + time);
  document.dispatchEvent(new Event("visibilitychange"));
}

const notices = (root: HTMLElement) =>
  [...root.querySelectorAll<HTMLElement>(".akw-notice")].filter((one) => !one.closest("[hidden]"));

describe("the end of the key that is ready", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.setSystemTime("2026-11-20T12:00:00Z");
  });
  afterEach(() => document.body.replaceChildren());

  it("is told in words and shape, and no warning comes while it is far, however far", async () => {
    const { root, find } = await openWith(300 * DAY);
    expect(find(".akw-facts .akw-ends-good").textContent).toBe("●");
    expect(find(".akw-facts").textContent).toContain("300 days left");
    await pass(HOUR);
    expect(find(".akw-facts").textContent).toContain("299 days left");
    expect(notices(root)).toHaveLength(1);
  });

  it("is warned of under three days, said aloud once, and asks the kernel nothing", async () => {
    const { kernel, root, find } = await openWith(3 * DAY + HOUR);
    await pass(2 * HOUR);
    const [ready, warning] = notices(root);
    expect(ready?.textContent).toContain("Your key is ready");
    expect(warning?.className).toContain("akw-warn");
    expect(warning?.getAttribute("role")).toBe("note");
    expect(warning?.textContent).toContain("Your key ends soon: 2 days left.");
    expect(warning?.textContent).toContain("It works until 23 Nov 2026, 13:00 UTC.");
    expect(find(".akw-unseen[role=status]").textContent).toBe("Your key ends soon: 2 days left.");
    find(".akw-unseen[role=status]").replaceChildren();
    await pass(DAY);
    expect(find(".akw-unseen[role=status]").textContent).toBe("");
    expect(kernel.sent.map(({ kind }) => kind)).toEqual(["look"]);
  });

  it("comes in words that follow the hours in place", async () => {
    const { root, press } = await openWith(DAY);
    const [, warning] = notices(root);
    expect(warning?.textContent).toContain("1 day left");
    const way = [...root.querySelectorAll("button")].find((one) => one.textContent === "Open My keys");
    way?.focus();
    await pass(HOUR + 30_000);
    expect(notices(root)[1]).toBe(warning);
    expect(warning?.textContent).toContain("22 hours left");
    expect(document.activeElement).toBe(way);
    await pass(22 * HOUR);
    expect(warning?.textContent).toContain("less than an hour left");
    press("Reveal key"); // all else goes on
  });

  it("is an alert in the place of the good news, with the way to a new key", async () => {
    const { kernel, root, find, press } = await openWith(HOUR);
    await pass(HOUR + 30_000);
    const [ended, ...others] = notices(root);
    expect(others).toEqual([]);
    expect(ended?.getAttribute("role")).toBe("alert");
    expect(ended?.className).toContain("akw-bad");
    expect(ended?.textContent).toContain("Your key has ended.");
    expect(ended?.textContent).toContain("it ended 20 Nov 2026, 13:00 UTC");
    expect(find("h2").textContent).toBe("Your key has ended.");
    expect(find(".akw-facts .akw-ends-ended").textContent).toBe("✕");
    press("Open My keys");
    await kernel.answer("another");
    kernel.push(makeState("signed-in", { revision: 2 }));
    expect(find("h2").textContent).toBe("My keys");
  });

  it("keeps the focus on its way when the warning becomes the alert", async () => {
    const { root } = await openWith(HOUR);
    [...root.querySelectorAll("button")].find((one) => one.textContent === "Open My keys")?.focus();
    await pass(HOUR + 30_000);
    expect(document.activeElement?.textContent).toBe("Open My keys");
    expect(root.contains(document.activeElement)).toBe(true);
  });

  it("is seen at once by a machine that has slept over it", async () => {
    const { root } = await openWith(10 * DAY);
    sleep(11 * DAY);
    expect(notices(root)[0]?.textContent).toContain("Your key has ended.");
  });

  it("is told of a page that opens after it", async () => {
    const { root } = await openWith(-DAY);
    expect(notices(root).map((one) => one.getAttribute("role"))).toEqual(["alert"]);
  });

  it("leads to no list where no account is signed in", async () => {
    const { root } = await openWith(-DAY, { account: null });
    expect(root.textContent).toContain("Your key has ended.");
    expect(root.textContent).not.toContain("Open My keys");
  });

  it("is none of a credential that has no key yet, nor of an unknown end", async () => {
    for (const part of [{ masked: "" }, { expires_utc: null }]) {
      const expires_utc = new Date(Date.now() - DAY).toISOString();
      const { root } = await open(makeState("ready", { result: { ...RESULT, expires_utc, ...part } }));
      expect(notices(root).map((one) => one.getAttribute("role"))).toEqual(["status"]);
      expect(root.querySelector(".akw-ends")).toBeNull();
    }
  });

  it("goes when a new key takes its place", async () => {
    const { kernel, root } = await openWith(-DAY);
    kernel.push(makeState("ready", { revision: 2, result: RESULT }));
    expect(notices(root).map((one) => one.getAttribute("role"))).toEqual(["status"]);
    expect(root.querySelector("h2")?.textContent).toBe("Your key is ready");
  });

  it("is waited for by no timer of a view that is closed", async () => {
    const { form } = await openWith(DAY);
    form.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("the end of a key that is made now", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.setSystemTime("2026-11-20T12:00:00Z");
  });
  afterEach(() => document.body.replaceChildren());

  it("moves on with the clock, in the quick key and among all settings", async () => {
    const quick = await open(makeState("signed-in"));
    expect(quick.find(".akw-until").textContent).toBe("until 27 Nov 2026");
    const all = await open(makeState("signed-in", {}, { view: "limits" }));
    expect(all.find(".akw-until").textContent).toContain("27 Nov 2026, 12:00");
    sleep(DAY + HOUR);
    expect(quick.find(".akw-until").textContent).toBe("until 28 Nov 2026");
    expect(all.find(".akw-until").textContent).toContain("28 Nov 2026, 13:00");
  });
});
