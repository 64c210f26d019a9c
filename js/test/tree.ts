/** The tree on a page of its own, with the privileges that its tests choose among. */

import { Tree } from "../src/form/parts/tree";
import type { TreeNode } from "../src/form/parts/tree-row";
import type { PrivilegeNode } from "../src/form/protocol";
import { node } from "./steps";

export const group = (title: string, ...children: PrivilegeNode[]): PrivilegeNode =>
  node(`group:${title}`, title, { children });

export const NODES = [
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

export function open(nodes: readonly TreeNode[] = NODES, chosen: string[] = ["styles"], locked = false) {
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
  const count = (title: string) => row(title).querySelector(".akw-price")?.textContent;
  const go = (title: string, ...keys: string[]) => {
    row(title).focus();
    return keys.map((name) => {
      key(name);
      return here();
    });
  };
  return { tree, seen, row, here, key, shown, state, count, go };
}
