/** When the key ends: a few usual spans or the end of a day, told on both clocks. */

import { Choice } from "../choice";
import { h, OWN_KEYS, say, set } from "../dom";
import { EphemeralBox } from "../ephemeral-box";
import { Field } from "../field";
import { isLocked } from "../locked";
import type { DraftFields, State } from "../protocol";
import type { Desk } from "../step";
import { limits as texts, ephemeral as tied } from "../texts";
import { dayAhead, dayOf, endOf, endOfDay, formatLocal, formatUtc } from "../time";

const WRITTEN = /^[1-9]\d{3}-/; // a year of four digits; while it is typed a date input tells years such as 0002

export class Expiry {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #spans: Choice;
  readonly #date: Field;
  readonly #tied: EphemeralBox;
  readonly #until = h("p", { class: "akw-until" });
  #most = 365;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#spans = new Choice({
      id: desk.id("spans"),
      legend: texts.expiry,
      look: "segments",
      pick: (days) => desk.draft.edit({ days: Number(days), ...(desk.draft.fields.ends && { ends: "" }) }),
    });
    this.#date = new Field({
      id: desk.id("ends"),
      name: "ends",
      label: texts.date,
      hint: texts.dateHint(this.#most),
      type: "date",
      attributes: OWN_KEYS,
      edit: (day) => WRITTEN.test(day) && this.#pick(day),
    });
    this.#date.input.addEventListener("blur", () => this.#leave()); // change comes with every digit of a year
    this.#date.element.classList.add("akw-date");
    this.#tied = new EphemeralBox(desk, "limits");
    const parts = [this.#spans.element, this.#date.element, this.#until, this.#tied.element];
    this.element = h("div", { class: "akw-expiry" }, ...parts);
  }

  update(state: State): void {
    const { fields, errors } = this.#desk.draft;
    const locked = isLocked(state, "days", "ends");
    this.#most = state.max_days;
    this.#spans.show(spans(state, fields), fields.ends ? "" : String(fields.days));
    this.#spans.error(fields.ends ? undefined : errors.days);
    this.#spans.lock(locked);
    if (this.#date.hint) say(this.#date.hint, texts.dateHint(this.#most));
    this.#tied.update(state);
    this.#spans.element.hidden = fields.ephemeral;
    this.#date.element.hidden = (locked && !fields.ends) || fields.ephemeral;
    this.#date.show(dayOf(fields.ends));
    this.#date.error(errors.ends);
    this.#date.lock(locked);
    this.tick();
  }

  /** Tell the end of a key that is made now, and bound the days to choose from. */
  tick(): void {
    this.#bound("min", dayAhead(1));
    this.#bound("max", dayAhead(this.#most));
    say(this.#until, told(this.#desk.draft.fields, this.#most));
  }

  /** Only where it differs: setting it anew would drop the digits that are being typed. */
  #bound(name: "min" | "max", day: string): void {
    if (this.#date.input[name] !== day) set(this.#date.input, name, day);
  }

  #pick(day: string): void {
    this.#desk.draft.edit({ ends: endOfDay(day, this.#most) });
  }

  /** A date that was taken out leaves the span to count; one half written is told. */
  #leave(): void {
    const { value, validity } = this.#date.input;
    const { draft } = this.#desk;
    if (value !== "" && !WRITTEN.test(value)) this.#pick(value);
    else if (value === "" && validity?.badInput) draft.refuse("ends", texts.dateHalf);
    else if (value === "" && draft.fields.ends) draft.edit({ ends: "" });
  }
}

/** The usual spans, and the draft's own among them where it is another. */
function spans(
  { lifetimes, max_days }: State,
  { ends, days }: DraftFields,
): { value: string; title: string }[] {
  const labels = new Map(lifetimes.map(({ days, label }) => [days, label]));
  if (!ends && typeof days === "number" && days > 0 && days <= max_days && !labels.has(days))
    labels.set(days, texts.days(days));
  return [...labels]
    .sort(([one], [other]) => one - other)
    .map(([value, title]) => ({ value: String(value), title }));
}

function told(fields: DraftFields, most: number): string {
  const end = endOf(fields, most);
  if (end === null) return "";
  const time = bothClocks(end);
  if (fields.ephemeral) return tied.until(time);
  return fields.ends ? texts.ends(time) : texts.fromNow(time);
}

/** A moment on the person's clock and in UTC; once where they are the same. */
export function bothClocks(time: number): string {
  const [local, utc] = [formatLocal(time), formatUtc(time)];
  if (!local) return utc;
  const [day, clock] = utc.split(", ");
  return texts.both(local, local.startsWith(`${day},`) && clock ? clock : utc);
}
