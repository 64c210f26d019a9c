/** How long the key lives: a few usual spans, or a number of days. */

import { Choice } from "./choice";
import { h, say } from "./dom";
import { EphemeralBox } from "./ephemeral-box";
import { Field } from "./field";
import { isLocked } from "./locked";
import type { DraftFields, State } from "./protocol";
import type { Desk } from "./step";
import { quick as texts, ephemeral as tied } from "./texts";
import { endOf, formatDay } from "./time";

const OTHER = "other";
const DATED = "dated"; // an exact end, chosen among all settings

export class Lifetime {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #choice: Choice;
  readonly #days: Field;
  readonly #tied: EphemeralBox;
  readonly #until = h("span", { class: "akw-until" });
  #other = false;
  #most = 0;

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
    this.#tied = new EphemeralBox(desk, "quick");
    const row = h("div", { class: "akw-row" }, this.#choice.element, this.#until);
    this.element = h("div", { class: "akw-lifetime" }, row, this.#days.element, this.#tied.element);
  }

  update(state: State): void {
    const { fields, errors } = this.#desk.draft;
    const locked = isLocked(state, "days", "ends");
    if (!fields.ends && !state.lifetimes.some(({ days }) => days === fields.days)) this.#other = true;
    this.#choice.show(options(state, fields), this.#chosen(fields));
    this.#choice.error(fields.ends ? errors.ends : undefined);
    this.#choice.lock(locked);
    this.#tied.update(state);
    this.#choice.element.hidden = fields.ephemeral;
    this.#days.element.hidden = !this.#other || fields.ends !== "" || fields.ephemeral;
    this.#days.show(String(fields.days));
    this.#days.error(errors.days);
    this.#days.lock(locked);
    this.#most = state.max_days;
    this.tick();
  }

  /** Tell the end of a key that is made now. */
  tick(): void {
    const end = endOf(this.#desk.draft.fields, this.#most);
    const { ephemeral } = this.#desk.draft.fields;
    say(this.#until, end === null ? "" : (ephemeral ? tied.until : texts.until)(formatDay(end)));
  }

  #chosen({ ends, days }: DraftFields): string {
    if (ends) return DATED;
    return this.#other ? OTHER : String(days);
  }

  #pick(value: string): void {
    const { fields } = this.#desk.draft;
    if (value === DATED) return;
    this.#other = value === OTHER;
    const days = this.#other ? fields.days : Number(value);
    this.#desk.draft.edit(fields.ends ? { days, ends: "" } : { days });
    if (this.#other) this.#days.input.select();
  }
}

function options({ lifetimes }: State, { ends }: DraftFields): { value: string; title: string }[] {
  const usual = lifetimes.map(({ days, label }) => ({ value: String(days), title: label }));
  const dated = ends ? [{ value: DATED, title: texts.dated }] : [];
  return [...usual, ...dated, { value: OTHER, title: texts.other }];
}
