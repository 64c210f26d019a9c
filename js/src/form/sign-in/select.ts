/** A labelled native select with its error. */

import { fill, h, OWN_KEYS, say } from "../dom";
import { Labelled } from "../field";

interface Option {
  value: string;
  title: string;
}

export class Select extends Labelled<HTMLSelectElement> {
  #shown = "";

  constructor(id: string, name: string, label: string, pick: (value: string) => void) {
    const select = h("select", { id, name, class: "akw-input akw-select", ...OWN_KEYS });
    super(select, { id, name, label, hint: " " });
    select.addEventListener("change", () => pick(select.value));
    const face = h("div", { class: "akw-pick" });
    select.replaceWith(face);
    face.append(select);
  }

  /** Show the options, made anew only where they changed, and which of them is chosen. */
  offer(options: readonly Option[], chosen: string, hint: string): void {
    const now = JSON.stringify(options);
    if (now !== this.#shown)
      fill(this.input, ...options.map(({ value, title }) => h("option", { value }, title)));
    this.#shown = now;
    if (this.input.value !== chosen) this.input.value = chosen;
    if (this.hint) say(this.hint, hint);
  }
}
