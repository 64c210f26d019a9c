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
  #dropped: PrivilegeNode[] = [];

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#choice = new Choice({
      id: desk.id("where"),
      legend: texts.heading,
      look: "cards",
      quiet: true,
      pick: (value) => this.#pick(value === PRIVATE),
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
    if (fields.private) this.#dropped = [];
    void this.#tell();
  }

  #pick(isPrivate: boolean): void {
    this.#desk.draft.edit({ private: isPrivate });
    if (!isPrivate) void this.#drop();
  }

  /** A public application cannot hold them, so they go with the choice that excludes them, and by name. */
  async #drop(): Promise<void> {
    const { privileges } = this.#desk.draft.fields; // before the kernel has settled anything
    const narrow = await this.#narrow(privileges);
    const { fields } = this.#desk.draft;
    if (fields.private || !narrow.length || (this.#state && isLocked(this.#state, "privileges"))) return;
    this.#dropped = narrow;
    const gone = new Set(narrow.map(({ id }) => id));
    this.#desk.draft.edit({ privileges: fields.privileges.filter((name) => !gone.has(name)) });
  }

  async #tell(): Promise<void> {
    const { fields } = this.#desk.draft;
    const kept = fields.private ? await this.#narrow(fields.privileges) : [];
    const dropped = this.#dropped.map(({ title }) => title);
    if (this.#desk.draft.fields.private !== fields.private) return;
    const would = kept.length ? texts.wouldDrop(kept.map(({ title }) => title)) : "";
    say(this.#note, dropped.length ? texts.dropped(dropped) : would);
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
