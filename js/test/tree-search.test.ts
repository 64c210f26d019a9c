import { describe, expect, it } from "vitest";
import { NODES, open } from "./tree";

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
