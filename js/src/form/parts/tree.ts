/** A tree with boxes, by the ARIA pattern: one stop of the Tab key, arrows inside, Space or Enter checks. */

import { focused, h } from "../dom";
import { Typing, targetOf } from "./tree-keys";
import { change, Row, type TreeNode } from "./tree-row";

interface Settings {
  /** Unique in the page; the rows' ids begin with it. */
  id: string;
  label: string;
  /** Id of the element that tells what is wrong. */
  describedBy: string;
  part(on: number, all: number): string;
  nothing: string;
  /** Check or uncheck these leaves. */
  toggle(ids: string[], on: boolean): void;
  /** Tell why a row does not change; empty where the whole tree is locked. */
  refuse(reason: string): void;
}

export class Tree {
  readonly element: HTMLUListElement;
  readonly #settings: Settings;
  readonly #typing = new Typing();
  #rows: Row[] = [];
  #active: Row | null = null;
  #shown = "";
  #chosen: ReadonlySet<string> = new Set();
  #locked = false;
  #text = "";
  #everything = false;
  /** Groups that were open before a search. */
  #before: Set<string> | null = null;

  constructor(settings: Settings) {
    this.#settings = settings;
    const words = { "aria-label": settings.label, "aria-describedby": settings.describedBy };
    this.element = h("ul", { class: "akw-tree", role: "tree", tabindex: -1, ...words });
    this.element.addEventListener("keydown", this.#onKey);
    this.element.addEventListener("click", this.#onClick);
    this.element.addEventListener("focusin", this.#onFocus);
  }

  /** Show these nodes, made anew only where they differ from what is shown; open groups stay open. */
  show(nodes: readonly TreeNode[]): void {
    const now = JSON.stringify(nodes);
    if (now === this.#shown) return;
    const open = this.#shown ? this.#openIds() : null;
    const held = this.#active?.node.id;
    const within = this.element.contains(focused(this.element));
    this.#shown = now;
    this.#active = null;
    this.#rows = nodes.map(
      (node, index) => new Row(node, null, `${this.#settings.id}-${index}`, this.#settings),
    );
    this.element.replaceChildren(...this.#rows.map(({ element }) => element));
    this.mark(this.#chosen, this.#locked);
    for (const row of this.#all) row.open = open ? open.has(row.node.id) : this.#opensFirst(row);
    this.#filter();
    this.#activate(this.#all.find(({ node }) => node.id === held) ?? null);
    if (within) this.focus();
  }

  /** Check these leaves. */
  mark(chosen: ReadonlySet<string>, locked: boolean): void {
    this.#chosen = chosen;
    this.#locked = locked;
    for (const row of this.#rows) row.mark(chosen, locked);
    this.#apply();
  }

  /** Keep what a text is found in, with its groups open; an empty text brings back what was. */
  search(text: string): void {
    if (text === this.#text) return;
    this.#before ??= this.#openIds();
    this.#text = text;
    this.#filter();
  }

  /** Show what cannot be chosen, too. */
  showEverything(everything: boolean): void {
    this.#everything = everything;
    this.#filter();
  }

  /** Leaves that answer the search, and those of them that are not shown since they cannot be chosen. */
  count(): { shown: number; hidden: number } {
    const found = this.#leaves.filter((leaf) => leaf.matches);
    const shown = found.filter((leaf) => leaf.shown).length;
    return { shown, hidden: found.length - shown };
  }

  /** How many leaves there are, and how many of them cannot be chosen. */
  get size(): { all: number; unavailable: number } {
    const leaves = this.#leaves;
    return { all: leaves.length, unavailable: leaves.filter(({ node }) => node.reason).length };
  }

  /** Put the focus on the row that Tab leads to. */
  focus(): void {
    this.#active?.line.focus();
  }

  get #all(): Row[] {
    return this.#rows.flatMap((row) => row.all());
  }

  get #leaves(): Row[] {
    return this.#rows.flatMap((row) => row.leaves());
  }

  get #visible(): Row[] {
    return this.#rows.flatMap((row) => row.visible());
  }

  #openIds(): Set<string> {
    return new Set(this.#all.filter(({ open }) => open).map(({ node }) => node.id));
  }

  /** At first, what is chosen is in sight; where nothing is, what the first group has. */
  #opensFirst(row: Row): boolean {
    const chosen = (one: Row) => one.leaves().some((leaf) => leaf.checked);
    return chosen(row) || (row === this.#rows[0] && !this.#rows.some(chosen));
  }

  #filter(): void {
    const text = this.#text.toLowerCase();
    for (const row of this.#rows) match(row, text);
    const before = this.#before;
    for (const row of this.#all) {
      if (text) row.open = row.leaves().some((leaf) => leaf.matches);
      else if (before) row.open = before.has(row.node.id);
    }
    if (!text) this.#before = null;
    this.#apply();
  }

  /** Hide and show rows, and keep the stop of the Tab key on one that can be seen. */
  #apply(): void {
    for (const row of this.#rows) this.#reveal(row);
    const visible = this.#visible;
    if (!this.#active || !visible.includes(this.#active)) this.#activate(visible[0] ?? null);
  }

  #reveal(row: Row): boolean {
    const inside = row.children.map((child) => this.#reveal(child)).some(Boolean);
    const off = row.reason !== "";
    const alone = row.group ? off : !off || row.checked || this.#everything;
    const shown = inside || (alone && row.matches);
    if (row.element.hidden === shown) row.element.hidden = !shown;
    if (row.group) row.unfold();
    return shown;
  }

  #activate(row: Row | null): void {
    if (!row || row === this.#active) return;
    if (this.#active) change(this.#active.line, "tabindex", "-1");
    change(row.line, "tabindex", "0");
    this.#active = row;
  }

  #rowOf(target: EventTarget | null): Row | null {
    const item = (target as Element).closest('[role="treeitem"]');
    return this.#all.find(({ line }) => line === item) ?? null;
  }

  #fold(row: Row, open: boolean): void {
    row.open = open;
    row.unfold();
  }

  #unfoldAll(rows: readonly Row[]): void {
    for (const row of rows) this.#fold(row, row.group);
  }

  #toggle(row: Row): void {
    if (this.#locked) return void this.#settings.refuse("");
    const leaves = row.leaves().filter((leaf) => leaf.shown || (leaf.matches && !leaf.node.reason));
    const free = leaves.filter(({ node }) => !node.reason);
    const on = free.some((leaf) => !leaf.checked);
    const changed = (on ? free : leaves).filter(({ checked }) => checked !== on);
    if (changed.length)
      this.#settings.toggle(
        changed.map(({ node }) => node.id),
        on,
      );
    else this.#settings.refuse(row.reason || leaves[0]?.reason || "");
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const row = this.#active;
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!this.#follow(event.key, row)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Do what a key asks for; false where it is none of the tree's. */
  #follow(key: string, row: Row): boolean {
    const foldable = row.line.hasAttribute("aria-expanded");
    const to = targetOf(key, row, this.#visible);
    if (key === " " || key === "Enter") this.#toggle(row);
    else if (key === "ArrowRight" && foldable && !row.open) this.#fold(row, true);
    else if (key === "ArrowLeft" && foldable && row.open) this.#fold(row, false);
    else if (key === "*") this.#unfoldAll(row.parent?.children ?? this.#rows);
    else if (to) to.line.focus();
    else if (key.length === 1) this.#typing.find(key, row, this.#visible)?.line.focus();
    else return /^(Arrow|Home$|End$)/.test(key);
    return true;
  }

  /** The tree itself hands the focus on, as where an error leads to it. */
  readonly #onFocus = (event: FocusEvent): void => {
    if (event.target === this.element) this.focus();
    else this.#activate(this.#rowOf(event.target));
  };

  readonly #onClick = (event: MouseEvent): void => {
    const target = event.target as Element;
    const row = target.closest(".akw-line") && this.#rowOf(target);
    if (!row) return;
    const foldable = row.line.hasAttribute("aria-expanded");
    if (row.group && foldable && !target.closest(".akw-check")) this.#fold(row, !row.open);
    else this.#toggle(row);
  };
}

/** Whether a row answers a search by its own words, those of a group above it, or by what is below. */
function match(row: Row, text: string, above = false): boolean {
  const { title, about, id } = row.node;
  const own = above || `${title}\n${about}\n${row.group ? "" : id}`.toLowerCase().includes(text);
  const below = row.children.map((child) => match(child, text, own)).some(Boolean);
  row.matches = own || below;
  return row.matches;
}
