/** How long the key lives: a few usual spans, or a number of days. */

import { Choice } from "./choice";
import { h, say } from "./dom";
import { Field } from "./field";
import type { State } from "./protocol";
import type { Desk } from "./step";
import { quick as texts } from "./texts";
import { formatDay } from "./time";

const OTHER = "other";

export class Lifetime {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #choice: Choice;
  readonly #days: Field;
  readonly #until = h("span", { class: "akw-until" });
  #other = false;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#choice = new Choice({
      id: desk.id("lifetime"),
      legend: texts.lifetime,
      look: "segments",
      pick: (value) => this.#pick(value),
    });
    this.#days = new Field({
      id: desk.id("days"),
      name: "days",
      label: texts.days,
      attributes: { inputmode: "numeric", autocomplete: "off", maxlength: 6 },
      edit: (text) => desk.draft.edit({ days: /^\d+$/.test(text.trim()) ? Number(text) : text.trim() }),
    });
    this.#days.element.classList.add("akw-days");
    const row = h("div", { class: "akw-row" }, this.#choice.element, this.#until);
    this.element = h("div", { class: "akw-lifetime" }, row, this.#days.element);
  }

  update({ lifetimes, max_days }: State): void {
    const { fields, errors } = this.#desk.draft;
    const usual = lifetimes.some(({ days }) => days === fields.days);
    if (!usual) this.#other = true;
    const options = lifetimes.map(({ days, label }) => ({ value: String(days), title: label }));
    this.#choice.show(
      [...options, { value: OTHER, title: texts.other }],
      this.#other ? OTHER : String(fields.days),
    );
    this.#days.element.hidden = !this.#other;
    this.#days.show(String(fields.days));
    this.#days.error(errors.days);
    const days = Number(fields.days);
    say(
      this.#until,
      days >= 1 && days <= max_days ? texts.until(formatDay(Date.now() + days * 86_400_000)) : "",
    );
  }

  #pick(value: string): void {
    this.#other = value === OTHER;
    const { fields } = this.#desk.draft;
    this.#desk.draft.edit({ days: this.#other ? fields.days : Number(value) });
    if (this.#other) this.#days.input.select();
  }
}
