/** The OAuth client id: how to get one where none is configured, and the field for one's own. */

import { button, h } from "../dom";
import { Field } from "../field";
import { copyOn } from "../key-box";
import type { Desk } from "../step";
import { browserWay as texts } from "../texts";
import { Fold } from "./fold";
import { PLAIN } from "./way";

/** Where OAuth sends a program that no page can be sent to: it shows the code instead (RFC 6749's out-of-band use). */
export const REDIRECT = "urn:ietf:wg:oauth:2.0:oob";

export class Registering {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #client: Field;
  readonly #steps: HTMLElement;
  readonly #fold: Fold;
  #needed: boolean | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#client = new Field({
      id: desk.id("client_id"),
      name: "client_id",
      label: texts.client,
      hint: texts.clientHint,
      attributes: { ...PLAIN, autocomplete: "off" },
      edit: (client_id) => desk.draft.edit({ client_id: client_id.trim() }),
    });
    this.#steps = h("div", {}, h("p", { class: "akw-aside" }, texts.registerLead), this.#list());
    this.#fold = new Fold(this.#steps, this.#client.element);
    this.element = this.#fold.element;
  }

  /** Show the steps where one is needed; open or fold only when that changes. */
  update(needed: boolean, configured: boolean): void {
    const { fields, errors } = this.#desk.draft;
    if (needed !== this.#needed) {
      this.#steps.hidden = !needed;
      this.#fold.element.open = needed && !fields.client_id;
    }
    this.#needed = needed;
    this.#client.show(fields.client_id);
    this.#client.error(errors.client_id);
    const { client_id } = fields;
    const name = needed ? texts.register : configured ? texts.another : texts.client;
    const now = configured ? texts.configured : "";
    this.#fold.update(client_id ? texts.client : name, client_id || now, errors.client_id);
  }

  read(): { client_id: string } {
    return { client_id: this.#client.input.value.trim() };
  }

  #list(): HTMLElement {
    const urn = h("code", { class: "akw-urn" }, REDIRECT);
    const copy = button(texts.copy, "small", { "aria-label": texts.copyRedirect });
    copy.addEventListener("click", () =>
      copyOn(this.#desk, copy, () => Promise.resolve(REDIRECT), texts.noCopyHint),
    );
    const redirect = h("div", { class: "akw-row" }, urn, copy);
    const items = [texts.path, texts.kind, texts.redirect, texts.save].map((step) =>
      h("li", {}, ...step.map(term)),
    );
    items[2]?.append(redirect);
    return h("ol", { class: "akw-register" }, ...items);
  }
}

/** Every second part is a word that stands in the portal. */
function term(text: string, place: number): Node | string {
  return place % 2 ? h("b", {}, text) : text;
}
