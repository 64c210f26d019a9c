/** Who is signed in, with what rights; a guess at the account's kind is corrected here. */

import { button, fill, focused, h, once, set } from "./dom";
import { missingLines } from "./missing";
import type { Account, Kinds } from "./protocol";
import type { Desk } from "./step";
import { account as texts } from "./texts";

type Guess = keyof typeof texts.correct;
const OTHER: Partial<Record<Kinds, Guess>> = { online: "location-platform", "location-platform": "online" };

export class AccountPanel {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #switch: HTMLElement;
  #account: Account | null = null;
  #shown = "";

  /** The panel says on its switch, a button elsewhere, whether it is open. */
  constructor(desk: Desk, opener: HTMLElement) {
    this.#desk = desk;
    this.#switch = opener;
    const id = desk.id("account");
    this.element = h("div", { id, class: "akw-account", role: "region", "aria-label": texts.title });
    set(opener, "aria-controls", id);
    opener.addEventListener("click", () => this.#open(this.element.hidden));
    this.#open(false);
  }

  update(account: Account | null): void {
    this.#account = account;
    if (account) this.#draw();
    else this.#open(false);
  }

  /** Close on Escape, and bring the focus back to the button; the notebook does not hear of the key. */
  readonly closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || this.element.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    this.#open(false);
    this.#switch.focus();
  };

  #open(open: boolean): void {
    this.element.hidden = !open;
    set(this.#switch, "aria-expanded", String(open));
    this.#draw();
  }

  /** Draw what changed; closed, the panel holds nothing. */
  #draw(): void {
    const now = this.element.hidden ? "" : JSON.stringify(this.#account);
    if (now === this.#shown) return;
    this.#shown = now;
    const held = this.element.contains(focused(this.element));
    fill(this.element, ...(now && this.#account ? this.#parts(this.#account) : []));
    if (held) this.#switch.focus();
  }

  #parts(account: Account): Node[] {
    const facts: [string, string][] = [
      [texts.name, account.full_name],
      [texts.username, account.username],
      [texts.role, account.role],
      [texts.userType, account.user_type],
      [texts.organization, account.organization],
      [texts.kind, texts.kinds[account.kind]],
    ];
    const list = h("dl", { class: "akw-facts" });
    for (const [term, fact] of facts) if (fact) list.append(h("dt", {}, term), h("dd", {}, fact));
    list.lastElementChild?.append(...this.#correction(account));
    this.#say(
      list,
      texts.keys,
      account.can_create ? [texts.mayMake] : [texts.mayNot, ...missingLines(account)],
    );
    this.#say(list, texts.notes, account.notes);
    return [list];
  }

  #say(list: HTMLElement, term: string, lines: readonly string[]): void {
    if (!lines.length) return;
    list.append(h("dt", {}, term), h("dd", {}, ...lines.map((line) => h("div", {}, line))));
  }

  /** One press puts a guess right; what the portal said itself stands. */
  #correction({ kind, kind_certain }: Account): Node[] {
    const other = OTHER[kind];
    if (kind_certain || !other) return [];
    const correct = button(texts.correct[other], "link");
    correct.addEventListener("click", () => once(correct, () => this.#correct(other).catch(this.#desk.fail)));
    return [h("div", { class: "akw-guess" }, texts.guess, correct)];
  }

  async #correct(kind: Guess): Promise<void> {
    await this.#desk.ask("kind", { account: kind });
    this.#desk.announce(texts.corrected(texts.kinds[kind]));
  }
}
