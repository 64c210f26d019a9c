/** A labelled text input with its error. */

import { focused, h, say, set } from "./dom";
import { lockMark } from "./locked";

const LINE = 2_000; // characters that the kernel takes for a line of the draft; secrets and dates name their type

interface Labels {
  id: string;
  name: string;
  label: string;
  hint?: string;
  attributes?: Record<string, string | number | boolean>;
  edit?: (text: string) => void;
}

interface Options extends Labels {
  type?: "text" | "password" | "date";
}

/** The hint stands beside the label, not in it: the label alone is the control's name. */
export class Labelled<E extends HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement> {
  readonly element: HTMLElement;
  readonly input: E;
  readonly #error: HTMLElement;
  readonly hint: HTMLElement | null;
  readonly #lock: HTMLElement;

  constructor(input: E, { id, label, hint, edit }: Labels) {
    this.input = input;
    this.hint = hint ? h("span", { id: `${id}-hint`, class: "akw-hint" }, hint) : null;
    this.#lock = lockMark(`${id}-lock`);
    this.#error = h("div", { id: `${id}-error`, class: "akw-error", role: "alert" });
    const head = h("div", { class: "akw-label" }, h("label", { for: id }, label), this.hint, this.#lock);
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
    set(this.input, "aria-invalid", message ? "true" : null);
    this.#describe();
  }

  /** Leave the value readable, and say that it stands. */
  lock(locked: boolean): void {
    this.#lock.hidden = !locked;
    set(this.input, "readonly", locked);
    if (locked) set(this.input, "data-lm-suppress-shortcuts", "true"); // JupyterLab lets alone only what can be typed in
    this.#describe();
  }

  #describe(): void {
    const shown = [
      this.#error.textContent && this.#error.id,
      this.hint?.id,
      !this.#lock.hidden && this.#lock.id,
    ];
    set(this.input, "aria-describedby", shown.filter(Boolean).join(" ") || null);
  }
}

/** One line. */
export class Field extends Labelled<HTMLInputElement> {
  constructor(options: Options) {
    const { id, name, type = "text", attributes = {} } = options;
    const maxlength = options.type ? null : LINE;
    super(h("input", { id, name, type, maxlength, class: "akw-input", ...attributes }), options);
  }
}
