/** Title and folder of the key's item, folded away: the proposal is good for most. */

import { h, OWN_KEYS, say } from "./dom";
import { Field } from "./field";
import { FolderField } from "./folder-field";
import { isLocked } from "./locked";
import type { State } from "./protocol";
import type { Desk } from "./step";
import { quick as texts } from "./texts";

export class Naming {
  readonly element: HTMLDetailsElement;
  readonly #desk: Desk;
  readonly #title: Field;
  readonly #folder: FolderField;
  readonly #now = h("span", { class: "akw-now akw-clip" });

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#title = titleField(desk, "quick");
    this.#folder = new FolderField(desk, "quick");
    const summary = h("summary", { class: "akw-summary", ...OWN_KEYS }, h("span", {}, texts.more), this.#now);
    const pair = h("div", { class: "akw-pair" }, this.#title.element, this.#folder.element);
    this.element = h("details", { class: "akw-details" }, summary, pair);
    this.element.addEventListener("toggle", () => this.element.open && void this.#folder.list());
  }

  update(state: State): void {
    const { fields, errors } = this.#desk.draft;
    showTitle(this.#title, this.#desk, state);
    this.#folder.update(state);
    say(this.#now, [fields.title, fields.folder || texts.noFolder].filter(Boolean).join(" · "));
    if (errors.title || errors.folder) this.element.open = true;
  }
}

/** The field for the title; `place` makes its id unique where the form has it twice. */
export function titleField(desk: Desk, place: string): Field {
  return new Field({
    id: desk.id(`${place}-title`),
    name: "key-title",
    label: texts.title,
    hint: texts.titleHint,
    attributes: { autocomplete: "off" },
    edit: (title) => desk.draft.edit({ title }),
  });
}

export function showTitle(field: Field, { draft }: Desk, state: State): void {
  field.show(draft.fields.title);
  field.error(draft.errors.title);
  field.lock(isLocked(state, "title"));
}
