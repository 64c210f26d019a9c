/** Narrowing a search for items: by what they are, and whose. */

import { h } from "./dom";
import { Field } from "./field";
import type { ItemSearch, Query } from "./item-search";
import { Select } from "./sign-in/select";
import type { Desk } from "./step";
import { items as texts } from "./texts";

const NAMED = "name"; // the choice that a user name is written for

export class ItemFilters {
  readonly element: HTMLElement;
  readonly #search: ItemSearch;
  readonly #owner: Select;
  readonly #name: Field;

  constructor(desk: Desk, search: ItemSearch) {
    this.#search = search;
    const pick = (kinds: string) => search.refine({ kinds: kinds as Query["kinds"] });
    const kind = new Select(desk.id("kind"), "item-kind", texts.kind, pick);
    this.#owner = new Select(desk.id("owner"), "item-owner", texts.owner, (owner) => this.#choose(owner));
    kind.offer(options(texts.kinds), search.query.kinds, "");
    this.#owner.offer(options(texts.owners), "", "");
    this.#name = new Field({
      id: desk.id("owner-name"),
      name: "item-owner-name",
      label: texts.ownerName,
      attributes: { autocomplete: "off", spellcheck: "false", autocapitalize: "none", maxlength: 128 },
      edit: () => search.type({ owner: this.#named() }),
    });
    this.#name.element.hidden = true;
    this.#name.input.addEventListener("keydown", this.#onKey);
    const parts = [kind, this.#owner, this.#name].map(({ element }) => element);
    this.element = h("div", { class: "akw-filters" }, ...parts);
  }

  #choose(owner: string): void {
    this.#name.element.hidden = owner !== NAMED;
    this.#search.refine({ owner: owner === NAMED ? this.#named() : owner });
  }

  #named(): string | null {
    return this.#name.input.value.trim() || null;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.isComposing) event.preventDefault(); // it submits nothing
  };
}

function options(texts: Record<string, string>): { value: string; title: string }[] {
  return Object.entries(texts).map(([value, title]) => ({ value, title }));
}
