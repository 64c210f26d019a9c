/** Where the key will be used: that decides what it may hold. */

import { catalogueOf } from "../catalogue";
import { Choice } from "../choice";
import { h, say } from "../dom";
import { isLocked } from "../locked";
import type { Account, State } from "../protocol";
import type { Desk, Step } from "../step";
import { where as texts } from "../texts";

const PUBLIC = "public";
const PRIVATE = "private";
const OPTIONS = [
  { value: PUBLIC, title: texts.public, text: texts.publicText },
  { value: PRIVATE, title: texts.private, text: texts.privateText },
];

export class Where implements Step {
  readonly element: HTMLElement;
  readonly heading = h("h2", { class: "akw-heading", tabindex: -1 }, texts.heading);
  readonly #desk: Desk;
  readonly #choice: Choice;
  readonly #note = h("p", { class: "akw-lead", role: "status" });

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#choice = new Choice({
      id: desk.id("where"),
      legend: texts.heading,
      look: "cards",
      quiet: true,
      // Only this: the kernel puts by what a public application cannot hold, says so, and brings it back.
      pick: (value) => desk.draft.edit({ private: value === PRIVATE }),
    });
    const lead = h("p", { class: "akw-lead" }, texts.lead);
    this.element = h("div", { class: "akw-where" }, this.heading, lead, this.#choice.element, this.#note);
  }

  update(state: State): void {
    const { fields, errors } = this.#desk.draft;
    this.#choice.show(OPTIONS, fields.private ? PRIVATE : PUBLIC);
    this.#choice.error(errors.private);
    this.#choice.lock(isLocked(state, "private"));
    void this.#tell(state.account);
  }

  /** Before they go: those of the privileges that a public application cannot hold. */
  async #tell(account: Account | null): Promise<void> {
    const catalogue = catalogueOf(this.#desk);
    const { draft } = this.#desk;
    try {
      if (draft.fields.private)
        await Promise.all([catalogue.tree(false, account), catalogue.tree(true, account)]);
    } catch {
      return; // the kernel names what it drops
    }
    const { private: isPrivate, privileges } = draft.fields;
    const titles = isPrivate ? catalogue.personal(privileges, account).map(({ title }) => title) : [];
    say(this.#note, titles.length ? texts.wouldDrop(titles) : "");
  }
}
