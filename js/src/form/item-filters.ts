/** Narrowing a search for items: by what they are, and whose. */

import { h, OWN_KEYS } from "./dom";
import { Field } from "./field";
import type { ItemSearch, Query } from "./item-search";
import type { Desk } from "./step";
import { items as texts } from "./texts";

const NAMED = "name"; // the choice that a user name is written for

export class ItemFilters {
  readonly element: HTMLElement;
  readonly #search: ItemSearch;
  readonly #owner: HTMLSelectElement;
  readonly #name: Field;

  constructor(desk: Desk, search: ItemSearch) {
    this.#search = search;
    const kind = select(desk.id("kind"), texts.kinds, search.query.kinds);
    this.#owner = select(desk.id("owner"), texts.owners, "");
    this.#name = new Field({
      id: desk.id("owner-name"),
      name: "item-owner",
      label: texts.ownerName,
      attributes: { autocomplete: "off", spellcheck: "false", autocapitalize: "none", maxlength: 128 },
      edit: () => search.type({ owner: this.#named() }),
    });
    this.#name.element.hidden = true;
    kind.addEventListener("change", () => search.refine({ kinds: kind.value as Query["kinds"] }));
    this.#owner.addEventListener("change", () => this.#choose());
    this.#name.input.addEventListener("keydown", this.#onKey);
    const parts = [labelled(texts.kind, kind), labelled(texts.owner, this.#owner), this.#name.element];
    this.element = h("div", { class: "akw-filters" }, ...parts);
  }

  #choose(): void {
    const { value } = this.#owner;
    this.#name.element.hidden = value !== NAMED;
    this.#search.refine({ owner: value === NAMED ? this.#named() : value });
  }

  #named(): string | null {
    return this.#name.input.value.trim() || null;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.isComposing) event.preventDefault(); // it submits nothing
  };
}

function select(id: string, options: Record<string, string>, chosen: string): HTMLSelectElement {
  const parts = Object.entries(options).map(([value, label]) =>
    h("option", { value, selected: value === chosen }, label),
  );
  return h("select", { id, class: "akw-input akw-select", ...OWN_KEYS }, ...parts);
}

function labelled(label: string, control: HTMLElement): HTMLElement {
  const head = h("div", { class: "akw-label" }, h("label", { for: control.id }, label));
  return h("div", { class: "akw-field" }, head, control);
}
