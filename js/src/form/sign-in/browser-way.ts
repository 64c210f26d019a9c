/** OAuth with the portal's own page: open it, paste the code that it shows. */

import { focused, h } from "../dom";
import type { Field } from "../field";
import type { State } from "../protocol";
import type { Desk } from "../step";
import { browserWay as texts } from "../texts";
import { PageLink } from "./page-link";
import { Registering } from "./registering";
import { makeSecret, UNMANAGED, type Way } from "./way";

export class BrowserWay implements Way {
  readonly element: HTMLElement;
  readonly secret: Field;
  readonly #desk: Desk;
  readonly #registering: Registering;
  readonly #link: PageLink;
  readonly #steps: HTMLElement;
  /** Whether a client id is configured; null for a written address: there the kernel's answer tells. */
  #configured: boolean | null = null;
  /** The written address that turned out to have none. */
  #lacking: string | null = null;
  #needed: boolean | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#registering = new Registering(desk);
    const { code: label, codeHint: hint } = texts;
    this.secret = makeSecret(desk, { name: "code", label, hint, type: "text", attributes: UNMANAGED });
    this.#link = new PageLink(
      desk,
      () => this.#register(),
      () => this.secret.input.focus(), // where the person goes on who comes back with the code
    );
    const steps = [this.#link.element, this.secret.element].map((step) => h("li", {}, step));
    this.#steps = h("ol", { class: "akw-numbered", role: "list" }, ...steps);
    this.element = h("div", {}, this.#steps, this.#registering.element);
  }

  update({ portals }: State, shown: boolean): void {
    const { fields, errors } = this.#desk.draft;
    this.#configured = portals.find(({ url }) => url === fields.portal)?.client ?? null;
    this.secret.error(errors.code);
    if (shown) this.#seek(fields.portal.trim(), fields.client_id.trim());
    this.#register();
  }

  read(): { client_id: string } {
    return this.#registering.read();
  }

  close(): void {
    this.#link.close();
  }

  #seek(portal: string, client_id: string): void {
    if (!portal) this.#link.miss(texts.needsPortal);
    else if (!client_id && this.#configured === false) this.#link.miss(texts.needsClient);
    else this.#link.seek(portal, client_id, this.#configured !== null);
  }

  /** Registering comes first where it is needed, and last where it is not. */
  #register(): void {
    const { portal, client_id } = this.#desk.draft.fields;
    const refused = this.#link.refusal;
    if (refused && !client_id && refused.field !== "portal") this.#lacking = portal;
    const needed = this.#configured === false || (this.#configured === null && this.#lacking === portal);
    const configured = this.#configured ?? (this.#link.there && !client_id);
    this.#registering.update(needed, configured);
    // Moved, a field would lose the focus, and what is being typed; the next change finds it free.
    const held = this.#registering.element.contains(focused(this.element));
    if (needed === this.#needed || held) return;
    this.#needed = needed;
    if (needed) this.#steps.before(this.#registering.element);
    else this.#steps.after(this.#registering.element);
  }
}
