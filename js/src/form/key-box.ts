/** The key: masked, shown on demand for half a minute, copied on demand. */

import { AskError } from "./channel";
import { copyLater, NoClipboard } from "./clipboard";
import { button, h, once, say, set } from "./dom";
import type { Desk } from "./step";
import { ready as texts } from "./texts";

const SHOWN_FOR = 30_000; // milliseconds

export class KeyBox {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #text: HTMLElement;
  readonly #reveal = button(texts.reveal, "small", { "aria-label": texts.revealKey });
  readonly #copy = button(texts.copy, "small", { "aria-label": texts.copyKey });
  #masked = "";
  #timer: number | undefined;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#text = h("code", { class: "akw-key-text", "aria-label": texts.key, role: "img" });
    this.#reveal.addEventListener("click", () => this.#toggle());
    this.#copy.addEventListener("click", () =>
      copyOn(desk, this.#copy, () => this.#fetch("copy"), texts.noCopyHint),
    );
    this.element = h("div", { class: "akw-key" }, this.#text, this.#reveal, this.#copy);
  }

  update(masked: string): void {
    this.#masked = masked;
    if (this.#timer === undefined) this.hide();
  }

  /** Take the key out of the page. */
  hide(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#show(this.#masked, false);
  }

  #toggle(): void {
    if (this.#timer !== undefined) this.hide();
    else once(this.#reveal, () => this.#revealKey().catch(this.#desk.fail));
  }

  async #revealKey(): Promise<void> {
    const key = await this.#fetch("reveal");
    if (!this.element.isConnected) return;
    this.#show(key, true);
    this.#timer = window.setTimeout(() => this.hide(), SHOWN_FOR);
  }

  async #fetch(kind: "reveal" | "copy"): Promise<string> {
    const { buffers } = await this.#desk.ask(kind);
    return new TextDecoder().decode(buffers[0]);
  }

  #show(text: string, revealed: boolean): void {
    say(this.#text, text);
    set(this.element, "data-revealed", revealed);
    // Masked, the dots are a picture called "Key"; revealed, the text itself is read.
    set(this.#text, "role", revealed ? null : "img");
    set(this.#text, "aria-label", revealed ? null : texts.key);
    say(this.#reveal, revealed ? texts.hide : texts.reveal);
    set(this.#reveal, "aria-label", revealed ? texts.hideKey : texts.revealKey);
  }
}

/** Copy on a press of a button, and say so on the button and to screen readers. */
export function copyOn(
  desk: Desk,
  pressed: HTMLElement,
  fetchText: () => Promise<string>,
  hint: string,
): void {
  once(pressed, async () => {
    try {
      await copyLater(fetchText);
      confirm(pressed);
      desk.announce(texts.copied);
    } catch (error) {
      desk.fail(error instanceof NoClipboard ? new AskError({ title: texts.noCopy, hint }) : error);
    }
  });
}

function confirm(pressed: HTMLElement): void {
  const label = pressed.dataset.label ?? pressed.textContent ?? "";
  pressed.dataset.label = label;
  say(pressed, texts.copied);
  window.setTimeout(() => say(pressed, label), 2_000);
}
