/** The box that ties the key to the kernel, and what that is worth. */

import { h, OWN_KEYS } from "./dom";
import { isLocked, lockMark } from "./locked";
import type { State } from "./protocol";
import type { Desk } from "./step";
import { ephemeral as texts } from "./texts";

export class EphemeralBox {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #box: HTMLInputElement;
  readonly #lock: HTMLElement;

  /** @param place makes its ids unique where the form has it twice */
  constructor(desk: Desk, place: string) {
    this.#desk = desk;
    const id = desk.id(`${place}-ephemeral`);
    this.#lock = lockMark(`${id}-lock`);
    const hint = h("p", { class: "akw-hint", id: `${id}-hint` }, texts.hint);
    this.#box = h("input", {
      type: "checkbox",
      id,
      name: "ephemeral",
      "aria-describedby": `${hint.id} ${this.#lock.id}`,
      onchange: () => desk.draft.edit({ ephemeral: this.#box.checked }),
      ...OWN_KEYS,
    });
    const label = h("label", { class: "akw-tie", for: id }, this.#box, texts.label);
    this.element = h("div", { class: "akw-tied" }, label, this.#lock, hint);
  }

  update(state: State): void {
    const locked = isLocked(state, "ephemeral");
    this.#box.checked = this.#desk.draft.fields.ephemeral;
    this.#box.disabled = locked;
    this.#lock.hidden = !locked;
  }
}
