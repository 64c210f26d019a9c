import { beforeEach, describe, expect, it, vi } from "vitest";
import { ItemPicker } from "../src/form/item-picker";
import { item, lay, page } from "./desk";
import { makeState, pass } from "./kernel";
import { chosen, many, picker, SOILS, TRAILS } from "./picker";

beforeEach(() => void vi.useFakeTimers());

describe("what is chosen", () => {
  it("is toggled by mouse, with the focus left in the search", async () => {
    const laid = picker();
    await laid.kernel.answer("items", page(SOILS, TRAILS));
    const title = laid.all("[role=option] .akw-title")[1] as HTMLElement;
    const down = new MouseEvent("mousedown", { bubbles: true, cancelable: true });
    title.dispatchEvent(down);
    expect(down.defaultPrevented).toBe(true);
    title.click();
    await pass(300);
    expect(laid.kernel.asked("draft").at(-1)?.draft).toEqual({ items: [TRAILS] });
    title.click();
    expect(chosen(laid)).toEqual([]);
  });

  it("stands as chips with a count, the whole title, type, owner and sharing in words", () => {
    const laid = picker("compact", [
      item("1", "Soils", { access: "shared" }),
      item("2", "", { access: "odd" }),
    ]);
    expect(laid.find(".akw-chosen").textContent).toBe("2 of 100 chosen");
    expect(laid.texts(".akw-chip-note")).toEqual([
      "Feature Service · ada · shared with a group",
      "Feature Service · ada · odd",
    ]);
    expect(laid.texts(".akw-picked .akw-clip")).toEqual(["Soils", "2"]);
    expect(laid.find(".akw-picked .akw-clip").title).toBe("Soils");
  });

  it("is taken back by its chip, and the focus goes to the search after the last one", () => {
    const laid = picker("compact", [SOILS]);
    const cross = laid.find<HTMLButtonElement>('[aria-label="Remove Soils"]');
    cross.focus();
    cross.click();
    expect(chosen(laid)).toEqual([]);
    expect(document.activeElement).toBe(laid.find("[role=combobox]"));
  });

  it("stays within the limit: one more is refused in words, and nothing is lost", async () => {
    const laid = picker("compact", many(100));
    await laid.kernel.answer("items", page(SOILS));
    laid.find("[role=option]").click();
    expect(chosen(laid)).toHaveLength(100);
    expect(laid.texts("[role=alert]")).toContain(
      "A key opens 100 items at most. Remove one to choose another.",
    );
    expect(laid.said).toEqual(["A key opens 100 items at most. Remove one to choose another."]);
    laid.find<HTMLButtonElement>('[aria-label="Remove Item 0"]').click();
    expect(laid.texts("[role=alert]").join("")).toBe("");
    laid.find("[role=option]").click();
    expect(chosen(laid).at(-1)).toBe("1");
  });

  it("is pointed at where an error speaks of it", () => {
    const laid = picker("compact", [SOILS, TRAILS]);
    const message = "“Trails” is gone, or you may not see it any more.";
    laid.update(makeState("signed-in", { errors: { items: message } }, { items: [SOILS, TRAILS] }));
    const search = laid.find("[role=combobox]");
    expect(search.getAttribute("aria-invalid")).toBe("true");
    const [first] = search.getAttribute("aria-describedby")?.split(" ") ?? [];
    expect(laid.find(`[id="${first}"]`).textContent).toBe(message);
    expect(laid.texts("[data-wrong] .akw-clip")).toEqual(["Trails"]);
    laid.update(makeState("signed-in", {}, { items: [SOILS, TRAILS] }));
    expect(search.hasAttribute("aria-invalid")).toBe(false);
    expect(laid.all("[data-wrong]")).toEqual([]);
  });

  it("is only to be read where it is locked, and that is said", () => {
    const make = (desk: ConstructorParameters<typeof ItemPicker>[0]) => {
      const made = new ItemPicker(desk);
      return { element: made.element, update: () => made.update(true, 100, true) };
    };
    const laid = lay(make, makeState("signed-in", {}, { items: [SOILS] }));
    expect(laid.find(".akw-locked").hidden).toBe(false);
    expect(laid.texts(".akw-picked .akw-clip")).toEqual(["Soils"]);
    expect(laid.all("button, input").every((one) => one.closest("[hidden]"))).toBe(true);
    expect(laid.kernel.sent).toEqual([]);
  });

  it("is asked for at the search where there is none", () => {
    const laid = picker();
    laid.update(makeState("signed-in", { errors: { items: "Choose a layer." } }));
    expect(laid.find(".akw-field [role=alert]").textContent).toBe("Choose a layer.");
  });
});
