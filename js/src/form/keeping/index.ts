/** Where the key in hand can be kept, and how the next session loads it; loaded when its fold is first opened. */

import { button, fill, h, once, say } from "../dom";
import { copyOn } from "../key-box";
import { notice } from "../notice";
import type { Result } from "../protocol";
import type { Desk } from "../step";
import css from "./keeping.css?inline";
import { Place } from "./place";
import type { Places } from "./places";
import { words } from "./words";

export function open(desk: Desk): Keeping {
  return new Keeping(desk);
}

export class Keeping {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #wait = h("p", { class: "akw-about", role: "status" }, words.looking);
  readonly #list = h("ul", { class: "akw-places" });
  readonly #places = new Map<string, Place>();
  readonly #again = button(words.again, "small");
  readonly #next = h("div", { class: "akw-code" });
  readonly #pre = h("pre", { class: "akw-pre", tabindex: 0, "aria-label": words.next });
  readonly #trouble = h("div");
  #result: Result | null = null;
  #looking = false;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#again.addEventListener("click", () => once(this.#again, () => this.#look()));
    const copy = button(words.copyCode, "small");
    copy.addEventListener("click", () =>
      copyOn(desk, copy, async () => this.#pre.textContent ?? "", words.noCopyHint),
    );
    const head = h(
      "div",
      { class: "akw-row akw-apart" },
      h("span", { class: "akw-small" }, words.next),
      copy,
    );
    fill(this.#next, head, this.#pre);
    this.element = h(
      "div",
      { class: "akw-keeping" },
      h("style", {}, css),
      h("p", { class: "akw-about" }, `${words.lead} ${words.only}`),
      this.#wait,
      this.#list,
      this.#trouble,
      this.#next,
      h("div", { class: "akw-row" }, this.#again),
    );
  }

  /** Whoever opens the fold has the places looked at; another key in hand has a fold of its own. */
  update(result: Result): void {
    const first = !this.#result;
    this.#result = result;
    this.#draw();
    if (first && !result.keeping) void this.#look();
  }

  #draw(): void {
    const { keeping, title } = this.#result as Result;
    this.#wait.hidden = !!keeping || !this.#looking;
    this.#list.hidden = !keeping;
    this.#again.hidden = !keeping && this.#looking;
    this.#next.hidden = !keeping?.kept;
    if (!keeping) return;
    say(this.#pre, `from arcgis_keywidget import load\n\nload(${JSON.stringify(title)})`);
    this.#show(keeping);
  }

  #show({ places, kept }: Places): void {
    for (const told of places) {
      const place = this.#places.get(told.id) ?? new Place(this.#desk, told.id);
      place.update(told, kept === told.id);
      if (this.#places.has(told.id)) continue;
      this.#places.set(told.id, place);
      this.#list.append(place.element);
    }
  }

  /** Have the kernel look; what it finds comes with the state. */
  async #look(): Promise<void> {
    this.#looking = true;
    fill(this.#trouble);
    this.#draw();
    try {
      await this.#desk.ask("places");
    } catch (error) {
      const { message, hint } = error as { message: string; hint?: string };
      if (hint === undefined) this.#desk.fail(error);
      else fill(this.#trouble, notice("bad", message, hint));
    }
    this.#looking = false;
    this.#draw();
  }
}
