/** What is under an opened row: the slots, and what can be done with the key. */

import { button, fill, h, holdsFocus, OWN_KEYS, once } from "../dom";
import { notice } from "../notice";
import type { State } from "../protocol";
import type { Desk } from "../step";
import { formatLocal, formatUtc } from "../time";
import { Confirm } from "./confirm";
import { Details } from "./details";
import type { KeyRow, SlotRow } from "./rows";
import { words } from "./words";

const WEEK = 7; // days

/** What the panel tells the table. */
export interface Owner {
  changed(key: KeyRow): void;
  /** Ask whether to delete it, and do so; `back` takes the focus if not. */
  remove(key: KeyRow, confirm: Confirm, back: HTMLElement): void;
}

export class Panel {
  readonly element = h("div", { class: "akw-credential-panel" });
  readonly #desk: Desk;
  readonly #owner: Owner;
  readonly #confirm: Confirm;
  readonly #trouble = h("div");
  readonly #days: HTMLSelectElement;
  #key: KeyRow;
  #editing = false;
  /** What opens the details. */
  #change: HTMLElement | null = null;

  constructor(desk: Desk, key: KeyRow, lifetimes: State["lifetimes"], owner: Owner) {
    this.#desk = desk;
    this.#key = key;
    this.#owner = owner;
    this.#confirm = new Confirm(this.fail);
    const options = lifetimes.map(({ days, label }) => h("option", { value: days }, label));
    this.#days = h(
      "select",
      { class: "akw-input akw-lives", id: desk.id(`key-${key.id}-days`), ...OWN_KEYS },
      ...options,
    );
    this.#days.value = String(WEEK);
    this.#draw();
  }

  /** Take over the key as it is now; what is being typed stays. */
  update(key: KeyRow): void {
    const same = JSON.stringify(key) === JSON.stringify(this.#key);
    this.#key = key;
    if (!same && !this.#editing) this.#draw();
  }

  #draw(): void {
    const key = this.#key;
    const slots = h("ul", { class: "akw-slots" }, ...key.slots.map((slot) => this.#slot(slot)));
    const facts = [key.summary, key.referrers.length ? words.referrers(key.referrers) : ""];
    const told = facts.filter(Boolean).map((fact) => h("p", { class: "akw-small" }, fact));
    const kept = key.protected ? h("p", { class: "akw-small" }, words.protected) : null;
    fill(this.#trouble);
    fill(
      this.element,
      ...told,
      slots,
      this.#making(),
      this.#ways(),
      kept,
      this.#confirm.element,
      this.#trouble,
    );
  }

  /** Show what went wrong; what has no words for people is the form's to tell. */
  readonly fail = (error: unknown): void => {
    const { message, hint } = error as { message: string; hint?: string };
    if (hint === undefined) this.#desk.fail(error);
    else fill(this.#trouble, notice("bad", message, hint));
  };

  #slot(slot: SlotRow): HTMLElement {
    const { number, state, ends_utc, here } = slot;
    const local = ends_utc && formatLocal(ends_utc);
    const until = ends_utc ? words.until(formatUtc(ends_utc)) : "";
    const facts = [words.slotStates[state], until, here ? words.here : ""].filter(Boolean).join(" · ");
    const text = h("span", local ? { title: local } : {}, h("b", {}, words.slot(number)), ` ${facts} `);
    if (state !== "live")
      return h(
        "li",
        {},
        text,
        this.#act(words.generate, () => this.#make(number, false)),
      );
    const replace = button(words.replace, "small");
    const work = () => this.#make(number, true);
    replace.addEventListener("click", () =>
      this.#confirm.ask(words.replaceQuestion(number), words.replaceYes, replace, work),
    );
    const revoke = button(words.revoke, "small");
    revoke.addEventListener("click", () =>
      this.#confirm.ask(words.revokeQuestion(number), words.revokeYes, revoke, () => this.#revoke(number)),
    );
    return h("li", {}, text, replace, revoke);
  }

  /** How long a new key lives, and the next one where one lives already. */
  #making(): HTMLElement | null {
    const { slots } = this.#key;
    if (!slots.length) return null;
    const label = h("label", { for: this.#days.id }, words.lifetime);
    const rotates =
      slots.some(({ state }) => state === "live") && slots.some(({ state }) => state !== "live");
    const next = rotates ? this.#act(words.rotate, () => this.#make(null, false)) : null;
    const hint = rotates ? h("span", { class: "akw-about" }, words.rotateHint) : null;
    return h("div", { class: "akw-row" }, label, this.#days, next, hint);
  }

  #ways(): HTMLElement {
    const { url, legacy } = this.#key;
    const remove = button(words.deleteOne, "small");
    remove.addEventListener("click", () => this.#owner.remove(this.#key, this.#confirm, remove));
    const away = /^https?:\/\//.test(url) // it comes from outside
      ? h(
          "a",
          { class: "akw-away", href: url, target: "_blank", rel: "noopener noreferrer", ...OWN_KEYS },
          words.page,
        )
      : null;
    this.#change = legacy ? null : button(words.edit, "small", { onclick: () => this.#edit() });
    return h("div", { class: "akw-row" }, this.#change, remove, away);
  }

  #edit(): void {
    const done = (key: KeyRow | null) => {
      const held = holdsFocus(this.element);
      if (key) this.#owner.changed(key);
      this.#editing = false;
      this.#draw();
      if (key) this.#desk.announce(words.saved);
      if (held) this.#change?.focus();
    };
    this.#editing = true;
    const details = new Details(this.#desk, this.#key, done, this.fail);
    fill(this.element, details.element, this.#trouble);
    details.focus();
  }

  #act(label: string, work: () => Promise<unknown>): HTMLElement {
    const pressed = button(label, "small");
    pressed.addEventListener("click", () => once(pressed, () => work().catch(this.fail)));
    return pressed;
  }

  /** From here on the form shows the making, and then the key. */
  #make(slot: number | null, replace: boolean): Promise<unknown> {
    return this.#desk.ask("generate", { item: this.#key.id, slot, days: Number(this.#days.value), replace });
  }

  async #revoke(slot: number): Promise<void> {
    const { key } = await this.#desk.ask("revoke", { item: this.#key.id, slot });
    fill(this.#trouble);
    this.#desk.announce(words.revoked(slot));
    this.#owner.changed(key);
  }
}
