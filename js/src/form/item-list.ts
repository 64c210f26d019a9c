/** A list of items to choose several from, driven by the keys of a search box that keeps the focus. */

import { h, say, set } from "./dom";
import { describe, nameOf } from "./item-basket";
import type { FoundItem } from "./protocol";
import { items as texts } from "./texts";

interface Settings {
  id: string;
  input: HTMLInputElement;
  toggle(item: FoundItem): void;
  /** Escape with nothing marked: the search begins anew. */
  clear(): void;
}

const PAGE = 5; // options that Page Up and Page Down pass over

export class ItemList {
  readonly element: HTMLUListElement;
  readonly #settings: Settings;
  #items: readonly FoundItem[] = [];
  #chosen: ReadonlySet<string> = new Set();
  #active = -1;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.element = h("ul", {
      id: settings.id,
      class: "akw-list",
      role: "listbox",
      tabindex: -1, // browsers make scrolled boxes a stop of the Tab key; the search box is the one here
      "aria-label": texts.results,
      "aria-multiselectable": "true",
    });
    settings.input.addEventListener("keydown", this.#onKey);
    // The focus stays where it is: in the search box, if it was there.
    this.element.addEventListener("mousedown", (event) => event.preventDefault());
    this.element.addEventListener("click", this.#onClick);
  }

  /** Show what was found; options that stand already stay. */
  show(items: readonly FoundItem[]): void {
    const shown = this.#items;
    this.#items = items;
    const longer = shown.length > 0 && shown.every((item, index) => item === items[index]);
    if (!longer) {
      this.element.replaceChildren();
      this.#activate(-1);
    }
    const from = this.element.children.length;
    this.element.append(...items.slice(from).map((item, index) => this.#option(item, from + index)));
    this.element.hidden = items.length === 0;
    set(this.#settings.input, "aria-expanded", String(items.length > 0));
    this.mark(this.#chosen);
  }

  /** Check the options that are chosen. */
  mark(chosen: ReadonlySet<string>): void {
    this.#chosen = chosen;
    for (const [index, item] of this.#items.entries()) {
      const option = this.element.children[index] as HTMLElement;
      const on = chosen.has(item.id);
      set(option, "aria-selected", String(on));
      say(option.lastElementChild as HTMLElement, on ? texts.marked : "");
    }
  }

  /** Mark an option for the keys; -1 marks none. */
  activate(index: number): void {
    this.#activate(Math.min(index, this.#items.length - 1));
  }

  #option(item: FoundItem, index: number): HTMLElement {
    return h(
      "li",
      { id: `${this.element.id}-${index}`, role: "option", class: "akw-item" },
      h("span", { class: "akw-box", "aria-hidden": "true" }),
      h("span", { class: "akw-title akw-clip", title: nameOf(item) }, nameOf(item)),
      h("span", { class: "akw-about akw-clip" }, describe(item)),
      h("span", { class: "akw-marked", "aria-hidden": "true" }),
    );
  }

  #activate(index: number): void {
    this.element.children[this.#active]?.removeAttribute("data-active");
    this.#active = index;
    const option = this.element.children[index];
    if (option) set(option, "data-active", true);
    set(this.#settings.input, "aria-activedescendant", option?.id ?? null);
    if (option && this.element.scrollHeight > this.element.clientHeight)
      option.scrollIntoView({ block: "nearest" });
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!this.#follow(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Do what a key asks for; false where it is left to the search box. */
  #follow(key: string): boolean {
    const to = this.#target(key);
    if (to !== undefined) this.#activate(to);
    else if (key === "Enter") this.#toggle(this.#active);
    else if (key === "Escape") return this.#escape();
    else return false;
    return true;
  }

  #target(key: string): number | undefined {
    const [now, last] = [this.#active, this.#items.length - 1];
    if (last < 0) return undefined;
    if (key === "ArrowDown") return now >= last ? 0 : now + 1;
    if (key === "ArrowUp") return now <= 0 ? last : now - 1;
    if (now < 0) return undefined; // the others move the cursor in the text
    if (key === "Home") return 0;
    if (key === "End") return last;
    if (key === "PageDown") return Math.min(now + PAGE, last);
    return key === "PageUp" ? Math.max(now - PAGE, 0) : undefined;
  }

  #escape(): boolean {
    if (this.#active >= 0) this.#activate(-1);
    else if (this.#settings.input.value) this.#settings.clear();
    else return false;
    return true;
  }

  #toggle(index: number): void {
    const item = this.#items[index];
    if (item) this.#settings.toggle(item);
  }

  readonly #onClick = (event: MouseEvent): void => {
    const option = (event.target as Element).closest('[role="option"]');
    if (!option) return;
    const index = [...this.element.children].indexOf(option);
    this.#activate(index);
    this.#toggle(index);
  };
}
