/** What changes freely: title, summary, tags and folder. */

import { button, h, holdsFocus, once, submitByEnter } from "../dom";
import { Field } from "../field";
import type { Desk } from "../step";
import type { KeyRow } from "./rows";
import { words } from "./words";

type Name = "title" | "summary" | "tags" | "folder";

export class Details {
  readonly element: HTMLFormElement;
  readonly #fields: Record<Name, Field>;
  readonly #failed: (error: unknown) => void;

  constructor(desk: Desk, key: KeyRow, done: (key: KeyRow | null) => void, failed: (error: unknown) => void) {
    this.#failed = failed;
    const field = (name: Name, value: string, hint?: string) => {
      const made = new Field({
        id: desk.id(`key-${key.id}-${name}`),
        name,
        label: words[name],
        ...(hint ? { hint } : {}),
      });
      made.input.value = value;
      return made;
    };
    this.#fields = {
      title: field("title", key.title),
      summary: field("summary", key.summary),
      tags: field("tags", key.tags.join(", "), words.tagsHint),
      folder: field("folder", key.folder, words.folderHint),
    };
    const save = button(words.save, "small", { type: "submit" });
    const row = h(
      "div",
      { class: "akw-row" },
      save,
      button(words.cancel, "plain", { onclick: () => done(null) }),
    );
    const fields = Object.values(this.#fields).map(({ element }) => element);
    this.element = h("form", { class: "akw-key-details", novalidate: true }, ...fields, row);
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      once(save, () => this.#save(desk, key.id).then(done, (error) => this.#tell(error)));
    });
    submitByEnter(this.element);
  }

  focus(): void {
    this.#fields.title.input.focus();
  }

  async #save(desk: Desk, item: string): Promise<KeyRow> {
    const { title, summary, tags, folder } = this.#fields;
    const list = tags.input.value
      .split(",")
      .map((tag) => tag.trim())
      .filter(Boolean);
    const values = { title: title.input.value, summary: summary.input.value, folder: folder.input.value };
    return (await desk.ask("change", { item, ...values, tags: list })).key;
  }

  #tell(error: unknown): void {
    for (const field of Object.values(this.#fields)) field.error(undefined);
    // The form's own bundle has another class of this error: it is known by what it has.
    const { field, text } = error as { field?: Name; text?: string };
    const at = field && this.#fields[field];
    if (at && text) {
      at.error(text);
      if (holdsFocus(this.element)) at.input.focus();
    } else this.#failed(error);
  }
}
