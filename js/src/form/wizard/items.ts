/** Which items the key opens: its place in the wizard. */

import { h } from "../dom";
import { ItemPicker } from "../item-picker";
import type { Desk, Step } from "../step";
import { wizard } from "../texts";

export class ItemsStep implements Step {
  readonly element: HTMLElement;
  readonly heading = h("h3", { class: "akw-heading", tabindex: -1 }, wizard.names.items);
  readonly #picker: ItemPicker;

  constructor(desk: Desk) {
    this.#picker = new ItemPicker(desk);
    this.element = h("div", {}, this.heading, this.#picker.element);
  }

  update(): void {
    this.#picker.update(true);
  }

  close(): void {
    this.#picker.close();
  }
}
