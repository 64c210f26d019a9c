import { beforeEach, describe, expect, it, vi } from "vitest";
import { ItemPicker } from "../src/form/item-picker";
import type { PickedItem } from "../src/form/protocol";
import { item, type Laid, lay, page } from "./desk";
import { makeState, pass, settle, type } from "./kernel";

const MARKUP = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
const SOILS = item("1", "Soils");
const TRAILS = item("2", "Trails");
const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => item(`n${from + index}`, `Item ${from + index}`));

function picker(look: "compact" | "full" = "compact", items: PickedItem[] = [], limit = 100): Laid {
  const make = (desk: ConstructorParameters<typeof ItemPicker>[0]) => {
    const made = new ItemPicker(desk, look);
    return { element: made.element, update: () => made.update(true, limit) };
  };
  return lay(make, makeState("signed-in", {}, { items }));
}

const count = ({ find }: Laid) => find(".akw-finder .akw-count").textContent;
const active = ({ find, root }: Laid) =>
  root.querySelector(`[id="${find("[role=combobox]").getAttribute("aria-activedescendant")}"]`)
    ?.textContent ?? null;
const chosen = ({ desk }: Laid) => desk.draft.fields.items.map(({ id }) => id);

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
});
