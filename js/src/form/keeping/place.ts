/** One place for the key: what it is, whether it has the key, and its one button, which stays where it is. */

import { button, fill, h, holdsFocus, once, say, set } from "../dom";
import { notice } from "../notice";
import type { Desk } from "../step";
import type { Places } from "./places";
import { words } from "./words";

type Told = Places["places"][number];

export class Place {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #id: Told["id"];
  readonly #mark = h("span", { class: "akw-good" });
  readonly #why = h("span", { class: "akw-about" });
  readonly #older = h("span", { class: "akw-about" }, words.older);
  readonly #press = button(words.keep, "small");
  readonly #trouble = h("div");
  #kept = false;

  constructor(desk: Desk, id: Told["id"]) {
    this.#desk = desk;
    this.#id = id;
    this.#press.addEventListener("click", () => once(this.#press, () => this.#work()));
    const name = h("b", {}, words.titles[id]);
    const head = h("div", { class: "akw-row akw-apart" }, h("span", {}, name, " ", this.#mark), this.#press);
    this.element = h("li", {}, head, this.#why, this.#older, this.#trouble);
  }

  update({ usable, why, older }: Told, kept: boolean): void {
    this.#kept = kept;
    const held = holdsFocus(this.#press);
    say(this.#mark, kept ? `✓ ${words.kept}` : "");
    say(this.#why, usable ? `${why} (${words.abouts[this.#id]})` : `${words.unusable}: ${why}`);
    this.#older.hidden = !older;
    this.#press.hidden = !usable;
    say(this.#press, kept ? words.drop : words.keep);
    set(this.#press, "aria-label", (kept ? words.dropFrom : words.keepIn)[this.#id]);
    if (held && !usable) this.element.closest("details")?.querySelector("summary")?.focus();
  }

  async #work(): Promise<void> {
    const [kind, said] = this.#kept
      ? (["unkeep", words.saidDropped] as const)
      : (["keep", words.saidKept] as const);
    fill(this.#trouble);
    try {
      await this.#desk.ask(kind, { where: this.#id });
      this.#desk.announce(said[this.#id]);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** What has no words for people is the form's to tell. */
  #fail(error: unknown): void {
    const { message, hint } = error as { message: string; hint?: string };
    if (hint === undefined) this.#desk.fail(error);
    else fill(this.#trouble, notice("bad", message, hint));
  }
}
