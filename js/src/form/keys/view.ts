/** My keys: a table to filter and sort, each key with its ways. */

import { button, fill, focused, h, holdsFocus, OWN_KEYS, once, say, set } from "../dom";
import { Field } from "../field";
import { notice } from "../notice";
import type { State } from "../protocol";
import type { Desk, Step } from "../step";
import { header } from "../texts";
import { Confirm } from "./confirm";
import { endsOf } from "./ends";
import css from "./keys.css?inline";
import type { Owner } from "./panel";
import { Row } from "./row";
import type { KeyRow } from "./rows";
import { words } from "./words";

type Column = "title" | "ends";

export class KeysView implements Step {
  readonly element: HTMLElement;
  readonly heading = h("h2", { class: "akw-heading", tabindex: -1 }, header.keys);
  readonly #desk: Desk;
  readonly #filter: Field;
  readonly #count = h("span", { class: "akw-about", role: "status" });
  readonly #rows = new Map<string, Row>();
  /** Those that fit the filter, in their order. */
  #shown: Row[] = [];
  readonly #body = h("tbody");
  readonly #table: HTMLTableElement;
  readonly #all: HTMLInputElement;
  readonly #heads = {} as Record<Column, HTMLElement>;
  readonly #remove = button("", "small");
  readonly #trouble = h("div");
  readonly #confirm = new Confirm((error) => this.#fail(error));
  readonly #refresh = button(words.refresh, "small");
  #lifetimes: State["lifetimes"] = [];
  #sort: { by: Column; down: boolean } = { by: "ends", down: false };
  #closed = false;

  constructor(desk: Desk) {
    this.#desk = desk;
    const look = { id: desk.id("key-filter"), name: "filter", label: words.filter, hint: words.filterHint };
    this.#filter = new Field({ ...look, edit: () => this.#show() });
    this.#all = h("input", {
      type: "checkbox",
      "aria-label": words.chooseAll,
      onchange: () => this.#chooseAll(),
      ...OWN_KEYS,
    });
    this.#table = this.#makeTable();
    this.#refresh.addEventListener("click", () => once(this.#refresh, () => this.#list()));
    this.#remove.addEventListener("click", () => this.#removeChosen());
    this.element = this.#layOut();
    once(this.#refresh, () => this.#list());
  }

  update({ lifetimes }: State): void {
    this.#lifetimes = lifetimes;
  }

  tick(): void {
    for (const row of this.#rows.values()) row.tick();
  }

  close(): void {
    this.#closed = true;
  }

  #layOut(): HTMLElement {
    const back = button(words.newKey, "go", { onclick: () => this.#desk.draft.edit({ view: "quick" }) });
    const bar = h("div", { class: "akw-row akw-apart" }, this.#count, this.#refresh);
    const scroll = h("div", { class: "akw-keys" }, this.#table);
    const body = h(
      "div",
      { class: "akw-body" },
      this.heading,
      this.#filter.element,
      bar,
      this.#trouble,
      scroll,
      this.#confirm.element,
    );
    const footer = h("footer", { class: "akw-footer" }, this.#remove, h("div", { class: "akw-calm" }), back);
    return h("div", { class: "akw-step" }, h("style", {}, css), body, footer);
  }

  #makeTable(): HTMLTableElement {
    const head = (by: Column) => {
      const pressed = button(words.columns[by], "link", { onclick: () => this.#sortBy(by) });
      this.#heads[by] = h("th", { scope: "col" }, pressed);
      return this.#heads[by];
    };
    const opens = h("th", { scope: "col", class: "akw-credential-opens" }, words.columns.opens);
    const top = h("tr", {}, h("td", {}, this.#all), head("title"), head("ends"), opens);
    return h("table", { "aria-label": this.heading.textContent ?? "" }, h("thead", {}, top), this.#body);
  }

  async #list(): Promise<void> {
    say(this.#count, words.reading);
    try {
      const { keys } = await this.#desk.ask("keys");
      if (this.#closed) return;
      fill(this.#trouble);
      this.#take(keys);
    } catch (error) {
      say(this.#count, "");
      if (!this.#closed) this.#fail(error);
    }
  }

  /** Take a listing over; rows that stay keep what is open in them. */
  #take(keys: readonly KeyRow[]): void {
    const wanted = new Set(keys.map(({ id }) => id));
    for (const id of [...this.#rows.keys()]) if (!wanted.has(id)) this.#rows.delete(id);
    for (const key of keys) {
      const row = this.#rows.get(key.id);
      if (row) row.update(key);
      else
        this.#rows.set(
          key.id,
          new Row(this.#desk, key, this.#lifetimes, this.#owner, () => this.#tellChosen()),
        );
    }
    this.#show();
  }

  get #owner(): Owner {
    return {
      changed: (key) => {
        this.#rows.get(key.id)?.update(key);
        this.#show();
      },
      remove: (key, confirm, back) =>
        confirm.ask(words.deleteQuestion([key.title]), words.delete, back, () => this.#delete([key.id])),
    };
  }

  #show(): void {
    const now = Date.now();
    const text = this.#filter.input.value.trim().toLowerCase();
    const shown = [...this.#rows.values()].filter(({ key }) => fits(key, text)).sort(this.#order(now));
    this.#shown = shown;
    this.#lay(shown.flatMap(({ element, more }) => [element, more]));
    const all = this.#rows.size;
    say(this.#count, !all ? words.none : shown.length ? words.count(shown.length, all) : words.nothing);
    this.#table.hidden = !shown.length;
    this.#filter.element.hidden = !all;
    for (const by of ["title", "ends"] as const) {
      const way = this.#sort.down ? "descending" : "ascending";
      set(this.#heads[by], "aria-sort", this.#sort.by === by ? way : null);
    }
    this.#tellChosen();
  }

  /** Lay the rows in their order; the focus stays on what moves. */
  #lay(rows: HTMLElement[]): void {
    const laid = this.#body.children;
    if (rows.length === laid.length && rows.every((row, index) => row === laid[index])) return;
    const held = holdsFocus(this.#body) && (focused(this.#body) as HTMLElement);
    fill(this.#body, ...rows);
    if (held && this.#body.contains(held)) held.focus({ preventScroll: true });
  }

  #order(now: number): (one: Row, other: Row) => number {
    const { by, down } = this.#sort;
    const names = (one: Row, other: Row) => one.key.title.localeCompare(other.key.title);
    const ends = (one: Row, other: Row) => {
      const [a, b] = [endsOf(one.key, now).at, endsOf(other.key, now).at];
      return a === b ? names(one, other) : a - b;
    };
    return (one, other) => (down ? -1 : 1) * (by === "title" ? names(one, other) : ends(one, other));
  }

  #sortBy(by: Column): void {
    this.#sort = { by, down: this.#sort.by === by && !this.#sort.down };
    this.#show();
  }

  #chosen(): Row[] {
    return this.#shown.filter(({ box }) => box.checked);
  }

  #chooseAll(): void {
    for (const { box } of this.#shown) box.checked = this.#all.checked;
    this.#tellChosen();
  }

  #tellChosen(): void {
    const count = this.#chosen().length;
    this.#all.checked = count > 0 && count === this.#shown.length;
    this.#all.indeterminate = count > 0 && !this.#all.checked;
    this.#remove.hidden = !count;
    say(this.#remove, words.deleteChosen(count));
  }

  #removeChosen(): void {
    const keys = this.#chosen().map(({ key }) => key);
    const question = words.deleteQuestion(keys.map(({ title }) => title));
    const work = () => this.#delete(keys.map(({ id }) => id));
    this.#confirm.ask(question, words.delete, this.#remove, work);
  }

  /** Delete some, and tell each that stays; the list tells the rest. */
  async #delete(items: string[]): Promise<void> {
    const { outcomes } = await this.#desk.ask("delete", { items });
    const asked = holdsFocus(this.element) && focused(this.element)?.closest(".akw-question");
    for (const { id, state } of outcomes) if (state === "done") this.#rows.delete(id);
    const failed = outcomes.filter(({ state }) => state !== "done");
    const lines = failed.map(({ title, why }) => words.notDeleted(title, why));
    const deleted = words.deleted(outcomes.length - failed.length);
    fill(this.#trouble, lines.length ? notice("bad", deleted, ...lines) : null);
    this.#show();
    this.#desk.announce(deleted);
    if (asked) this.heading.focus();
  }

  #fail(error: unknown): void {
    const { message, hint } = error as { message: string; hint?: string };
    if (hint === undefined) this.#desk.fail(error);
    else fill(this.#trouble, notice("bad", message, hint));
  }
}

function fits({ title, folder, tags, opens }: KeyRow, text: string): boolean {
  return [title, folder, ...tags, ...opens].some((part) => part.toLowerCase().includes(text));
}
