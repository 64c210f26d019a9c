/** The choice of the one item that a key opens: a search box over a list, driven by mouse or keyboard. */

import { button, fill, h, say, set } from "./dom";
import { Field } from "./field";
import { ItemSearch } from "./item-search";
import type { FoundItem, PickedItem } from "./protocol";
import type { Desk } from "./step";
import { items as texts } from "./texts";

export class ItemPicker {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #search: ItemSearch;
  readonly #field: Field;
  readonly #list: HTMLElement;
  readonly #count = h("p", { class: "akw-count", role: "status" });
  readonly #more = button(texts.more, "link", { hidden: true });
  readonly #chosen = h("div", { class: "akw-chosen", hidden: true });
  readonly #finder: HTMLElement;
  #active = -1;
  #picked: PickedItem | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
    const listId = desk.id("items");
    this.#list = h("ul", { id: listId, class: "akw-list", role: "listbox", "aria-label": texts.results });
    this.#field = this.#makeField(listId);
    this.#search = new ItemSearch(desk, () => this.#draw());
    this.#more.addEventListener("click", () => this.#search.more());
    this.#field.input.addEventListener("keydown", this.#onKey);
    this.#list.addEventListener("pointerdown", this.#onPress);
    const foot = h("div", { class: "akw-row" }, this.#count, this.#more);
    this.#finder = h("div", { class: "akw-finder" }, this.#list, foot);
    this.element = h("div", { class: "akw-picker" }, this.#field.element, this.#chosen, this.#finder);
  }

  /** Bring choice and error up to date; the first search starts when the picker is first needed. */
  update(needed: boolean): void {
    const { fields, errors } = this.#desk.draft;
    this.element.hidden = !needed;
    if (needed) this.#search.start();
    this.#field.error(errors.items);
    const picked = fields.items[0] ?? null;
    if (picked?.id === this.#picked?.id) return;
    this.#picked = picked;
    this.#showChosen();
  }

  close(): void {
    this.#search.close();
  }

  #makeField(listId: string): Field {
    const combobox = {
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": listId,
      "aria-autocomplete": "list",
    };
    return new Field({
      id: this.#desk.id("item"),
      name: "item-search",
      label: texts.label,
      hint: texts.hint,
      attributes: { ...combobox, autocomplete: "off", spellcheck: "false", placeholder: texts.placeholder },
      edit: (text) => this.#search.type(text),
    });
  }

  #showChosen(): void {
    const picked = this.#picked;
    this.#field.input.hidden = this.#finder.hidden = picked !== null;
    this.#chosen.hidden = picked === null;
    fill(this.#chosen);
    if (!picked) return;
    const remove = button("✕", "small", {
      "aria-label": texts.remove(picked.title),
      onclick: () => this.#remove(),
    });
    fill(
      this.#chosen,
      h("span", { class: "akw-picked" }, h("span", { class: "akw-clip" }, picked.title), remove),
    );
  }

  #remove(): void {
    this.#desk.draft.edit({ items: [] });
    this.#field.input.focus();
  }

  #pick(item: FoundItem): void {
    this.#desk.draft.edit({ items: [item] });
    this.#chosen.querySelector("button")?.focus();
  }

  #draw(): void {
    const { found, total, busy, trouble, next, text } = this.#search;
    this.#active = Math.min(this.#active, found.length - 1);
    fill(this.#list, ...found.map((item, index) => this.#option(item, index)));
    this.#list.hidden = found.length === 0;
    this.#more.hidden = next === null;
    const nothing = text ? texts.none : texts.empty;
    say(
      this.#count,
      trouble ?? (busy ? texts.searching : total ? texts.count(found.length, total) : nothing),
    );
    this.#mark(this.#active);
  }

  #option(item: FoundItem, index: number): HTMLElement {
    const about = h(
      "span",
      { class: "akw-about akw-clip" },
      [item.type, item.owner, item.access].join(" · "),
    );
    const title = h("span", { class: "akw-title akw-clip" }, item.title);
    return h(
      "li",
      { id: `${this.#list.id}-${index}`, role: "option", class: "akw-item", "aria-selected": "false" },
      title,
      about,
    );
  }

  #mark(index: number): void {
    this.#active = index;
    for (const [at, option] of [...this.#list.children].entries())
      set(option, "aria-selected", String(at === index));
    const option = this.#list.children[index];
    set(this.#field.input, "aria-activedescendant", option?.id ?? null);
    if (option && this.#list.scrollHeight > this.#list.clientHeight)
      option.scrollIntoView({ block: "nearest" });
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const last = this.#list.children.length - 1;
    if (last < 0) return void (event.key === "Enter" && event.preventDefault());
    if (event.key === "ArrowDown") this.#mark(this.#active >= last ? 0 : this.#active + 1);
    else if (event.key === "ArrowUp") this.#mark(this.#active <= 0 ? last : this.#active - 1);
    else if (event.key === "Escape") this.#mark(-1);
    else if (event.key === "Enter") this.#pickActive();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #pickActive(): void {
    const item = this.#search.found[this.#active];
    if (item) this.#pick(item);
  }

  readonly #onPress = (event: PointerEvent): void => {
    const option = (event.target as Element).closest('[role="option"]');
    const item = option && this.#search.found[[...this.#list.children].indexOf(option)];
    if (!item || event.button !== 0) return;
    event.preventDefault(); // the focus goes on to the chosen item, not to the list
    this.#pick(item);
  };
}
