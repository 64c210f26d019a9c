/** Privileges: the tree of what the account may grant, searched by words. */

import { catalogueOf, leaves } from "../catalogue";
import { isClosed, textOf } from "../channel";
import { button, h, say, set } from "../dom";
import { lockNote } from "../locked";
import { Chips } from "../parts/chips";
import { Tree } from "../parts/tree";
import type { PrivilegeNode, State } from "../protocol";
import type { Desk, Step } from "../step";
import { privileges as texts } from "../texts";
import { PrivilegeSearch } from "./privilege-search";

export class PrivilegesStep implements Step {
  readonly element: HTMLElement;
  readonly heading = h("h2", { class: "akw-heading", tabindex: -1 }, texts.heading);
  readonly #desk: Desk;
  readonly #tree: Tree;
  readonly #search: PrivilegeSearch;
  readonly #others: Chips;
  readonly #otherPart: HTMLElement;
  readonly #number = h("b", { class: "akw-number", role: "status" });
  readonly #told = h("p", { class: "akw-count", role: "status" });
  readonly #retry = button(texts.retry, "link", { hidden: true });
  readonly #locked = lockNote(texts.locked);
  readonly #error: HTMLElement;
  #state: State | null = null;
  #titles: Map<string, string> | null = null;
  #asked = "";

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#error = h("div", { id: desk.id("privileges-error"), class: "akw-error", role: "alert" });
    this.#tree = this.#makeTree();
    this.#search = new PrivilegeSearch(desk, this.#tree);
    this.#others = this.#makeOthers();
    const others = h("p", { class: "akw-count" }, texts.others);
    this.#otherPart = h("div", { class: "akw-others", hidden: true }, others, this.#others.element);
    this.#retry.addEventListener("click", () => this.#ask());
    this.element = this.#layOut();
  }

  update(state: State): void {
    this.#state = state;
    const { private: own } = this.#desk.draft.fields;
    const asked = JSON.stringify([state.portal.url, state.account, own]);
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.#ask();
    }
    this.#mark(state);
  }

  close(): void {
    this.#asked = "";
    this.#search.close();
  }

  #layOut(): HTMLElement {
    const lead = h("p", { class: "akw-lead" }, texts.lead, " ", this.#number);
    const told = h("div", { class: "akw-row" }, this.#told, this.#retry);
    const parts = [
      this.#locked,
      this.#error,
      this.#search.element,
      told,
      this.#tree.element,
      this.#otherPart,
    ];
    return h("div", { class: "akw-privileges" }, this.heading, lead, ...parts);
  }

  #makeTree(): Tree {
    return new Tree({
      id: this.#desk.id("privileges"),
      label: texts.tree,
      describedBy: this.#error.id,
      part: texts.part,
      nothing: texts.nothing,
      toggle: (ids, on) => this.#toggle(ids, on),
      refuse: (reason) => this.#desk.announce(reason || texts.locked),
    });
  }

  #makeOthers(): Chips {
    return new Chips({
      label: texts.others,
      remove: (id) => this.#toggle([id], false),
      removeLabel: texts.remove,
      removed: texts.removed,
      announce: (text) => this.#desk.announce(text),
      emptied: () => (this.#search.element.hidden ? this.heading : this.#search).focus(),
    });
  }

  /** Ask what may be granted; what was shown stays until the answer comes. */
  #ask(): void {
    const asked = this.#asked;
    const current = () => asked === this.#asked;
    this.#tell(this.#titles ? "" : texts.loading, false);
    set(this.#tree.element, "aria-busy", "true");
    this.#load().then(
      (tree) => current() && this.#show(tree),
      (error: unknown) => {
        if (isClosed(error) || !current()) return;
        this.#tell(textOf(error), true);
      },
    );
  }

  #load(): Promise<PrivilegeNode[]> {
    const { private: own } = this.#desk.draft.fields;
    return catalogueOf(this.#desk).tree(own, this.#state?.account ?? null);
  }

  #show(tree: PrivilegeNode[]): void {
    this.#titles = new Map(leaves(tree).map(({ id, title }) => [id, title]));
    this.#tell(tree.length ? "" : texts.empty, false);
    set(this.#tree.element, "aria-busy", null);
    if (this.#state) this.#mark(this.#state);
    this.#tree.show(tree);
    this.#search.update();
  }

  #tell(text: string, retry: boolean): void {
    say(this.#told, text);
    this.#retry.hidden = !retry;
  }

  /** Bring the boxes up to date, in place. */
  #mark({ locked }: State): void {
    const { fields, errors } = this.#desk.draft;
    const fixed = locked.includes("privileges");
    this.#locked.hidden = !fixed;
    say(this.#error, errors.privileges ?? "");
    set(this.#tree.element, "aria-invalid", errors.privileges ? "true" : null);
    say(this.#number, texts.chosen(fields.privileges.length));
    this.#tree.mark(new Set(fields.privileges), fixed);
    const titles = this.#titles;
    const others = titles ? fields.privileges.filter((id) => !titles.has(id)) : [];
    this.#otherPart.hidden = others.length === 0;
    this.#others.show(
      others.map((id) => ({ id, title: id })),
      fixed,
    );
  }

  /** Privileges keep the order in which they were chosen. */
  #toggle(ids: readonly string[], on: boolean): void {
    const { draft } = this.#desk;
    const others = draft.fields.privileges.filter((id) => !ids.includes(id));
    draft.edit({ privileges: on ? [...others, ...ids] : others });
  }
}
