import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { open } from "../src/form/keys";
import { endsOf } from "../src/form/keys/ends";
import type { KeyRow } from "../src/form/keys/rows";
import { type Laid, lay } from "./desk";
import { makeState, settle, type } from "./kernel";

const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();
const slot = (number: number, state: "free" | "live" | "ended", days = 9, here = false) => ({
  number,
  state,
  ends_utc: state === "free" ? null : inDays(days),
  here,
});
const key = (id: string, part: Partial<KeyRow> = {}): KeyRow => ({
  id,
  title: `Key ${id}`,
  summary: "",
  folder: "",
  tags: [],
  referrers: [],
  opens: ["Basemap styles service"],
  slots: [slot(1, "live"), slot(2, "free")],
  protected: false,
  legacy: false,
  url: `https://example.com/item?id=${id}`,
  ...part,
});

describe("the list of keys", () => {
  let laid: Laid;

  const layOut = () => {
    laid = lay(open, makeState("signed-in"));
  };
  const show = async (...keys: KeyRow[]) => {
    layOut();
    await laid.kernel.answer("keys", { keys });
  };
  const last = (kind: string) => laid.kernel.asked(kind).at(-1);
  const titles = () => laid.texts("tbody th button");
  const press = async (label: string, index = 0) => {
    const found = laid.all("button").filter(({ textContent }) => textContent === label);
    found[index]?.click();
    await settle();
  };
  /** Press as a person does: the focus goes along. */
  const push = async (label: string) => {
    laid
      .all("button")
      .find(({ textContent }) => textContent === label)
      ?.focus();
    await press(label);
  };
  const filter = (text: string) => {
    const input = laid.root.querySelector<HTMLInputElement>('input[name="filter"]');
    if (!input) throw new Error("no filter");
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };

  beforeEach(() => void document.body.replaceChildren());
  afterEach(() => void vi.useRealTimers());

  it("stands by the end, soonest first, what has no key last; and by title when told", async () => {
    await show(
      key("b", { slots: [slot(1, "free"), slot(2, "free")] }),
      key("c", { slots: [slot(1, "live", 20), slot(2, "free")] }),
      key("a", { slots: [slot(1, "live", 2), slot(2, "free")] }),
    );
    expect(titles()).toEqual(["Key a", "Key c", "Key b"]);
    await press("Title");
    expect(titles()).toEqual(["Key a", "Key b", "Key c"]);
    await press("Title");
    expect(titles()).toEqual(["Key c", "Key b", "Key a"]);
    expect(laid.root.querySelector("th[aria-sort]")?.getAttribute("aria-sort")).toBe("descending");
  });

  it("is filtered by title, folder, tag and what it opens, and counts aloud", async () => {
    await show(
      key("a", { tags: ["Class 7"] }),
      key("b", { folder: "Work" }),
      key("c", { opens: ["Routing"] }),
    );
    for (const [text, found] of [
      ["class", "Key a"],
      ["WORK", "Key b"],
      ["rout", "Key c"],
    ] as const) {
      filter(text);
      expect(titles()).toEqual([found]);
    }
    expect(laid.root.querySelector('[role="status"]')?.textContent).toBe("1 of 3 keys");
    filter("nowhere");
    expect(laid.root.querySelector('[role="status"]')?.textContent).toBe("No key fits this filter.");
  });

  it("follows the clock, row by row, and asks for nothing", async () => {
    await show(key("a", { slots: [slot(1, "live", 3.5)] }), key("b"));
    const ends = () => laid.texts("tbody .akw-credential td:nth-of-type(2)");
    expect(ends()).toEqual(["● 3 days left", "● 8 days left"]);
    vi.setSystemTime(Date.now() + DAY);
    laid.tick();
    expect(ends()).toEqual(["▲ 2 days left", "● 7 days left"]);
    vi.setSystemTime(Date.now() + 3 * DAY);
    laid.tick();
    expect(ends()).toEqual(["✕ ended less than a day ago", "● 4 days left"]);
    expect(laid.kernel.sent.map(({ kind }) => kind)).toEqual(["keys"]);
  });

  it("shows titles of the portal as text", async () => {
    await show(key("a", { title: "<img src=x onerror=alert(1)>", tags: ["<b>"] }));
    expect(laid.root.querySelector("img")).toBeNull();
    expect(titles()).toEqual(["<img src=x onerror=alert(1)>"]);
  });

  it("makes the next key in the free slot, and replaces or revokes a live one only after a question", async () => {
    await show(key("a"));
    await press("Key a");
    await press("Make the next key");
    expect(last("generate")).toMatchObject({ item: "a", slot: null, days: 7, replace: false });
    await press("Replace…");
    expect(laid.root.querySelector('[role="alertdialog"]')?.textContent).toContain("ends at once");
    expect(document.activeElement?.textContent).toBe("Keep");
    await press("Keep");
    expect(document.activeElement?.textContent).toBe("Replace…");
    await press("Revoke…");
    await press("Revoke it");
    expect(last("revoke")).toMatchObject({ item: "a", slot: 1 });
    await laid.kernel.answer("revoke", { key: key("a", { slots: [slot(1, "free"), slot(2, "free")] }) });
    expect(laid.root.querySelector(".akw-slots")?.textContent).toContain("Slot 1 free");
    expect(laid.root.querySelector(".akw-credential")?.textContent).toContain("no key");
  });

  it("deletes what was chosen after a question, and tells what stayed and why", async () => {
    await show(key("a"), key("b"), key("c"));
    for (const box of [...laid.root.querySelectorAll<HTMLInputElement>("tbody input")].slice(0, 2)) {
      box.checked = true;
      box.dispatchEvent(new Event("change"));
    }
    await press("Delete 2 chosen…");
    expect(laid.root.querySelector('[role="alertdialog"]')?.textContent).toContain("Key a, Key b");
    await press("Delete");
    expect(last("delete")).toMatchObject({ items: ["a", "b"] });
    const outcomes = [
      { id: "a", title: "Key a", state: "done", why: "" },
      { id: "b", title: "Key b", state: "failed", why: "It is protected." },
    ];
    await laid.kernel.answer("delete", { outcomes });
    expect(titles()).toEqual(["Key b", "Key c"]);
    expect(laid.root.querySelector('.akw-notice[role="alert"]')?.textContent).toContain(
      "“Key b” was not deleted. It is protected.",
    );
  });

  it("changes details, and tells a refusal at its field", async () => {
    await show(key("a", { tags: ["x", "y"] }));
    await press("Key a");
    await press("Edit details");
    const title = laid.root.querySelector<HTMLInputElement>('input[name="title"]');
    if (!title) throw new Error("no title");
    title.value = "Oaks";
    laid.root.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
    expect(last("change")).toMatchObject({ item: "a", title: "Oaks", tags: ["x", "y"] });
    await laid.kernel.refuse("change", "Too long.", "", "title");
    expect(title.getAttribute("aria-invalid")).toBe("true");
    laid.root.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
    await laid.kernel.answer("change", { key: key("a", { title: "Oaks" }) });
    expect(titles()).toEqual(["Oaks"]);
  });

  it("keeps what is being typed when the list is read again", async () => {
    await show(key("a"));
    await press("Key a");
    await press("Edit details");
    type(laid.find('input[name="title"]'), "Oaks");
    await press("Refresh");
    await laid.kernel.answer("keys", { keys: [key("a", { tags: ["new"] })] });
    expect(laid.find<HTMLInputElement>('input[name="title"]').value).toBe("Oaks");
    await press("Cancel");
    expect(laid.root.textContent).toContain("new");
  });

  it("keeps the focus in a row when others change and move", async () => {
    await show(key("a", { slots: [slot(1, "live", 1), slot(2, "free")] }), key("b"));
    await press("Key a");
    await press("Key b");
    await press("Revoke…", 0);
    await press("Revoke it");
    await press("Edit details", 1);
    const title = laid.find<HTMLInputElement>('input[name="title"]');
    type(title, "Oaks");
    await laid.kernel.answer("revoke", { key: key("a", { slots: [slot(1, "free"), slot(2, "free")] }) });
    expect(titles()).toEqual(["Key b", "Key a"]);
    expect(document.activeElement).toBe(title);
  });

  it("has the focus on the key when one of its slots was revoked, and on the way to edit after a save", async () => {
    await show(key("a"));
    await press("Key a");
    await press("Revoke…");
    await push("Revoke it");
    await laid.kernel.answer("revoke", { key: key("a", { slots: [slot(1, "free"), slot(2, "free")] }) });
    expect(document.activeElement?.textContent).toBe("Key a");
    await push("Edit details");
    await push("Save");
    await laid.kernel.answer("change", { key: key("a", { title: "Oaks" }) });
    expect(document.activeElement?.textContent).toBe("Edit details");
  });

  it("takes the focus from nobody who has gone elsewhere when an answer comes", async () => {
    await show(key("a"), key("b"));
    const cell = document.body.appendChild(document.createElement("textarea"));
    const late = async (kind: "revoke" | "delete" | "change", answer: object) => {
      cell.focus();
      await laid.kernel.answer(kind, answer);
      expect(document.activeElement).toBe(cell);
    };
    await press("Key a");
    await push("Revoke…");
    await push("Revoke it");
    await late("revoke", { key: key("a") });
    await push("Edit details");
    await push("Save");
    await late("change", { key: key("a") });
    await push("Delete…");
    await push("Delete");
    await late("delete", { outcomes: [{ id: "a", title: "Key a", state: "done", why: "" }] });
  });

  it("asks until the answer is there: nothing calls back what runs, and nothing is asked twice", async () => {
    await show(key("a", { slots: [slot(1, "live"), slot(2, "live")] }));
    await press("Key a");
    await push("Revoke…");
    await push("Revoke it");
    laid.key("Escape");
    await press("Keep");
    await press("Revoke…", 1);
    expect(laid.root.querySelector('[role="alertdialog"]')?.textContent).toContain("slot 1");
    await laid.kernel.refuse("revoke", "The portal cannot be reached.", "Try again.");
    expect(laid.root.querySelector('[role="alertdialog"]')).toBeNull();
    await push("Revoke…");
    await push("Revoke it");
    await laid.kernel.answer("revoke", { key: key("a") });
    expect(laid.kernel.asked("revoke")).toHaveLength(2);
    expect(laid.root.querySelector('.akw-notice[role="alert"]')).toBeNull();
  });

  it("gives every control of two open rows an id of its own, and its keys to itself", async () => {
    await show(key("a"), key("b"));
    await press("Key a");
    await press("Key b");
    const ids = () => laid.all("[id]").map(({ id }) => id);
    expect(new Set(ids()).size).toBe(ids().length);
    for (const index of [1, 0]) await press("Edit details", index);
    expect(new Set(ids()).size).toBe(ids().length);
    await press("Cancel");
    const silent = laid.all('button, select, a, input[type="checkbox"]');
    expect(silent.filter(({ dataset }) => !dataset.lmSuppressShortcuts)).toEqual([]);
  });

  it("is read once at a time", async () => {
    layOut();
    await press("Refresh");
    expect(laid.kernel.asked("keys")).toHaveLength(1);
    await laid.kernel.answer("keys", { keys: [] });
    await press("Refresh");
    expect(laid.kernel.asked("keys")).toHaveLength(2);
  });

  it("tells a portal that does not answer, and reads again", async () => {
    layOut();
    await laid.kernel.refuse("keys", "The portal cannot be reached.", "Try again.");
    expect(laid.root.querySelector('.akw-notice[role="alert"]')?.textContent).toContain(
      "The portal cannot be reached.",
    );
    await press("Refresh");
    await laid.kernel.answer("keys", { keys: [key("a")] });
    expect(titles()).toEqual(["Key a"]);
    expect(laid.root.querySelector('.akw-notice[role="alert"]')).toBeNull();
  });
});

describe("how long a key lives on", () => {
  const now = Date.now();
  const told = (...slots: KeyRow["slots"]) => endsOf(key("a", { slots }), now);

  it("is told in words, with a shape and a colour", () => {
    expect(told(slot(1, "live", 9.5))).toMatchObject({ tone: "good", text: "9 days left" });
    expect(told(slot(1, "live", 1.5), slot(2, "free"))).toMatchObject({ tone: "soon", text: "1 day left" });
    expect(told(slot(1, "live", 0.2))).toMatchObject({ tone: "soon", text: "4 hours left" });
    expect(told(slot(1, "ended", -3.5))).toMatchObject({ tone: "ended", text: "ended 3 days ago" });
    expect(told(slot(1, "ended", -0.9)).text).toBe("ended less than a day ago"); // that may be yesterday
    expect(told(slot(1, "live", -0.5))).toMatchObject({ tone: "ended", text: "ended less than a day ago" });
    expect(told(slot(1, "free"), slot(2, "free"))).toMatchObject({ tone: "none", text: "no key" });
    expect(told(slot(1, "live", 2), slot(2, "live", 30))).toMatchObject({ tone: "good" });
    expect(endsOf(key("a", { legacy: true, slots: [] }), now)).toMatchObject({ tone: "ended" });
  });
});
