/** Tags as chips that can be taken away, and a field that adds to them. */

import { button, fill, h, OWN_KEYS, set } from "../dom";
import { Field } from "../field";
import { isLocked } from "../locked";
import type { State } from "../protocol";
import type { Desk } from "../step";
import { details as texts } from "../texts";

export class Tags {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #field: Field;
  readonly #list = h("ul", { class: "akw-tags", "aria-label": texts.tagList });
  #shown = "";

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#field = new Field({
      id: desk.id("tags"),
      name: "tags",
      label: texts.tags,
      hint: texts.tagsHint,
      attributes: { autocomplete: "off", ...OWN_KEYS },
      edit: (text) => /[,\n]/.test(text) && this.#add(),
    });
    this.#field.input.addEventListener("keydown", this.#onKey);
    this.#field.input.addEventListener("change", () => this.#add()); // what was typed is not lost on leaving
    this.element = this.#field.element;
    this.#field.input.before(this.#list);
  }

  update(state: State): void {
    const { fields, errors } = this.#desk.draft;
    const locked = isLocked(state, "tags");
    this.#field.error(errors.tags);
    this.#field.lock(locked);
    this.#field.input.hidden = locked && fields.tags.length > 0;
    const now = JSON.stringify([fields.tags, locked]);
    if (now === this.#shown) return;
    this.#shown = now;
    fill(this.#list, ...fields.tags.map((tag) => this.#chip(tag, locked)));
    this.#list.hidden = fields.tags.length === 0;
  }

  #chip(tag: string, locked: boolean): HTMLElement {
    const remove = button("✕", "small", {
      "aria-label": texts.removeTag(tag),
      onclick: () => {
        this.#field.input.focus(); // the button goes with its chip
        this.#remove(tag);
      },
    });
    const chip = h("li", { class: "akw-picked" }, h("span", { class: "akw-clip" }, tag), !locked && remove);
    set(chip, "data-locked", locked);
    return chip;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || this.#field.input.readOnly) return;
    const { tags } = this.#desk.draft.fields;
    const last = tags.at(-1);
    if (event.key === "Enter") {
      event.preventDefault();
      this.#add();
    } else if (event.key === "Backspace" && this.#field.input.value === "" && last !== undefined) {
      event.preventDefault();
      this.#remove(last);
    }
  };

  #add(): void {
    const { tags } = this.#desk.draft.fields;
    const typed = this.#field.input.value.split(/[,\n]/).map((tag) => tag.trim().replace(/\s+/g, " "));
    const fresh = [...new Set(typed)].filter((tag) => tag && !tags.includes(tag));
    const known = typed.find((tag) => tag && tags.includes(tag));
    this.#field.input.value = "";
    if (fresh.length) this.#desk.draft.edit({ tags: [...tags, ...fresh] });
    if (fresh.length) this.#desk.announce(texts.addedTag(fresh.join(", ")));
    else if (known) this.#desk.announce(texts.sameTag(known));
  }

  #remove(tag: string): void {
    this.#desk.draft.edit({ tags: this.#desk.draft.fields.tags.filter((one) => one !== tag) });
    this.#desk.announce(texts.removedTag(tag));
  }
}
