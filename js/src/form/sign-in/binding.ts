/** The page that a token or key was made for, folded away: most are bound to none. */

import { Field } from "../field";
import type { Desk } from "../step";
import { binding as texts } from "../texts";
import { Fold } from "./fold";
import { PLAIN } from "./way";

export class Binding {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #name: string;
  readonly #referrer: Field;
  readonly #fold: Fold;

  /** `way` keeps ids apart where several ways have one of these. */
  constructor(desk: Desk, way: "token" | "key") {
    this.#desk = desk;
    this.#name = texts[way];
    this.#referrer = new Field({
      id: desk.id(`${way}-referrer`),
      name: "referrer",
      label: texts.referrer,
      hint: texts.hint,
      attributes: { ...PLAIN, inputmode: "url", autocomplete: "off", placeholder: texts.example },
      edit: (referrer) => desk.draft.edit({ referrer }),
    });
    this.#fold = new Fold(this.#referrer.element);
    this.element = this.#fold.element;
  }

  update(): void {
    const { fields, errors } = this.#desk.draft;
    this.#referrer.show(fields.referrer);
    this.#referrer.error(errors.referrer);
    this.#fold.update(this.#name, fields.referrer, errors.referrer);
  }

  read(): { referrer: string } {
    return { referrer: this.#referrer.input.value };
  }
}
