/** What stands in the page until the map's code is here, and when it cannot come. */

import { fill, h, OWN_KEYS } from "../form/dom";
import type { Silence } from "../form/silence";
import { followTheme } from "../form/theme";
import { load } from "./code";
import { Closed, type Line } from "./line";
import type { View } from "./view";
import { words } from "./words";

export class Frame {
  readonly element: HTMLElement;
  readonly #line: Line;
  readonly #place = h("div", { class: "akwm-place" });
  readonly #silence = h("div", { class: "akwm-silence", role: "status" });
  readonly #stopTheme: () => void;
  #close: (() => void) | null = null;
  #closed = false;

  /** @param height pixels of the map */
  constructor(line: Line, height: number) {
    this.#line = line;
    this.#place.style.setProperty("--height", `${height}px`);
    this.element = h("section", { class: "akwm", "aria-label": words.label }, this.#silence, this.#place);
    this.#stopTheme = followTheme(this.element);
  }

  /** Load the code and draw the map; a failure is shown, with a way to try again. */
  async open(): Promise<void> {
    fill(this.#place, h("p", { class: "akwm-wait", role: "status" }, words.loading));
    try {
      const view = await load<View>(this.#line, "view");
      const close = await view.openMap(this.#place, this.#line);
      if (this.#closed) close();
      else this.#close = close;
    } catch (error) {
      if (!(error instanceof Closed)) this.#fail(error as Partial<{ message: string; hint: string }>);
    }
  }

  tellSilence(silence: Silence): void {
    fill(this.#silence, silence === "none" ? null : h("p", {}, words[silence]));
    // What was drawn stays to look at; a map that never came is only these words.
    this.#place.hidden = silence === "lost" && !this.#close;
  }

  close(): void {
    this.#closed = true;
    this.#close?.();
    this.#stopTheme();
    this.element.remove();
  }

  /** Only refusals of the kernel are words for people. */
  #fail({ message, hint }: Partial<{ message: string; hint: string }>): void {
    const [title, more] = hint === undefined ? [words.failed, words.failedHint] : [message ?? "", hint];
    const retry = h("button", { type: "button", class: "akwm-button", ...OWN_KEYS }, words.retry);
    retry.addEventListener("click", () => void this.open());
    const text = h("p", {}, h("b", {}, title), " ", more);
    fill(this.#place, h("div", { class: "akwm-failure", role: "alert" }, text, retry));
  }
}
