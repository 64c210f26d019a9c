/** Which portal: one of the list, the practice portal, or another by its address. */

import { focused, h } from "../dom";
import { Field } from "../field";
import type { State } from "../protocol";
import type { Desk } from "../step";
import { signIn as texts } from "../texts";
import { Select } from "./select";
import { PLAIN } from "./way";

export const PRACTICE = "practice";
const ANOTHER = "another";

export class PortalPicker {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #select: Select;
  readonly #address: Field;
  #listed: string[] = [];

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#select = new Select(desk.id("portals"), "portals", texts.portal, (value) => this.#pick(value));
    this.#address = new Field({
      id: desk.id("portal"),
      name: "portal",
      label: texts.address,
      hint: texts.addressHint,
      attributes: { ...PLAIN, placeholder: texts.addressExample, inputmode: "url" },
      edit: (portal) => desk.draft.edit({ portal }),
    });
    this.element = h("div", {}, this.#select.element, this.#address.element);
  }

  update({ portals, practice_available }: State): void {
    const { fields, errors } = this.#desk.draft;
    this.#listed = portals.map(({ url }) => url);
    const options = portals.map(({ url, title }) => ({ value: url, title }));
    if (practice_available || fields.portal === PRACTICE)
      options.push({ value: PRACTICE, title: texts.practicePortal });
    options.push({ value: ANOTHER, title: texts.another });
    const chosen = this.#chosen(fields.portal);
    const typed = chosen === ANOTHER;
    this.#select.offer(options, chosen, chosen.replace(/^https:\/\/|^(practice|another)$/, ""));
    this.#select.error(typed ? undefined : errors.portal);
    this.#address.element.hidden = !typed;
    if (typed) this.#address.show(fields.portal);
    this.#address.error(typed ? errors.portal : undefined);
  }

  /** What stands in the address field counts, also where the browser filled it without an event. */
  read(): { portal: string } {
    const { portal } = this.#desk.draft.fields;
    return { portal: this.#chosen(portal) === ANOTHER ? this.#address.input.value : portal };
  }

  /** Leave the practice portal for the first of the list, or for an address to be written. */
  leavePractice(): void {
    this.#pick(this.#listed[0] ?? ANOTHER);
    this.#select.input.focus();
  }

  #pick(value: string): void {
    const written = this.#address.input.value; // what was written before is there again
    const another = this.#listed.includes(written) ? "" : written;
    this.#desk.draft.edit({ portal: value === ANOTHER ? another : value });
  }

  /** The option that an address is; while it is being written, no option takes its field away. */
  #chosen(portal: string): string {
    if (portal === PRACTICE) return PRACTICE;
    if (focused(this.#address.input) === this.#address.input) return ANOTHER;
    return this.#listed.includes(portal) ? portal : ANOTHER;
  }
}
