/** How long the key works, and which web pages may send it. */

import { Area } from "../area";
import { lines } from "../beyond";
import { h, set } from "../dom";
import { isLocked } from "../locked";
import { notice } from "../notice";
import type { State } from "../protocol";
import type { Desk, Step } from "../step";
import { limits as texts } from "../texts";
import { Expiry } from "./expiry";

export class Limits implements Step {
  readonly element: HTMLElement;
  readonly heading = h("h2", { class: "akw-heading", tabindex: -1 }, texts.heading);
  readonly #desk: Desk;
  readonly #expiry: Expiry;
  readonly #referrers: Area;
  readonly #none = h("p", { class: "akw-small" }, texts.referrersNone);
  readonly #warning = notice("warn", texts.referrersTitle, texts.referrersText);

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#expiry = new Expiry(desk);
    this.#referrers = new Area({
      id: desk.id("referrers"),
      name: "referrers",
      label: texts.referrers,
      hint: texts.referrersHint,
      rows: 3,
      attributes: { spellcheck: "false", autocapitalize: "none" },
      edit: (referrers) => desk.draft.edit({ referrers }),
    });
    set(this.#warning, "role", "status"); // it must not interrupt who is typing
    const lead = h("p", { class: "akw-lead" }, texts.lead);
    const parts = [this.#expiry.element, this.#referrers.element, this.#none, this.#warning];
    this.element = h("div", { class: "akw-limits" }, this.heading, lead, ...parts);
  }

  tick(): void {
    this.#expiry.tick();
  }

  update(state: State): void {
    const { fields, errors } = this.#desk.draft;
    this.#expiry.update(state);
    this.#referrers.show(fields.referrers);
    this.#referrers.error(errors.referrers);
    const locked = isLocked(state, "referrers");
    this.#referrers.lock(locked);
    set(this.#referrers.input, "placeholder", locked ? null : texts.referrersExample); // no value that is set
    const bound = lines(fields.referrers).length > 0;
    this.#none.hidden = bound;
    this.#warning.hidden = !bound;
  }
}
