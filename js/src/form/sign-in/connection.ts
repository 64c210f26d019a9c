/** What a portal behind an organization's own network may need, folded away. */

import { h } from "../dom";
import { Field } from "../field";
import type { Desk } from "../step";
import { connection as texts } from "../texts";
import { Fold } from "./fold";
import { PLAIN } from "./way";

export class Connection {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #file: Field;
  readonly #fold: Fold;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#file = new Field({
      id: desk.id("ca_file"),
      name: "ca_file",
      label: texts.file,
      hint: texts.fileHint,
      attributes: { ...PLAIN, autocomplete: "off", placeholder: texts.fileExample },
      edit: (ca_file) => desk.draft.edit({ ca_file }),
    });
    const about = h("p", { class: "akw-aside" }, texts.about);
    this.#fold = new Fold(this.#file.element, about);
    this.element = this.#fold.element;
  }

  update(): void {
    const { fields, errors } = this.#desk.draft;
    this.#file.show(fields.ca_file);
    this.#file.error(errors.ca_file);
    this.#fold.update(texts.summary, fields.ca_file, errors.ca_file);
  }

  read(): { ca_file: string } {
    return { ca_file: this.#file.input.value };
  }
}
