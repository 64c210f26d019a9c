/** One line of a tree: its box, its words, and the group below it. */

import { h, OWN_KEYS, say, set } from "../dom";

export interface TreeNode {
  id: string;
  title: string;
  about: string;
  /** What it costs; may be empty. */
  cost: string;
  /** Why it cannot be chosen; empty where it can. */
  reason: string;
  /** Empty for a leaf. */
  children: readonly TreeNode[];
}

interface Words {
  /** "2 of 6" */
  part(on: number, all: number): string;
  /** Of a group whose leaves cannot be chosen for more than one reason. */
  nothing: string;
}

export class Row {
  readonly node: TreeNode;
  readonly parent: Row | null;
  readonly children: Row[];
  readonly element: HTMLLIElement;
  /** What has the role, the states and the focus; the group stands beside it, so as not to be part of its name. */
  readonly line: HTMLElement;
  /** Whether a group shows what is below it. */
  open = false;
  /** Whether it answers the search; a group's own words count for all below it. */
  matches = true;
  checked = false;
  readonly #words: Words;
  readonly #count = h("span");

  constructor(node: TreeNode, parent: Row | null, id: string, words: Words) {
    this.node = node;
    this.parent = parent;
    this.#words = words;
    this.children = node.children.map((child, index) => new Row(child, this, `${id}-${index}`, words));
    this.line = this.#makeLine(id);
    const inside = this.children.map(({ element }) => element);
    const group =
      inside.length > 0 &&
      h("ul", { role: "group", class: "akw-group", "aria-label": node.title }, ...inside);
    const look = this.group ? "akw-branch" : "akw-leaf";
    this.element = h("li", { role: "none", class: look }, this.line, group);
  }

  /** Ids of groups begin so; one without children is a group whose reason is all there is to say. */
  get group(): boolean {
    return this.node.id.startsWith("group:") || this.children.length > 0;
  }

  get shown(): boolean {
    return !this.element.hidden;
  }

  get level(): number {
    return this.parent ? this.parent.level + 1 : 1;
  }

  /** Why it cannot be chosen; for a whole group at the top, what its leaves say of themselves. */
  get reason(): string {
    if (this.node.reason || !this.group || this.parent) return this.node.reason;
    const reasons = new Set(this.leaves().map(({ node }) => node.reason));
    const [first = ""] = reasons;
    if (reasons.size > 1) return reasons.has("") ? "" : this.#words.nothing;
    return first;
  }

  /** The rows that are on the screen here, in their order. */
  visible(): Row[] {
    if (!this.shown) return [];
    return [this, ...(this.open ? this.children.flatMap((child) => child.visible()) : [])];
  }

  leaves(): Row[] {
    return this.group ? this.children.flatMap((child) => child.leaves()) : [this];
  }

  /** Every row here and below. */
  all(): Row[] {
    return [this, ...this.children.flatMap((child) => child.all())];
  }

  /** Check what is chosen; a group is mixed where some of what can be chosen is. */
  mark(chosen: ReadonlySet<string>, locked: boolean): void {
    for (const child of this.children) child.mark(chosen, locked);
    this.checked = chosen.has(this.node.id);
    const leaves = this.leaves();
    const on = leaves.filter((leaf) => leaf.checked).length;
    const all = leaves.filter((leaf) => leaf.checked || !leaf.node.reason).length;
    const fixed = locked || all === 0;
    change(this.line, "aria-checked", all === 0 ? null : on === 0 ? "false" : on === all ? "true" : "mixed");
    change(this.line, "aria-disabled", fixed ? "true" : null);
    change(this.line, "data-off", all === 0 ? "" : null);
    if (this.group) say(this.#count, all === 0 ? "" : this.#words.part(on, all));
  }

  /** Tell whether the group is open, if there is anything in it to see. */
  unfold(): void {
    const foldable = this.children.some((child) => child.shown);
    change(this.line, "aria-expanded", foldable ? String(this.open) : null);
  }

  #makeLine(id: string): HTMLElement {
    const { title, about, cost } = this.node;
    const { reason } = this;
    const last = reason || (this.group ? this.#count : cost);
    const words = [h("span", { class: "akw-title" }, title), " ", h("span", { class: "akw-about" }, about)];
    const parts = [
      this.group && h("span", { class: "akw-arrow", "aria-hidden": "true" }),
      h("span", { class: "akw-check", "aria-hidden": "true" }, h("span", { class: "akw-box" })),
      h("span", { class: "akw-words" }, ...words),
      h("span", { class: reason ? "akw-why" : "akw-price" }, last),
    ];
    const item = { id, role: "treeitem", tabindex: -1, "aria-level": this.level, ...OWN_KEYS };
    return h("div", { class: "akw-line", "data-id": this.node.id, ...item }, ...parts);
  }
}

/** Set an attribute only where it differs: screen readers and layout hear of every change. */
export function change(element: Element, name: string, value: string | null): void {
  if (element.getAttribute(name) !== value) set(element, name, value);
}
