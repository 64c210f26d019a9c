/** Adding items whose ids or addresses are at hand: pasted together, told line by line what did not work. */

import { isClosed, textOf } from "./channel";
import { button, fill, h, OWN_KEYS, once, say, set } from "./dom";
import { type Basket, nameOf } from "./item-basket";
import type { Desk } from "./step";
import { items as texts } from "./texts";

export class ItemPaste {
  readonly element: HTMLDetailsElement;
  readonly #desk: Desk;
  readonly #basket: Basket;
  readonly #text: HTMLTextAreaElement;
  readonly #told = h("p", { class: "akw-count", role: "status" });
  readonly #problems: HTMLElement;

  constructor(desk: Desk, basket: Basket) {
    this.#desk = desk;
    this.#basket = basket;
    const id = desk.id("item-paste");
    const described = { "aria-describedby": `${id}-hint ${id}-error` };
    const typing = { autocomplete: "off", spellcheck: "false", class: "akw-input akw-text" };
    this.#text = h("textarea", { id, rows: 3, ...typing, ...described, ...OWN_KEYS });
    this.#problems = h("div", { id: `${id}-error`, class: "akw-error akw-problems", role: "alert" });
    const add = button(texts.add, "plain");
    add.addEventListener("click", () => once(add, () => this.#add()));
    const label = h("label", { for: id }, texts.pasteLabel);
    const hint = h("span", { id: `${id}-hint`, class: "akw-hint" }, texts.pasteHint);
    const head = h("div", { class: "akw-label" }, label, hint);
    const row = h("div", { class: "akw-row" }, add, this.#told);
    const summary = h("summary", { class: "akw-summary", ...OWN_KEYS }, h("span", {}, texts.paste));
    const field = h("div", { class: "akw-field akw-paste" }, head, this.#text, this.#problems, row);
    this.element = h("details", { class: "akw-details" }, summary, field);
  }

  async #add(): Promise<void> {
    const text = this.#text.value.trim();
    if (!text) return this.#tell("", [texts.pasteEmpty]);
    this.#tell(texts.adding, []);
    try {
      const { items, problems } = await this.#desk.ask("lookup", { text });
      if (this.element.closest("[hidden]")) return this.#tell("", []); // "No item access" was chosen meanwhile
      const { added, refused } = this.#basket.add(items);
      const over = refused.map(nameOf);
      const troubles = over.length ? [...problems, texts.refused(over, this.#basket.limit)] : problems;
      if (!troubles.length && this.#text.value.trim() === text) this.#text.value = "";
      this.#tell(items.length ? texts.pasted(added, items.length - added - over.length) : "", troubles);
    } catch (error) {
      if (isClosed(error)) return this.#tell("", []);
      this.#tell("", [textOf(error)]);
    }
  }

  /** What was pasted stays while something about it is wrong. */
  #tell(told: string, problems: readonly string[]): void {
    say(this.#told, told);
    const lines = problems.map((problem) => h("li", {}, problem));
    fill(this.#problems, lines.length > 0 && h("ul", {}, ...lines));
    set(this.#text, "aria-invalid", problems.length ? "true" : null);
  }
}
