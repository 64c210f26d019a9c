import { describe, expect, it } from "vitest";
import { node } from "./steps";
import { group, NODES, open } from "./tree";

describe("the tree for screen readers", () => {
  it("has levels, names, descriptions and states", () => {
    const { tree, row, state } = open();
    expect(tree.element.getAttribute("role")).toBe("tree");
    expect(["Location services", "Basemaps", "Styles"].map((title) => state(title, "level"))).toEqual([
      "1",
      "2",
      "3",
    ]);
    expect(row("Styles").closest("ul")?.getAttribute("role")).toBe("group");
    const names = ["Styles", "Basemaps"].map((title) => row(title).textContent);
    expect(names).toEqual(["Styles vector tilesfree", "Basemaps 1 of 2"]); // by content: nothing of what is below
    expect(["Styles", "Basemaps", "General"].map((title) => state(title, "expanded"))).toEqual([
      null,
      "true",
      "false",
    ]);
  });

  it("shows markup in titles and reasons as text", () => {
    const markup = "<img src=x onerror=alert(1)>";
    const { tree } = open([node("x", markup, { about: markup, cost: markup })]);
    expect(tree.element.querySelector("img")).toBeNull();
    expect(tree.element.textContent).toContain(markup);
  });

  it("keeps the keys of its rows from the notebook", () => {
    expect(open().row("Styles").getAttribute("data-lm-suppress-shortcuts")).toBe("true");
  });
});

describe("the tree by mouse", () => {
  const click = (row: HTMLElement, part: string) => row.querySelector<HTMLElement>(part)?.click();

  it("checks a leaf anywhere, a group at its box, and folds a group elsewhere", () => {
    const { row, state, seen } = open();
    click(row("Maps"), ".akw-title");
    expect(seen.toggled).toEqual([[["maps"], true]]);
    click(row("Routing"), ".akw-title");
    expect(state("Routing", "expanded")).toBe("true");
    expect(seen.toggled).toHaveLength(1);
    click(row("Routing"), ".akw-box");
    expect(seen.toggled.at(-1)).toEqual([["route"], true]);
  });
});

describe("groups", () => {
  it("are unchecked, mixed or checked, and count what can be chosen", () => {
    const { state, count, go } = open();
    expect([state("Location services", "checked"), count("Location services")]).toEqual(["mixed", "1 of 3"]);
    expect([state("Routing", "checked"), count("Routing")]).toEqual(["false", "0 of 1"]);
    go("Maps", " ");
    expect([state("Basemaps", "checked"), count("Basemaps")]).toEqual(["true", "2 of 2"]);
  });

  it("set all of their leaves that are available, then none", () => {
    const { go, seen, state } = open();
    go("Location services", " ");
    expect(seen.toggled).toEqual([[["maps", "route"], true]]);
    expect(state("Location services", "checked")).toBe("true");
    go("Location services", " ");
    expect(seen.toggled.at(-1)).toEqual([["styles", "maps", "route"], false]);
  });

  it("at the top with nothing to choose are shown, say why, and cannot be checked", () => {
    const { shown, row, state, go, seen } = open();
    expect(shown()).toContain("Admin");
    expect(row("Admin").textContent).toContain("private application only");
    expect([state("Admin", "checked"), state("Admin", "disabled"), state("Admin", "expanded")]).toEqual([
      null,
      "true",
      null,
    ]);
    go("Admin", " ", "ArrowRight");
    expect(seen).toEqual({ toggled: [], refused: ["private application only"] });
  });

  it("without leaves show their reason", () => {
    const none = node("group:Location services", "Location services", { reason: "Enterprise has none" });
    const { shown, row, seen, go } = open([none, ...NODES.slice(1)]);
    expect(shown()[0]).toBe("Location services");
    expect(row("Location services").textContent).toContain("Enterprise has none");
    go("Location services", "Enter");
    expect(seen.refused).toEqual(["Enterprise has none"]);
  });

  it("with several reasons say so in general", () => {
    const mixed = group("Mixed", node("1", "One", { reason: "a" }), node("2", "Two", { reason: "b" }));
    expect(open([mixed]).row("Mixed").textContent).toContain("none of these now");
  });

  it("are open where something is chosen; else the first is", () => {
    expect(open().shown()).toEqual([
      "Location services",
      "Basemaps",
      "Styles",
      "Maps",
      "Routing",
      "General",
      "Admin",
    ]);
    expect(open(NODES, []).shown()).toEqual(["Location services", "Basemaps", "Routing", "General", "Admin"]);
  });
});

describe("what is not available", () => {
  it("is hidden until it is asked for, and then cannot be checked", () => {
    const { tree, shown, go, state, seen, row } = open();
    go("Routing", "ArrowRight");
    expect(shown()).not.toContain("Fleet");
    tree.showEverything(true);
    expect(shown()).toContain("Fleet");
    expect(row("Fleet").textContent).toContain("your role lacks it");
    expect([state("Fleet", "checked"), state("Fleet", "disabled")]).toEqual([null, "true"]);
    go("Fleet", " ");
    expect(seen).toEqual({ toggled: [], refused: ["your role lacks it"] });
    expect(tree.size).toEqual({ all: 7, unavailable: 2 });
  });

  it("is shown where it is chosen, and can be taken back", () => {
    const { shown, go, state, seen, count } = open(NODES, ["fleet"]);
    expect(shown()).toContain("Fleet");
    expect([state("Fleet", "checked"), state("Fleet", "disabled"), count("Routing")]).toEqual([
      "true",
      null,
      "1 of 2",
    ]);
    go("Fleet", " ");
    expect(seen.toggled).toEqual([[["fleet"], false]]);
    expect(shown()).not.toContain("Fleet");
  });
});

describe("the tree in use", () => {
  it("says nothing of a mark that changes nothing", () => {
    const { tree } = open();
    let changes = 0;
    const observer = new MutationObserver((records) => {
      changes += records.length;
    });
    observer.observe(tree.element, { subtree: true, childList: true, attributes: true, characterData: true });
    tree.mark(new Set(["styles"]), false);
    changes += observer.takeRecords().length;
    expect(changes).toBe(0);
  });

  it("touches only a leaf and its groups in a tree of a hundred", () => {
    const hundred = Array.from({ length: 10 }, (_, at) =>
      group(`G${at}`, ...Array.from({ length: 10 }, (_, of) => node(`${at}-${of}`, `Leaf ${at}-${of}`))),
    );
    const { tree } = open(hundred, []);
    const observer = new MutationObserver(() => {});
    observer.observe(tree.element, { subtree: true, childList: true, attributes: true });
    tree.mark(new Set(["3-3"]), false);
    const touched = observer.takeRecords().map(({ target }) => (target as Element).closest("li"));
    expect(new Set(touched).size).toBeLessThanOrEqual(2);
  });

  it("follows another tree with its groups, its stop and its focus kept", () => {
    const { tree, row, here, shown, go } = open();
    go("General", "ArrowRight");
    row("View").focus();
    tree.show([...NODES.slice(1), group("New", node("n", "N"))]);
    expect(here()).toBe("View");
    expect(shown()).toEqual(["General", "View", "Share", "Admin", "New"]);
  });

  it("can be read but not changed where it is locked", () => {
    const { go, state, seen, here } = open(NODES, ["styles"], true);
    expect([state("Styles", "checked"), state("Styles", "disabled")]).toEqual(["true", "true"]);
    go("Styles", " ", "Enter");
    expect(seen).toEqual({ toggled: [], refused: ["", ""] });
    go("Styles", "ArrowDown");
    expect(here()).toBe("Maps");
  });
});
