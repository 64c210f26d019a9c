/** The step between pressing a button and the portal's answer. */

import { button, h, once, say } from "./dom";
import type { State } from "./protocol";
import type { Desk, Step } from "./step";
import { waiting as texts } from "./texts";

export class Waiting implements Step {
  readonly element: HTMLElement;
  readonly heading = h("h2", { class: "akw-heading", tabindex: -1 });
  readonly #text = h("p", { class: "akw-lead" });

  constructor(desk: Desk) {
    const spinner = h("span", { class: "akw-spinner", "aria-hidden": "true" });
    const words = h("div", { role: "status" }, this.heading, this.#text);
    const body = h("div", { class: "akw-body akw-waiting" }, spinner, words);
    this.element = h("div", { class: "akw-step" }, body, cancelFooter(desk));
  }

  update({ phase, portal, draft }: State): void {
    const where = portal.name || portal.url;
    const checks = draft.method === "key";
    const [heading, text] =
      phase === "starting"
        ? [texts.starting, texts.startingText]
        : checks
          ? [texts.checking, texts.checkingText(where)]
          : [texts.signingIn, texts.signingInText(where)];
    say(this.heading, heading);
    say(this.#text, text);
  }
}

/** A footer whose one button cancels what is under way. */
export function cancelFooter(desk: Desk, calm = ""): HTMLElement {
  const cancel = button(texts.cancel, "plain");
  cancel.addEventListener("click", () => {
    once(cancel, () => desk.ask("cancel").catch(desk.fail));
    desk.announce(texts.cancelling);
  });
  return h("footer", { class: "akw-footer" }, h("div", { class: "akw-calm" }, calm), cancel);
}
