/** What the time does to the key that is ready: how long it lives on, a warning before its end, and its end. */

import { button, fill, h, holdsFocus, once, say } from "./dom";
import { openKeys } from "./keys-step";
import { leftText, markOf, type Tone, toneOf } from "./left";
import { notice } from "./notice";
import { SOON_OF_A_DAY } from "./passing";
import type { State } from "./protocol";
import type { Desk } from "./step";
import { ready as texts } from "./texts";
import { formatUtc } from "./time";

export class Ending {
  /** The warning, or that it has ended; empty before. */
  readonly element = h("div");
  /** How long it lives on, for the line that says when it ends. */
  readonly left = h("span", { class: "akw-about" });
  readonly #desk: Desk;
  readonly #title = h("span");
  readonly #words = h("span");
  #at = Number.NaN;
  #listed = false;
  #soon: number | undefined;
  #tone: Tone = "none";
  #shown = "";

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Whether the key has ended, by the clock of the page. */
  get over(): boolean {
    return this.#tone === "ended";
  }

  update({ result, account }: State): void {
    this.#at = Date.parse((result?.masked && result.expires_utc) || "");
    this.#listed = account !== null;
    this.#soon = result?.ephemeral ? SOON_OF_A_DAY : undefined;
    this.tick();
  }

  /** Say what is so now; aloud where a warning begins, not with every hour. */
  tick(): void {
    const time = this.#at - Date.now();
    const [before, tone] = [this.#tone, Number.isNaN(time) ? "none" : toneOf(time, this.#soon)];
    this.#tone = tone;
    const text = leftText(time);
    const title = tone === "ended" ? texts.ended : texts.endsSoon(text);
    say(this.#words, ` ${text}`);
    say(this.#title, title);
    const now = JSON.stringify([tone, this.#at, this.#listed]);
    if (now !== this.#shown) this.#draw(tone);
    this.#shown = now;
    if (before === "good" && tone === "soon") this.#desk.announce(title);
  }

  #draw(tone: Tone): void {
    const held = holdsFocus(this.element);
    fill(this.left, ...(tone === "none" ? [] : [markOf(tone), this.#words]));
    fill(this.element, tone === "soon" ? this.#warning() : tone === "ended" ? this.#end() : null);
    if (held) this.element.querySelector("button")?.focus();
  }

  /** It interrupts nobody; the end does. */
  #warning(): HTMLElement {
    const box = notice("warn", this.#title, texts.endsSoonHint(formatUtc(this.#at)), this.#way());
    box.setAttribute("role", "note");
    return box;
  }

  #end(): HTMLElement {
    return notice("bad", this.#title, texts.endedHint(formatUtc(this.#at)), this.#way());
  }

  /** A key that was brought along has no account whose keys could be opened. */
  #way(): Node | string {
    if (!this.#listed) return "";
    const pressed = button(texts.openKeys, "small");
    const go = () => openKeys(this.#desk, "ready").catch(this.#desk.fail);
    pressed.addEventListener("click", () => once(pressed, go));
    return h("div", { class: "akw-row akw-actions" }, pressed);
  }
}
