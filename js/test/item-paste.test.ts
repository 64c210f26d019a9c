import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Laid } from "./desk";
import { settle } from "./kernel";
import { chosen, MARKUP, many, picker, SOILS, TRAILS } from "./picker";

beforeEach(() => void vi.useFakeTimers());

describe("pasted ids and addresses", () => {
  function pasted(laid: Laid, text: string): HTMLButtonElement {
    laid.find<HTMLTextAreaElement>("textarea").value = text;
    const add = laid.all<HTMLButtonElement>("button").find(({ textContent }) => textContent === "Add");
    add?.click();
    return add as HTMLButtonElement;
  }

  it("are looked up once for a double click, added, and cleared", async () => {
    const laid = picker("full", [SOILS]);
    pasted(laid, "1 2").click();
    expect(laid.kernel.asked("lookup")).toHaveLength(1);
    expect(laid.kernel.asked("lookup")[0]?.text).toBe("1 2");
    await laid.kernel.answer("lookup", { items: [SOILS, TRAILS], problems: [] });
    expect(chosen(laid)).toEqual(["1", "2"]);
    expect(laid.find(".akw-paste [role=status]").textContent).toBe("1 item added, 1 chosen already");
    expect(laid.find<HTMLTextAreaElement>("textarea").value).toBe("");
  });

  it("are told line by line where they are no items, and stay to be mended", async () => {
    const laid = picker("full");
    pasted(laid, "2 x y");
    await laid.kernel.answer("lookup", { items: [TRAILS], problems: ["x is no id.", `${MARKUP} is gone.`] });
    expect(laid.texts(".akw-problems li")).toEqual(["x is no id.", `${MARKUP} is gone.`]);
    expect(laid.find("textarea").getAttribute("aria-invalid")).toBe("true");
    expect(laid.find<HTMLTextAreaElement>("textarea").value).toBe("2 x y");
    expect(chosen(laid)).toEqual(["2"]);
  });

  it("fill the room that is left, and name what found none", async () => {
    const laid = picker("full", many(99));
    pasted(laid, "1 2");
    await laid.kernel.answer("lookup", { items: [SOILS, TRAILS], problems: [] });
    expect(chosen(laid)).toHaveLength(100);
    expect(laid.texts(".akw-problems li")).toEqual([
      "Not added, since a key opens 100 items at most: “Trails”.",
    ]);
  });

  it("need words, and a portal that answers", async () => {
    const laid = picker("full");
    pasted(laid, "  ");
    await settle();
    expect(laid.texts(".akw-problems li")).toEqual(["Paste at least one id or address."]);
    expect(laid.kernel.asked("lookup")).toHaveLength(0);
    pasted(laid, "1");
    await laid.kernel.refuse("lookup", "The portal did not answer.", "Try again.");
    expect(laid.texts(".akw-problems li")).toEqual(["The portal did not answer. Try again."]);
    expect(laid.find<HTMLTextAreaElement>("textarea").value).toBe("1");
  });

  it("leave alone what is typed while they are looked up", async () => {
    const laid = picker("full");
    pasted(laid, "1");
    laid.find<HTMLTextAreaElement>("textarea").value = "1 2";
    await laid.kernel.answer("lookup", { items: [SOILS], problems: [] });
    expect(chosen(laid)).toEqual(["1"]);
    expect(laid.find<HTMLTextAreaElement>("textarea").value).toBe("1 2");
  });
});
