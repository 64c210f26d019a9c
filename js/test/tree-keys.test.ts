import { beforeEach, describe, expect, it, vi } from "vitest";
import { node } from "./steps";
import { open } from "./tree";

describe("the tree by keyboard", () => {
  it("is one stop of the Tab key, which stays on the row that had the focus", () => {
    const { tree, row } = open();
    const stops = () => [...tree.element.querySelectorAll('[tabindex="0"]')];
    expect(stops()).toEqual([row("Location services")]);
    row("Styles").focus();
    expect(stops()).toEqual([row("Styles")]);
  });

  it("goes up and down over what is on the screen, and stops at the ends", () => {
    const { go } = open();
    expect(go("Location services", "ArrowUp", "ArrowDown", "ArrowDown")).toEqual([
      "Location services",
      "Basemaps",
      "Styles",
    ]);
    expect(go("Maps", "ArrowDown", "ArrowDown", "ArrowUp")).toEqual(["Routing", "General", "Routing"]);
    expect(go("Admin", "ArrowDown")).toEqual(["Admin"]);
  });

  it("opens with Right, goes in with Right, and does nothing on a leaf", () => {
    const { go, state } = open();
    expect(go("Routing", "ArrowRight")).toEqual(["Routing"]);
    expect(state("Routing", "expanded")).toBe("true");
    expect(go("Routing", "ArrowRight", "ArrowRight")).toEqual(["Routes", "Routes"]);
  });

  it("goes out with Left, closes with Left, and stays at the top", () => {
    const { go, state } = open();
    expect(go("Styles", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft")).toEqual([
      "Basemaps",
      "Basemaps",
      "Location services",
      "Location services",
      "Location services",
    ]);
    expect([state("Basemaps", "expanded"), state("Location services", "expanded")]).toEqual([
      "false",
      "false",
    ]);
  });

  it("jumps with Home and End", () => {
    expect(open().go("Styles", "End", "Home")).toEqual(["Admin", "Location services"]);
  });

  it("opens all groups beside the row with an asterisk", () => {
    const { go, state } = open();
    expect(go("Routing", "*")).toEqual(["Routing"]);
    expect(["Basemaps", "Routing", "General"].map((title) => state(title, "expanded"))).toEqual([
      "true",
      "true",
      "false",
    ]);
    go("General", "*");
    expect(state("General", "expanded")).toBe("true");
  });

  it.each([" ", "Enter"])("checks and unchecks with %j, with focus and rows left in place", (name) => {
    const { row, go, state, here, seen } = open();
    const before = row("Maps");
    go("Maps", name);
    expect([state("Maps", "checked"), here()]).toEqual(["true", "Maps"]);
    expect(row("Maps")).toBe(before);
    go("Maps", name);
    expect(seen.toggled).toEqual([
      [["maps"], true],
      [["maps"], false],
    ]);
  });

  describe("finds by first letters", () => {
    beforeEach(() => void vi.useFakeTimers());

    it("the next one, and around", () => {
      const { go } = open();
      expect(go("Location services", "r")).toEqual(["Routing"]);
      vi.advanceTimersByTime(600);
      expect(go("Admin", "l")).toEqual(["Location services"]);
    });

    it("a word typed fast, and the next of one letter typed again", () => {
      const { go } = open([node("1", "Sand"), node("2", "Soil"), node("3", "Stone")], []);
      expect(go("Sand", "s", "t")).toEqual(["Soil", "Stone"]);
      vi.advanceTimersByTime(600);
      expect(go("Sand", "s", "s", "s")).toEqual(["Soil", "Stone", "Sand"]);
    });

    it("nothing that is folded away", () => {
      expect(open().go("Location services", "v")).toEqual(["Location services"]);
    });
  });

  it("leaves keys with Control, Tab and Escape alone", () => {
    const { row, key } = open();
    row("Styles").focus();
    expect([key("a", { ctrlKey: true }), key("Tab"), key("Escape")]).toEqual([false, false, false]);
    expect(key("ArrowRight")).toBe(true); // nor does the page scroll
  });

  it("hands on the focus that is put on the tree itself", () => {
    const { tree, here } = open();
    tree.element.focus();
    expect(here()).toBe("Location services");
  });
});
