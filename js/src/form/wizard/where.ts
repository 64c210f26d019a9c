/** Where the key will be used: that decides what it may hold. */

import { catalogueOf, privateOnly } from "../catalogue";
import { Choice } from "../choice";
import { h, say } from "../dom";
import { isLocked } from "../locked";
import type { PrivilegeNode, State } from "../protocol";
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
  #state: State | null = null;

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
    this.#state = state;
    const { fields, errors } = this.#desk.draft;
    this.#choice.show(OPTIONS, fields.private ? PRIVATE : PUBLIC);
    this.#choice.error(errors.private);
    this.#choice.lock(isLocked(state, "private"));
    void this.#tell();
  }

  async #tell(): Promise<void> {
    const { fields } = this.#desk.draft;
    const narrow = fields.private ? await this.#narrow(fields.privileges) : [];
    if (this.#desk.draft.fields.private !== fields.private) return;
    say(this.#note, narrow.length ? texts.wouldDrop(narrow.map(({ title }) => title)) : "");
  }

  /** Those of the privileges that only a private application may hold; none where nobody can tell. */
  async #narrow(privileges: readonly string[]): Promise<PrivilegeNode[]> {
    const account = this.#state?.account ?? null;
    const catalogue = catalogueOf(this.#desk);
    try {
      const trees = [catalogue.tree(false, account), catalogue.tree(true, account)] as const;
      const [forPublic, forPrivate] = await Promise.all(trees);
      return privateOnly(privileges, forPublic, forPrivate);
    } catch {
      return []; // the kernel settles the draft, and the review tells what is wrong
    }
  }
}
