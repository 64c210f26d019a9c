/** A key that there is already: found in the environment, or pasted; it is checked, not made. */

import { button, fill, h, once } from "../dom";
import type { Field } from "../field";
import type { State } from "../protocol";
import type { Desk } from "../step";
import { keyWay as texts } from "../texts";
import { Binding } from "./binding";
import { makeSecret, UNMANAGED, type Way } from "./way";

export class KeyWay implements Way {
  readonly element: HTMLElement;
  readonly secret: Field;
  readonly #desk: Desk;
  readonly #use: (variable: string) => Promise<unknown>;
  readonly #found = h("div", { class: "akw-found", role: "group" });
  readonly #binding: Binding;
  #shown = "";

  /** `use` signs in with the key that a variable of the kernel's environment holds. */
  constructor(desk: Desk, use: (variable: string) => Promise<unknown>) {
    this.#desk = desk;
    this.#use = use;
    const { key: label, keyHint: hint } = texts;
    this.secret = makeSecret(desk, { name: "key", label, hint, attributes: UNMANAGED });
    this.#binding = new Binding(desk, "key");
    this.#found.hidden = true;
    this.element = h("div", {}, this.#found, this.secret.element, this.#binding.element);
  }

  update({ key_variables }: State): void {
    this.#offer(key_variables);
    this.#binding.update();
    this.secret.error(this.#desk.draft.errors.key);
  }

  read(): { referrer: string } {
    return this.#binding.read();
  }

  #offer(variables: readonly string[]): void {
    const now = variables.join();
    if (now === this.#shown) return;
    this.#shown = now;
    const label = h("span", { id: this.#desk.id("found") }, texts.found);
    this.#found.setAttribute("aria-labelledby", label.id);
    fill(this.#found, label, ...variables.map((variable) => this.#button(variable)));
    this.#found.hidden = variables.length === 0;
  }

  #button(variable: string): HTMLButtonElement {
    const use = button(texts.use(variable), "plain");
    use.addEventListener("click", () => once(use, () => this.#use(variable)));
    return use;
  }
}
