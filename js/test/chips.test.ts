import { beforeEach, describe, expect, it } from "vitest";
import { type Chip, Chips } from "../src/form/parts/chips";

const ids = (...names: string[]): Chip[] => names.map((id) => ({ id, title: `Title ${id}` }));

function open(...names: string[]) {
  const seen = { said: [] as string[], emptied: 0 };
  let list = ids(...names);
  const chips = new Chips({
    label: "Tags",
    remove: (id) => {
      list = list.filter((chip) => chip.id !== id);
      chips.show(list);
    },
    removeLabel: (title) => `Remove ${title}`,
    removed: (title, left) => `${title} removed, ${left} left`,
    announce: (text) => seen.said.push(text),
    emptied: () => void seen.emptied++,
  });
  chips.show(list);
  document.body.replaceChildren(chips.element);
  const cross = (id: string) =>
    chips.element.querySelector<HTMLButtonElement>(`[data-id="${id}"] button`) as HTMLButtonElement;
  const key = (name: string) => {
    const event = new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
    return event.defaultPrevented;
  };
  const here = () => document.activeElement?.getAttribute("aria-label");
  const left = () => list.map(({ id }) => id).join("");
  return { seen, chips, cross, key, here, left };
}

describe("chips", () => {
  beforeEach(() => document.body.replaceChildren());

  it("are one stop of the Tab key", () => {
    const { cross, chips } = open("a", "b", "c");
    const stops = () => [...chips.element.querySelectorAll("button")].map(({ tabIndex }) => tabIndex);
    expect(stops()).toEqual([0, -1, -1]);
    cross("b").focus();
    expect(stops()).toEqual([-1, 0, -1]);
  });

  it("are walked through with the arrows, Home and End", () => {
    const { cross, key, here } = open("a", "b", "c");
    cross("a").focus();
    const way = ["ArrowLeft", "ArrowRight", "ArrowDown", "ArrowRight", "ArrowUp", "Home", "End"];
    const seen = way.map((name) => {
      key(name);
      return here()?.at(-1);
    });
    expect(seen.join("")).toBe("abccbac");
  });

  it.each(["Delete", "Backspace"])(
    "are removed with %s, and the focus goes to the next, then back",
    (name) => {
      const { cross, key, here, left, seen } = open("a", "b", "c");
      cross("b").focus();
      expect(key(name)).toBe(true);
      expect([left(), here()]).toEqual(["ac", "Remove Title c"]);
      key(name);
      expect([left(), here()]).toEqual(["a", "Remove Title a"]);
      key(name);
      expect([left(), seen.emptied]).toEqual(["", 1]);
      expect(seen.said.at(-1)).toBe("Title a removed, 0 left");
    },
  );

  it("are removed by mouse without taking the focus from elsewhere", () => {
    const { chips, cross, left, seen } = open("a", "b");
    const field = document.createElement("input");
    document.body.append(field);
    field.focus();
    cross("a").click();
    expect(left()).toBe("b");
    expect(document.activeElement).toBe(field);
    expect(seen.said).toEqual(["Title a removed, 1 left"]);
    expect(chips.element.querySelectorAll("button")[0]?.tabIndex).toBe(0);
  });

  it("keep their elements where they stay, in the order given", () => {
    const { chips, cross } = open("a", "b", "c");
    const kept = cross("c");
    chips.show(ids("c", "d", "a"));
    expect(cross("c")).toBe(kept);
    expect([...chips.element.children].map((one) => one.getAttribute("data-id"))).toEqual(["c", "d", "a"]);
  });

  it("leave other keys alone, and hide without any", () => {
    const { cross, key, chips } = open("a");
    cross("a").focus();
    expect(key("x")).toBe(false);
    chips.show([]);
    expect(chips.element.hidden).toBe(true);
  });

  it("have no buttons where they are locked", () => {
    const { chips, cross } = open("a");
    chips.show(ids("a"), true);
    expect(cross("a").hidden).toBe(true);
    expect(chips.element.tabIndex).toBe(0); // to be scrolled by keys
  });
});
