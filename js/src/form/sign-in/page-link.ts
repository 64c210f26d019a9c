/** The link to the portal's sign-in page, asked of the kernel for the portal and the client id that are chosen. */

import { AskError } from "../channel";
import { button, fill, focused, h, OWN_KEYS } from "../dom";
import type { Desk } from "../step";
import { browserWay as texts } from "../texts";

const PAUSE = 400; // milliseconds without a change before the kernel is asked again

type Standing =
  | { is: "missing"; text: string }
  | { is: "asking" }
  | { is: "there"; url: string }
  | { is: "refused"; error: AskError; text: string };

export class PageLink {
  readonly element = h("div", { class: "akw-page", tabindex: -1 });
  readonly #desk: Desk;
  readonly #changed: () => void;
  readonly #opened: () => void;
  #standing: Standing | null = null;
  #about = "";
  #timer: number | undefined;

  /** `changed` hears of each answer; `opened` that the person follows the link. */
  constructor(desk: Desk, changed: () => void, opened: () => void) {
    this.#desk = desk;
    this.#changed = changed;
    this.#opened = opened;
  }

  /** Whether the kernel gave a link for what is chosen now. */
  get there(): boolean {
    return this.#standing?.is === "there";
  }

  /** Why there is no link, where the kernel refused one. */
  get refusal(): AskError | null {
    return this.#standing?.is === "refused" ? this.#standing.error : null;
  }

  /** Say what has to be written before there can be a link; an answer that is still to come is dropped. */
  miss(text: string): void {
    clearTimeout(this.#timer);
    this.#about = "";
    this.#show({ is: "missing", text });
  }

  /** Ask for a portal's page, once for the same portal and client id: each page has secrets of its own behind it. */
  seek(portal: string, client_id: string, soon: boolean): void {
    const about = JSON.stringify([portal, client_id]);
    if (about === this.#about) return;
    const first = this.#standing === null;
    this.#about = about;
    this.#show({ is: "asking" });
    clearTimeout(this.#timer);
    const ask = () => void this.#ask(about);
    if (first && soon) ask();
    else this.#timer = window.setTimeout(ask, PAUSE);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#about = "";
  }

  async #ask(about: string): Promise<void> {
    const [portal, client_id] = JSON.parse(about) as [string, string];
    let standing: Standing;
    try {
      standing = { is: "there", url: (await this.#desk.ask("page", { portal, client_id })).url };
    } catch (error) {
      if (!(error instanceof AskError)) return;
      // How to get a client id stands above already.
      const lacking = error.field === "client_id" && !client_id;
      standing = { is: "refused", error, text: lacking ? texts.needsClient : texts.refused(error.text) };
    }
    if (about !== this.#about) return;
    this.#show(standing);
    this.#changed();
  }

  #show(standing: Standing): void {
    const before = JSON.stringify(this.#standing);
    this.#standing = standing;
    if (JSON.stringify(standing) === before) return;
    const held = this.element.contains(focused(this.element));
    fill(this.element, ...this.#draw(standing));
    if (held) (this.element.querySelector<HTMLElement>("a, button") ?? this.element).focus();
  }

  #draw(standing: Standing): Node[] {
    if (standing.is === "there") return this.#link(standing.url);
    if (standing.is === "missing") return [words(standing.text)];
    if (standing.is === "asking") return [words(texts.preparing)];
    const again = button(texts.again, "small", { onclick: () => this.#again() });
    return standing.error.field ? [words(standing.text)] : [words(standing.text), again];
  }

  #link(url: string): Node[] {
    const address = new URL(url); // the kernel's own; another scheme than the web's is never followed
    if (!/^https?:$/.test(address.protocol)) return [];
    const face = { class: "akw-button akw-plain", ...OWN_KEYS };
    const away = { href: url, target: "_blank", rel: "noopener noreferrer" };
    const arrow = h("span", { "aria-hidden": "true" }, "↗");
    const link = h("a", { ...face, ...away, onclick: this.#opened }, texts.open, arrow);
    return [link, h("p", { class: "akw-aside" }, texts.opens(address.host))];
  }

  #again(): void {
    this.#show({ is: "asking" });
    void this.#ask(this.#about);
  }
}

function words(text: string): HTMLElement {
  return h("p", { class: "akw-aside" }, text);
}
