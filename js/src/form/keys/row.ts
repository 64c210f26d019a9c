/** One key in the table: a row, and under it, when it is opened, what can be done. */

import { button, fill, h, holdsFocus, OWN_KEYS, set } from "../dom";
import { markOf } from "../left";
import type { State } from "../protocol";
import type { Desk } from "../step";
import { formatUtc } from "../time";
import { endsOf } from "./ends";
import { type Owner, Panel } from "./panel";
import type { KeyRow } from "./rows";
import { words } from "./words";

export class Row {
  readonly element = h("tr", { class: "akw-credential" });
  readonly more = h("tr", { class: "akw-credential-more", hidden: true });
  readonly box: HTMLInputElement;
  readonly #desk: Desk;
  readonly #owner: Owner;
  readonly #switch: HTMLButtonElement;
  readonly #place = h("span", { class: "akw-about" });
  readonly #ends = h("td");
  readonly #opens = h("td", { class: "akw-credential-opens" });
  readonly #cell = h("td", { colspan: 4 });
  #panel: Panel | null = null;
  #key: KeyRow;

  /** @param chosen is called when the box is pressed */
  constructor(desk: Desk, key: KeyRow, lifetimes: State["lifetimes"], owner: Owner, chosen: () => void) {
    this.#desk = desk;
    this.#owner = owner;
    this.#key = key;
    this.box = h("input", { type: "checkbox", onchange: chosen, ...OWN_KEYS });
    this.more.id = desk.id(`key-${key.id}`);
    this.#switch = button("", "link", { "aria-controls": this.more.id, "aria-expanded": "false" });
    this.#switch.addEventListener("click", () => this.#toggle(lifetimes));
    const name = h("th", { scope: "row" }, this.#switch, this.#place);
    fill(this.element, h("td", {}, this.box), name, this.#ends, this.#opens);
    fill(this.more, this.#cell);
    this.update(key);
  }

  get key(): KeyRow {
    return this.#key;
  }

  update(key: KeyRow): void {
    this.#key = key;
    fill(this.#switch, key.title);
    set(this.box, "aria-label", words.choose(key.title));
    fill(this.#place, [key.folder || words.root, ...key.tags].join(" · "));
    this.tick();
    fill(this.#opens, key.opens.join(", "));
    const held = holdsFocus(this.more);
    this.#panel?.update(key);
    if (held && !holdsFocus(this.more)) this.#switch.focus(); // what had it is gone
  }

  /** Tell how long it lives on by now. */
  tick(): void {
    const { tone, text, at } = endsOf(this.#key, Date.now());
    fill(this.#ends, markOf(tone), ` ${text}`);
    set(this.#ends, "title", Number.isFinite(at) ? formatUtc(at) : null);
  }

  #toggle(lifetimes: State["lifetimes"]): void {
    const open = this.more.hidden === true;
    this.more.hidden = !open;
    set(this.#switch, "aria-expanded", String(open));
    this.#panel = open ? new Panel(this.#desk, this.#key, lifetimes, this.#owner) : null;
    fill(this.#cell, this.#panel?.element ?? null);
  }
}
