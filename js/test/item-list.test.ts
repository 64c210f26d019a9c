import { beforeEach, describe, expect, it, vi } from "vitest";
import type { PickedItem } from "../src/form/protocol";
import { type Laid, page } from "./desk";
import { pass, type } from "./kernel";
import { active, chosen, many, picker, SOILS, TRAILS } from "./picker";

beforeEach(() => void vi.useFakeTimers());

describe("the list by keyboard", () => {
  async function opened(...items: PickedItem[]): Promise<Laid> {
    const laid = picker();
    await laid.kernel.answer("items", page(...items));
    laid.find("[role=combobox]").focus();
    return laid;
  }

  it("goes through the options with the arrows, around both ends", async () => {
    const laid = await opened(SOILS, TRAILS);
    const seen = ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"].map((key) => {
      laid.key(key);
      return active(laid)?.slice(0, 5);
    });
    expect(seen).toEqual(["Soils", "Trail", "Soils", "Trail", "Soils"]);
    expect(laid.all("[data-active]")).toHaveLength(1);
  });

  it("jumps with Home, End, Page Up and Page Down once an option is marked", async () => {
    const laid = await opened(...many(20));
    expect(laid.key("Home")).toBe(false); // the cursor in the text
    laid.key("ArrowDown");
    const seen = ["End", "Home", "PageDown", "PageUp"].map((key) => {
      laid.key(key);
      return /Item \d+/.exec(active(laid) ?? "")?.[0];
    });
    expect(seen).toEqual(
      ["Item 19", "Item 0", "Item 5", "Item 0"].map((text) => expect.stringContaining(text)),
    );
  });

  it("toggles with Enter, says so, and leaves the focus and the options where they are", async () => {
    const laid = await opened(SOILS, TRAILS);
    const option = laid.all("[role=option]")[1] as HTMLElement;
    laid.key("ArrowUp");
    expect(laid.key("Enter")).toBe(true);
    expect(chosen(laid)).toEqual(["2"]);
    expect(option.getAttribute("aria-selected")).toBe("true");
    expect(option.textContent).toContain("chosen");
    expect(laid.all("[role=option]")[1]).toBe(option);
    expect(document.activeElement).toBe(laid.find("[role=combobox]"));
    laid.key("Enter");
    expect(chosen(laid)).toEqual([]);
    expect(option.getAttribute("aria-selected")).toBe("false");
    expect(laid.said).toEqual(["Trails chosen, 1 of 100", "Trails removed, 0 left"]);
  });

  it("takes Enter with nothing marked, so that no form is sent", async () => {
    const laid = await opened(SOILS);
    expect(laid.key("Enter")).toBe(true);
    expect(chosen(laid)).toEqual([]);
  });

  it("lets go of the option with Escape, then of the words, then of the key", async () => {
    const laid = await opened(SOILS);
    const search = laid.find<HTMLInputElement>("[role=combobox]");
    type(search, "so");
    await pass(250);
    await laid.kernel.answer("items", page(SOILS));
    laid.key("ArrowDown");
    expect(laid.key("Escape")).toBe(true);
    expect([active(laid), search.value]).toEqual([null, "so"]);
    expect(laid.key("Escape")).toBe(true);
    expect(search.value).toBe("");
    expect(laid.kernel.asked("items").at(-1)).toMatchObject({ text: "" });
    expect(laid.key("Escape")).toBe(false);
  });

  it("leaves keys with Control and keys of an input method alone", async () => {
    const laid = await opened(SOILS);
    expect(laid.key("ArrowDown", { ctrlKey: true })).toBe(false);
    expect(laid.key("Enter", { isComposing: true })).toBe(false);
  });

  it("marks nothing in what a new search found", async () => {
    const laid = await opened(SOILS, TRAILS);
    laid.key("ArrowDown");
    type(laid.find("[role=combobox]"), "x");
    await pass(250);
    await laid.kernel.answer("items", page(TRAILS));
    expect(active(laid)).toBeNull();
  });
});
