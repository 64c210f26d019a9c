/** Finding privileges in their tree: by words, and with those that are not available. */

import { button, h, OWN_KEYS, say } from "../dom";
import { Field } from "../field";
import type { Tree } from "../parts/tree";
import type { Desk } from "../step";
import { privileges as texts } from "../texts";

const PAUSE = 400; // milliseconds without a keystroke before the number of matches is told

export class PrivilegeSearch {
  readonly element: HTMLElement;
  readonly #tree: Tree;
  readonly #field: Field;
  readonly #count = h("p", { class: "akw-count", role: "status" });
  readonly #clear = button(texts.clear, "small", { hidden: true });
  readonly #every: HTMLInputElement;
  readonly #everyLabel: HTMLElement;
  readonly #everyText = h("span");
  #timer: number | undefined;

  constructor(desk: Desk, tree: Tree) {
    this.#tree = tree;
    this.#field = new Field({
      id: desk.id("privilege-search"),
      name: "privilege-search",
      label: texts.search,
      hint: texts.searchHint,
      attributes: { autocomplete: "off", spellcheck: "false" },
      edit: () => this.#find(),
    });
    this.#field.input.addEventListener("keydown", this.#onKey);
    this.#clear.addEventListener("click", () => this.#empty());
    this.#every = h("input", { type: "checkbox", id: desk.id("privileges-all"), ...OWN_KEYS });
    this.#every.addEventListener("change", () => this.#showEverything());
    const label = { class: "akw-toggle", for: this.#every.id, hidden: true };
    this.#everyLabel = h("label", label, this.#every, this.#everyText);
    const found = h("div", { class: "akw-row" }, this.#clear, this.#count);
    const under = h("div", { class: "akw-row akw-apart akw-under" }, found, this.#everyLabel);
    this.element = h("div", { class: "akw-sift", hidden: true }, this.#field.element, under);
  }

  /** Follow another tree. */
  update(): void {
    const { unavailable, all } = this.#tree.size;
    this.element.hidden = all === 0;
    this.#everyLabel.hidden = unavailable === 0;
    say(this.#everyText, texts.showAll(unavailable));
    this.#tell();
  }

  focus(): void {
    this.#field.input.focus();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #find(): void {
    this.#tree.search(this.#field.input.value.trim());
    this.#clear.hidden = !this.#field.input.value;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#tell(), PAUSE);
  }

  #tell(): void {
    const { shown, hidden } = this.#tree.count();
    say(this.#count, this.#field.input.value.trim() ? texts.matches(shown, hidden) : "");
  }

  #empty(): void {
    this.#field.input.value = "";
    this.#field.input.focus();
    this.#find();
    this.#tell();
  }

  #showEverything(): void {
    this.#tree.showEverything(this.#every.checked);
    this.#tell();
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") this.#tree.focus();
    else if (event.key === "Escape" && this.#field.input.value) this.#empty();
    else if (event.key !== "Enter") return; // Enter submits nothing: the matches stand below already
    event.preventDefault();
    event.stopPropagation();
  };
}
