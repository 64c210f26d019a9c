/** One of several, as native radio buttons that look like segments or cards. */

import { fill, h, OWN_KEYS, say, set } from "./dom";
import { lockMark } from "./locked";

interface Option {
  value: string;
  title: string;
  text?: string;
  note?: string;
}

interface Settings {
  id: string;
  legend: string;
  look: "segments" | "cards";
  quiet?: boolean;
  pick: (value: string) => void;
}

export class Choice {
  readonly element: HTMLFieldSetElement;
  readonly #settings: Settings;
  readonly #list: HTMLElement;
  readonly #error: HTMLElement;
  readonly #lock: HTMLElement;
  #shown = "";

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#list = h("div", { class: `akw-${settings.look}` });
    this.#error = h("div", { id: `${settings.id}-error`, class: "akw-error", role: "alert" });
    this.#lock = lockMark(`${settings.id}-lock`);
    const legend = h("legend", { class: settings.quiet ? "akw-unseen" : "akw-legend" }, settings.legend);
    this.element = h("fieldset", { class: "akw-choice" }, legend, this.#list, this.#lock, this.#error);
    this.element.addEventListener("change", (event) =>
      settings.pick((event.target as HTMLInputElement).value),
    );
  }

  /** Show the options, made anew only where they changed, and which of them is chosen. */
  show(options: readonly Option[], chosen: string): void {
    const now = JSON.stringify(options);
    if (now !== this.#shown) fill(this.#list, ...options.map((option) => this.#option(option)));
    this.#shown = now;
    for (const radio of this.#radios()) radio.checked = radio.value === chosen;
  }

  error(message: string | undefined): void {
    say(this.#error, message ?? "");
    for (const radio of this.#radios()) {
      set(radio, "aria-invalid", message ? "true" : null);
      set(radio, "aria-describedby", message ? this.#error.id : this.#textId(radio.value));
    }
  }

  /** Leave the choice readable, and say that it stands. */
  lock(locked: boolean): void {
    this.#lock.hidden = !locked;
    set(this.element, "aria-describedby", locked ? this.#lock.id : null);
    for (const radio of this.#radios()) radio.disabled = locked;
  }

  #radios(): NodeListOf<HTMLInputElement> {
    return this.#list.querySelectorAll("input");
  }

  #textId(value: string): string | null {
    const id = `${this.#settings.id}-${value}-text`;
    return this.#list.querySelector(`[id="${CSS.escape(id)}"]`) ? id : null;
  }

  #option({ value, title, text, note }: Option): HTMLElement {
    const id = `${this.#settings.id}-${value}`;
    const details = text || note;
    const radio = h("input", {
      ...OWN_KEYS,
      type: "radio",
      id,
      value,
      name: this.#settings.id,
      "aria-labelledby": `${id}-title`,
      "aria-describedby": details ? `${id}-text` : null,
    });
    const about = details
      ? h(
          "span",
          { id: `${id}-text`, class: "akw-about" },
          text ?? null,
          note ? h("span", { class: "akw-cost" }, note) : null,
        )
      : null;
    const face = h(
      "span",
      { class: "akw-face" },
      h("span", { id: `${id}-title`, class: "akw-title" }, title),
      about,
    );
    return h("label", { class: "akw-option", for: id }, radio, face);
  }
}
