import { beforeEach, describe, expect, it, vi } from "vitest";
import { ItemPicker } from "../src/form/item-picker";
import { item, type Laid, lay, page } from "./desk";
import { makeState, pass, settle, type } from "./kernel";
import { count, MARKUP, many, picker, SOILS, TRAILS } from "./picker";

beforeEach(() => void vi.useFakeTimers());

describe("searching items", () => {
  it("shows titles with markup as text", async () => {
    const laid = picker();
    await laid.kernel.answer("items", page(item("1", MARKUP)));
    expect(laid.texts('[role="option"] .akw-title')).toEqual([MARKUP]);
    expect(laid.root.querySelector("script, img")).toBeNull();
  });

  it("calls an item without a title by its id", async () => {
    const laid = picker();
    await laid.kernel.answer("items", page(item("abc1", " ")));
    expect(laid.texts('[role="option"] .akw-title')).toEqual(["abc1"]);
    laid.find("[role=option]").click();
    expect(laid.said).toEqual(["abc1 chosen, 1 of 100"]);
    expect(laid.find(".akw-picked button").getAttribute("aria-label")).toBe("Remove abc1");
  });

  it("asks once for fast typing, after a pause", async () => {
    const { kernel, find } = picker();
    for (const text of ["t", "tr", "tra"]) {
      type(find("[role=combobox]"), text);
      await pass(200);
    }
    expect(kernel.asked("items")).toHaveLength(1);
    await pass(50);
    expect(kernel.asked("items")).toHaveLength(2);
    expect(kernel.asked("items")[1]).toMatchObject({ text: "tra", start: 1, kinds: "layers", owner: "" });
  });

  it("never shows an older answer after a newer one, in whatever order they come", async () => {
    const { kernel, find, texts } = picker();
    const asked = ["a", "ab"];
    for (const text of asked) {
      type(find("[role=combobox]"), text);
      await pass(250);
    }
    const [all, older, newer] = kernel.asked("items").map(({ id }) => id);
    const answer = async (re: string | undefined, title: string) => {
      kernel.say({ kind: "answer", re, ok: true, ...page(item(title, title)) });
      await settle();
    };
    await answer(older, "older");
    expect(texts(".akw-item .akw-title")).toEqual([]);
    await answer(newer, "newer");
    await answer(all, "all");
    expect(texts(".akw-item .akw-title")).toEqual(["newer"]);
  });

  it("drops an answer that comes while the person goes on typing", async () => {
    const { kernel, find, texts } = picker();
    type(find("[role=combobox]"), "tr");
    await kernel.answer("items", page(SOILS));
    expect(texts(".akw-item")).toEqual([]);
  });

  it("tells how many of how many are listed", async () => {
    const laid = picker();
    await laid.kernel.answer("items", { items: many(50), total: 100_000, next_start: 51 });
    expect(count(laid)).toBe("50 of 100,000 items; write a word to narrow them");
  });

  it("puts the next page below the first, and leaves the first as it is", async () => {
    const laid = picker();
    await laid.kernel.answer("items", { items: [SOILS], total: 2, next_start: 2 });
    const first = laid.find("[role=option]");
    const more = laid.all<HTMLButtonElement>("button").find(({ textContent }) => textContent === "Show more");
    more?.focus();
    more?.click();
    expect(laid.kernel.asked("items")[1]?.start).toBe(2);
    await laid.kernel.answer("items", { items: [TRAILS], total: 2, next_start: null });
    expect(laid.texts("[role=option] .akw-title")).toEqual(["Soils", "Trails"]);
    expect(laid.find("[role=option]")).toBe(first);
    expect(document.activeElement).toBe(laid.find("[role=combobox]")); // the button is gone
  });

  it("says that nothing matches, and that there is nothing", async () => {
    const laid = picker();
    await laid.kernel.answer("items", page());
    expect(count(laid)).toBe("This account has no layers that a key can open.");
    type(laid.find("[role=combobox]"), "zz");
    await pass(250);
    await laid.kernel.answer("items", page());
    expect(count(laid)).toBe("No item matches. Try fewer words.");
    expect(laid.find("[role=combobox]").getAttribute("aria-expanded")).toBe("false");
  });

  it("says what went wrong, lists nothing of another question, and asks again", async () => {
    const laid = picker();
    await laid.kernel.answer("items", page(SOILS));
    type(laid.find("[role=combobox]"), "tr");
    await pass(250);
    await laid.kernel.refuse("items", "The portal did not answer.", "Check the network.");
    expect(count(laid)).toBe("The portal did not answer. Check the network.");
    expect(laid.texts("[role=option]")).toEqual([]);
    laid
      .all<HTMLButtonElement>("button")
      .find(({ textContent }) => textContent === "Try again")
      ?.click();
    expect(laid.kernel.asked("items").at(-1)).toMatchObject({ text: "tr", start: 1 });
    await laid.kernel.answer("items", page(TRAILS));
    expect(count(laid)).toBe("1 item");
  });

  it("keeps what is listed when the next page does not come", async () => {
    const laid = picker();
    await laid.kernel.answer("items", { items: [SOILS], total: 2, next_start: 2 });
    laid
      .all<HTMLButtonElement>("button")
      .find(({ textContent }) => textContent === "Show more")
      ?.click();
    await laid.kernel.refuse("items", "Offline.", "");
    expect(laid.texts("[role=option] .akw-title")).toEqual(["Soils"]);
    laid
      .all<HTMLButtonElement>("button")
      .find(({ textContent }) => textContent === "Try again")
      ?.click();
    expect(laid.kernel.asked("items").at(-1)?.start).toBe(2);
  });

  it("asks no more once it is closed", async () => {
    let made: ItemPicker | undefined;
    const make = (desk: ConstructorParameters<typeof ItemPicker>[0]) => {
      const one = new ItemPicker(desk);
      made = one;
      return { element: one.element, update: () => one.update(true) };
    };
    const { kernel, find } = lay(make, makeState("signed-in"));
    type(find("[role=combobox]"), "tr");
    made?.close();
    await pass(1_000);
    expect(kernel.asked("items")).toHaveLength(1);
  });
});

describe("the filters", () => {
  const select = (laid: Laid, label: string, value: string) => {
    const name = laid.all<HTMLLabelElement>("label").find(({ textContent }) => textContent === label);
    const control = laid.find<HTMLSelectElement>(`[id="${name?.getAttribute("for")}"]`);
    control.value = value;
    control.dispatchEvent(new Event("change", { bubbles: true }));
  };

  it("narrow by type and owner at once", () => {
    const laid = picker("full");
    select(laid, "Type", "maps");
    expect(laid.kernel.asked("items").at(-1)).toMatchObject({ kinds: "maps", owner: "" });
    select(laid, "Owner", "*");
    expect(laid.kernel.asked("items").at(-1)).toMatchObject({ kinds: "maps", owner: "*" });
  });

  it("take the name of an owner, and ask for nobody before it is written", async () => {
    const laid = picker("full");
    await laid.kernel.answer("items", page(SOILS));
    select(laid, "Owner", "name");
    expect(count(laid)).toBe("Write whose items to list.");
    expect(laid.texts("[role=option]")).toEqual([]);
    type(laid.find("[role=combobox]"), "tr");
    await pass(250);
    expect(laid.kernel.asked("items")).toHaveLength(1);
    type(laid.find('[name="item-owner-name"]'), " grace ");
    await pass(250);
    expect(laid.kernel.asked("items").at(-1)).toMatchObject({ text: "tr", owner: "grace" });
  });

  it("are told of where nothing is found", async () => {
    const laid = picker("full");
    await laid.kernel.answer("items", page());
    expect(count(laid)).toBe("Nothing of this type here. Try another type or another owner.");
    select(laid, "Type", "all");
    await laid.kernel.answer("items", page());
    expect(count(laid)).toBe("This account has no items that a key can open.");
  });

  it("are not there in the quick key", () => {
    const laid = picker();
    expect(laid.all("select, details")).toEqual([]);
    expect(laid.find("label").textContent).toBe("Layer");
  });
});
