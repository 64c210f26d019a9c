/** What this is, who you are and where; the dot is green at a real portal, violet at the practice portal. */

import { button, h, icon, once, say, set } from "./dom";
import type { State } from "./protocol";
import type { Desk } from "./step";
import { NAME, header as texts } from "./texts";

const KEY = ["M9.7 11.5a3.7 3.7 0 1 1-7.4 0a3.7 3.7 0 1 1 7.4 0", "M8.8 8.8 15.5 2M12.5 5l2.3 2.3"];

export class Header {
  readonly element: HTMLElement;
  readonly #chip: HTMLElement;
  readonly #who = h("span", { class: "akw-clip" });
  readonly #out = button(texts.signOut, "small");

  constructor(desk: Desk) {
    this.#chip = h(
      "span",
      { class: "akw-chip" },
      h("i", { class: "akw-dot", "aria-hidden": "true" }),
      this.#who,
    );
    this.#out.addEventListener("click", () => once(this.#out, () => desk.ask("sign-out").catch(desk.fail)));
    this.element = h(
      "header",
      { class: "akw-header" },
      icon(...KEY),
      h("b", {}, NAME),
      this.#chip,
      this.#out,
    );
    this.#chip.hidden = this.#out.hidden = true;
  }

  update({ account, portal, phase }: State): void {
    this.#chip.hidden = this.#out.hidden = !account;
    this.#out.disabled = phase === "creating";
    if (!account) return;
    const kind = texts.kinds[account.kind];
    const place = kind ? `${account.organization} (${kind})` : account.organization;
    const where = portal.practice ? texts.practice : place;
    set(this.#chip, "data-practice", portal.practice);
    set(this.#chip, "title", texts.signedIn(account.full_name || account.username, where));
    say(this.#who, `${account.username} · ${where}`);
  }
}
