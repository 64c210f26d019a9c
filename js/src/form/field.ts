/** A labelled text input with its error. */

import { focused, h, say, set } from "./dom";

interface Options {
  id: string;
  name: string;
  label: string;
  hint?: string;
  type?: "text" | "password";
  attributes?: Record<string, string | number | boolean>;
  edit?: (text: string) => void;
}

/** The hint stands beside the label, not in it: the label alone is the control's name. */
export class Field {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly #error: HTMLElement;
  readonly #hint: HTMLElement | null;

  constructor({ id, name, label, hint, type = "text", attributes = {}, edit }: Options) {
    this.input = h("input", { id, name, type, class: "akw-input", ...attributes });
    this.#hint = hint ? h("span", { id: `${id}-hint`, class: "akw-hint" }, hint) : null;
    this.#error = h("div", { id: `${id}-error`, class: "akw-error", role: "alert" });
    const head = h("div", { class: "akw-label" }, h("label", { for: id }, label), this.#hint);
    this.element = h("div", { class: "akw-field" }, head, this.input, this.#error);
    if (edit) this.input.addEventListener("input", () => edit(this.input.value));
    this.error(undefined);
  }

  /** Show a value, unless the person is in the field. */
  show(value: string): void {
    if (this.input.value !== value && focused(this.input) !== this.input) this.input.value = value;
  }

  /** Show an error under the field, or none. */
  error(message: string | undefined): void {
    say(this.#error, message ?? "");
    const described = [message ? this.#error.id : "", this.#hint?.id ?? ""].filter(Boolean).join(" ");
    set(this.input, "aria-describedby", described || null);
    set(this.input, "aria-invalid", message ? "true" : null);
  }
}
