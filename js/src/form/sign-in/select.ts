/** A labelled native select with its error. */

import { fill, h, OWN_KEYS, say, set } from "../dom";

interface Option {
  value: string;
  title: string;
}

export class Select {
  readonly element: HTMLElement;
  readonly select: HTMLSelectElement;
  readonly #hint: HTMLElement;
  readonly #error: HTMLElement;
  #shown = "";

  constructor(id: string, name: string, label: string, pick: (value: string) => void) {
    this.select = h("select", { id, name, class: "akw-input akw-select", ...OWN_KEYS });
    this.select.addEventListener("change", () => pick(this.select.value));
    this.#hint = h("span", { id: `${id}-hint`, class: "akw-hint" });
    this.#error = h("div", { id: `${id}-error`, class: "akw-error", role: "alert" });
    const head = h("div", { class: "akw-label" }, h("label", { for: id }, label), this.#hint);
    const face = h("div", { class: "akw-pick" }, this.select);
    this.element = h("div", { class: "akw-field" }, head, face, this.#error);
  }

  /** Show the options, made anew only where they changed, and which of them is chosen. */
  show(options: readonly Option[], chosen: string, hint: string): void {
    const now = JSON.stringify(options);
    if (now !== this.#shown)
      fill(this.select, ...options.map(({ value, title }) => h("option", { value }, title)));
    this.#shown = now;
    if (this.select.value !== chosen) this.select.value = chosen;
    say(this.#hint, hint);
  }

  error(message: string | undefined): void {
    say(this.#error, message ?? "");
    set(this.select, "aria-invalid", message ? "true" : null);
    set(this.select, "aria-describedby", `${message ? `${this.#error.id} ` : ""}${this.#hint.id}`);
  }
}
