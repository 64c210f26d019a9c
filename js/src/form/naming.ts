/** Title and folder of the key's item, folded away: the proposal is good for most. */

import { fill, h, OWN_KEYS, say } from "./dom";
import { Field } from "./field";
import type { Desk } from "./step";
import { quick as texts } from "./texts";

export class Naming {
  readonly element: HTMLDetailsElement;
  readonly #desk: Desk;
  readonly #title: Field;
  readonly #folder: Field;
  readonly #folders: HTMLDataListElement;
  readonly #now = h("span", { class: "akw-now akw-clip" });
  #asked = false;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#folders = h("datalist", { id: desk.id("folders") });
    this.#title = this.#field("title", texts.title, texts.titleHint);
    this.#folder = this.#field("folder", texts.folder, texts.folderHint, { list: this.#folders.id });
    const summary = h("summary", { class: "akw-summary", ...OWN_KEYS }, h("span", {}, texts.more), this.#now);
    const pair = h("div", { class: "akw-pair" }, this.#title.element, this.#folder.element);
    this.element = h("details", { class: "akw-details" }, summary, pair, this.#folders);
    this.element.addEventListener("toggle", () => this.element.open && void this.#list());
  }

  update(): void {
    const { fields, errors } = this.#desk.draft;
    this.#title.show(fields.title);
    this.#folder.show(fields.folder);
    this.#title.error(errors.title);
    this.#folder.error(errors.folder);
    say(this.#now, [fields.title, fields.folder || texts.noFolder].filter(Boolean).join(" · "));
    if (errors.title || errors.folder) this.element.open = true;
  }

  #field(
    name: "title" | "folder",
    label: string,
    hint: string,
    attributes: Record<string, string> = {},
  ): Field {
    return new Field({
      id: this.#desk.id(name),
      name: `key-${name}`,
      label,
      hint,
      attributes: { autocomplete: "off", ...attributes },
      edit: (text) => this.#desk.draft.edit({ [name]: text }),
    });
  }

  async #list(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    try {
      const { folders } = await this.#desk.ask("folders");
      fill(this.#folders, ...folders.map((value) => h("option", { value })));
    } catch {
      this.#asked = false; // the list only helps with typing; opening again asks again
    }
  }
}
