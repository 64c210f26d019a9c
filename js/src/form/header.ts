/** What this is, who you are and where; the dot is green at a real portal, violet at the practice portal. */

import { AccountPanel } from "./account-panel";
import { button, h, icon, OWN_KEYS, once, say, set } from "./dom";
import { openKeys } from "./keys-step";
import type { Account, Phase, State } from "./protocol";
import type { Desk } from "./step";
import { NAME, header as texts } from "./texts";

const KEY = ["M9.7 11.5a3.7 3.7 0 1 1-7.4 0a3.7 3.7 0 1 1 7.4 0", "M8.8 8.8 15.5 2M12.5 5l2.3 2.3"];

export class Header {
  readonly element: HTMLElement;
  readonly #chip: HTMLButtonElement;
  readonly #panel: AccountPanel;
  readonly #who = h("span", { class: "akw-clip" });
  readonly #out = button(texts.signOut, "small");
  readonly #keys = button(texts.keys, "small");
  readonly #desk: Desk;
  #phase: Phase = "signed-out";

  constructor(desk: Desk) {
    this.#desk = desk;
    const dot = h("i", { class: "akw-dot", "aria-hidden": "true" });
    const what = h("span", { class: "akw-unseen" }, texts.account);
    this.#chip = h("button", { type: "button", class: "akw-chip", ...OWN_KEYS }, dot, what, this.#who);
    this.#panel = new AccountPanel(desk, this.#chip);
    this.#out.addEventListener("click", () => once(this.#out, () => desk.ask("sign-out").catch(desk.fail)));
    this.#keys.addEventListener("click", () =>
      once(this.#keys, () => openKeys(desk, this.#phase).catch(desk.fail)),
    );
    const row = [icon(...KEY), h("b", {}, NAME), this.#keys, this.#chip, this.#out];
    const header = h("header", { class: "akw-header" }, ...row);
    this.element = h("div", { onkeydown: this.#panel.closeOnEscape }, header, this.#panel.element);
    this.#chip.hidden = this.#out.hidden = this.#keys.hidden = true;
  }

  update({ account, portal, phase }: State): void {
    this.#phase = phase;
    this.#chip.hidden = this.#out.hidden = !account;
    this.#keys.hidden = !account || (phase === "signed-in" && this.#desk.draft.fields.view === "keys");
    this.#keys.disabled = this.#out.disabled = phase === "creating";
    this.#panel.update(account);
    if (!account) return;
    const where = portal.practice ? texts.practice : placeOf(account);
    set(this.#chip, "data-practice", portal.practice);
    set(this.#chip, "title", texts.signedIn(account.full_name || account.username, where));
    say(this.#who, `${account.username} · ${where}`);
  }
}

/** The organization and its kind; a mere guess at the kind is marked as one. */
function placeOf({ organization, kind, kind_certain }: Account): string {
  const name = texts.kinds[kind];
  return name ? `${organization} (${name}${kind_certain ? "" : "?"})` : organization;
}
