import { beforeEach, describe, expect, it, vi } from "vitest";
import { Tree } from "../src/form/parts/tree";
import type { TreeNode } from "../src/form/parts/tree-row";
import type { PrivilegeNode } from "../src/form/protocol";
import { node } from "./steps";

const group = (title: string, ...children: PrivilegeNode[]) => node(`group:${title}`, title, { children });

const NODES = [
  group(
    "Location services",
    group(
      "Basemaps",
      node("styles", "Styles", { about: "vector tiles", cost: "free" }),
      node("maps", "Maps"),
    ),
    group("Routing", node("route", "Routes"), node("fleet", "Fleet", { reason: "your role lacks it" })),
  ),
  group("General", node("view", "View"), node("share", "Share")),
  group("Admin", node("rule", "Rule", { reason: "private application only" })),
];

/** Whether a group above a row is closed. */
function folded(row: Element): boolean {
  const above = row.closest("[role=group]")?.previousElementSibling;
  return above ? above.getAttribute("aria-expanded") === "false" || folded(above) : false;
}

function open(nodes: readonly TreeNode[] = NODES, chosen: string[] = ["styles"], locked = false) {
  const seen = { toggled: [] as [string[], boolean][], refused: [] as string[] };
  let now = new Set(chosen);
  const tree = new Tree({
    id: "t",
    label: "Privileges",
    describedBy: "error",
    part: (on, all) => `${on} of ${all}`,
    nothing: "none of these now",
    toggle: (ids, on) => {
      seen.toggled.push([ids, on]);
      now = new Set(on ? [...now, ...ids] : [...now].filter((id) => !ids.includes(id)));
      tree.mark(now, locked);
    },
    refuse: (reason) => seen.refused.push(reason),
  });
  tree.mark(now, locked);
  tree.show(nodes);
  document.body.replaceChildren(tree.element);
  const row = (title: string) => {
    const name = [...tree.element.querySelectorAll(".akw-title")].find((one) => one.textContent === title);
    return name?.closest<HTMLElement>("[role=treeitem]") as HTMLElement;
  };
  const here = () => document.activeElement?.querySelector(".akw-title")?.textContent;
  const key = (name: string, init: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...init });
    document.activeElement?.dispatchEvent(event);
    return event.defaultPrevented;
  };
  /** Titles of what is on the screen. */
  const shown = () =>
    [...tree.element.querySelectorAll<HTMLElement>("[role=treeitem]")]
      .filter((one) => !one.closest("[hidden]") && !folded(one))
      .map((one) => one.querySelector(".akw-title")?.textContent);
  const state = (title: string, name: string) => row(title).getAttribute(`aria-${name}`);
  const count = (title: string) => row(title).querySelector(".akw-part")?.textContent;
  const go = (title: string, ...keys: string[]) => {
    row(title).focus();
    return keys.map((name) => {
      key(name);
      return here();
    });
  };
  return { tree, seen, row, here, key, shown, state, count, go };
}

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

describe("searching the tree", () => {
  it("finds titles, what they open and REST names, with their groups open", () => {
    const { tree, shown } = open(NODES, []);
    const found = (text: string) => {
      tree.search(text);
      return shown();
    };
    expect(found("SHARE")).toEqual(["General", "Share"]);
    expect(found("vector")).toEqual(["Location services", "Basemaps", "Styles"]);
    expect(found("route")).toEqual(["Location services", "Routing", "Routes"]);
    expect(found("zzz")).toEqual([]);
  });

  it("keeps all of a group whose own title matches", () => {
    const { tree, shown } = open();
    tree.search("basemaps");
    expect(shown()).toEqual(["Location services", "Basemaps", "Styles", "Maps"]);
  });

  it("counts what matches, and what matches but is not available", () => {
    const { tree } = open();
    tree.search("rout");
    expect(tree.count()).toEqual({ shown: 1, hidden: 1 });
  });

  it("brings back the groups as they were", () => {
    const { tree, shown } = open();
    const before = shown();
    tree.search("share");
    tree.search("");
    expect(shown()).toEqual(before);
  });

  it("checks by a group only what is in sight", () => {
    const { tree, go, seen } = open(NODES, []);
    tree.search("styles");
    go("Location services", " ");
    expect(seen.toggled).toEqual([[["styles"], true]]);
  });

  it("keeps the stop of the Tab key on a row that can be seen", () => {
    const { tree, row, here } = open();
    row("Styles").focus();
    tree.search("share");
    tree.focus();
    expect(here()).toBe("General");
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
