/** The whole request before it is sent: what is in it, what is wrong with it, what it costs and fixes. */

import { catalogueOf, leaves, placed } from "../catalogue";
import { isClosed } from "../channel";
import { Choice } from "../choice";
import { button, fill, h } from "../dom";
import { isLocked } from "../locked";
import { missingNotice } from "../missing";
import { notice } from "../notice";
import type { DraftFields, State } from "../protocol";
import type { Desk, Step } from "../step";
import { few, review as texts } from "../texts";
import { type Setting, settings } from "./settings";
import { troubles, type WizardView } from "./steps";

const NOW = "now";
const LATER = "later";
const OPTIONS = [
  { value: NOW, title: texts.now, text: texts.nowText },
  { value: LATER, title: texts.later, text: texts.laterText },
];

export class Review implements Step {
  readonly element: HTMLElement;
  readonly heading = h("h2", { class: "akw-heading", tabindex: -1 }, texts.heading);
  readonly #desk: Desk;
  readonly #go: (view: WizardView) => void;
  readonly #problems = h("div");
  readonly #list = h("dl", { class: "akw-settings" });
  readonly #notes = h("div");
  readonly #generate: Choice;
  #state: State | null = null;
  #folders: string[] | null = null;
  #checked = "";
  #drawn = "";
  #told = "";

  /** @param go: opens a step, at the first thing that is wrong there */
  constructor(desk: Desk, go: (view: WizardView) => void) {
    this.#desk = desk;
    this.#go = go;
    this.#generate = new Choice({
      id: desk.id("generate"),
      legend: texts.generate,
      look: "cards",
      quiet: true,
      pick: (value) => desk.draft.edit({ generate: value === NOW }),
    });
    const lead = h("p", { class: "akw-lead" }, texts.lead);
    const parts = [this.#problems, this.#list, this.#notes, this.#generate.element];
    this.element = h("div", { class: "akw-review" }, this.heading, lead, ...parts);
    desk.ask("folders").then(
      ({ folders }) => this.#learn(folders),
      () => {},
    ); // only tells new folders apart
  }

  update(state: State): void {
    this.#state = state;
    const { fields } = this.#desk.draft;
    if (!this.element.isConnected) this.#checked = ""; // on coming back the kernel is asked again
    this.#generate.show(OPTIONS, fields.generate ? NOW : LATER);
    this.#generate.lock(isLocked(state, "generate"));
    this.#showProblems();
    this.#draw();
    void this.#name(fields.private);
    this.#check(fields);
  }

  /** Create the key, or lead to the first thing that is in the way. */
  async create(): Promise<void> {
    const { draft, ask, fail } = this.#desk;
    if (!this.#state?.account?.can_create)
      return this.#problems.querySelector<HTMLElement>("[tabindex]")?.focus();
    try {
      await draft.settle();
      const { errors } = await ask("check");
      draft.judge(errors);
      const first = troubles(errors)[0]; // what happened at the portal before may be tried again
      if (first) this.#go(first.view);
      else await ask("create", { draft: draft.take() });
    } catch (error) {
      fail(error);
    }
  }

  #learn(folders: string[]): void {
    this.#folders = folders;
    this.#draw();
  }

  /** Ask what is wrong, whenever the settings are others than those last asked about. */
  #check({ view, ...fields }: DraftFields): void {
    const now = JSON.stringify(fields);
    if (now === this.#checked) return;
    this.#checked = now;
    const judge = async () => {
      await this.#desk.draft.settle();
      const { errors } = await this.#desk.ask("check");
      if (now === this.#checked) this.#desk.draft.judge(errors);
    };
    judge().catch((error) => isClosed(error) || this.#desk.fail(error));
  }

  #showProblems(): void {
    const found = troubles(this.#desk.draft.errors);
    const account = this.#state?.account;
    const now = JSON.stringify([found, account]);
    if (now === this.#told) return;
    this.#told = now;
    const missing = account && !account.can_create ? missingNotice(account) : null;
    missing?.setAttribute("tabindex", "-1");
    const rows = found.map(({ view, message }) => {
      const link = button(texts.name(view), "link", { onclick: () => this.#go(view) });
      return h("li", {}, link, " ", message);
    });
    const problems = rows.length ? notice("bad", texts.problems(rows.length), h("ul", {}, ...rows)) : null;
    fill(this.#problems, missing, problems);
  }

  #draw(): void {
    if (!this.#state) return;
    const { fields } = this.#desk.draft;
    const { account, max_days: most } = this.#state;
    const tree = catalogueOf(this.#desk).known(fields.private, account);
    const now = JSON.stringify([{ ...fields, view: "" }, tree, this.#folders]);
    if (now === this.#drawn) return;
    this.#drawn = now;
    const rows = settings({ fields, tree, folders: this.#folders, most });
    fill(this.#list, ...rows.map((row) => this.#row(row)));
    this.#note(fields);
  }

  #row({ part, view, content }: Setting): HTMLElement {
    const name = texts.parts[part];
    const act = { "aria-label": texts.editPart(name), onclick: () => this.#go(view) };
    const edit = h("dd", { class: "akw-edit" }, button(texts.edit, "link", act));
    return h("div", {}, h("dt", {}, name), h("dd", {}, ...content), edit);
  }

  #note(fields: DraftFields): void {
    const fixed = h("p", { class: "akw-fixed" }, h("b", {}, `${texts.fixedTitle}. `), texts.fixedText);
    fill(this.#notes, this.#costs(fields), this.#personal(fields), fixed);
  }

  #costs({ private: isPrivate, privileges }: DraftFields): HTMLElement | null {
    const tree = catalogueOf(this.#desk).known(isPrivate, this.#state?.account ?? null) ?? [];
    const titles = new Map<string, string[]>();
    for (const { id, title, cost } of leaves(tree))
      if (cost && privileges.includes(id)) titles.set(cost, [...(titles.get(cost) ?? []), title]);
    const told = [...titles].map(([cost, names]) => texts.cost(few(names), cost));
    const lines = told.map((line) => h("div", {}, line));
    return told.length ? h("div", { class: "akw-fixed" }, h("b", {}, texts.costTitle), ...lines) : null;
  }

  #personal({ private: isPrivate, privileges }: DraftFields): HTMLElement | null {
    const account = this.#state?.account ?? null;
    const catalogue = catalogueOf(this.#desk);
    const found = isPrivate ? catalogue.personal(privileges, account) : [];
    const places = placed(catalogue.known(true, account) ?? []);
    const names = found.map(({ id, title }) => places.get(id)?.full ?? title);
    return names.length ? quiet(notice("warn", texts.personalTitle, texts.personal(few(names, 2)))) : null;
  }

  /** Learn the privileges' titles, and for a private application which of them act in the person's name. */
  async #name(isPrivate: boolean): Promise<void> {
    const account = this.#state?.account ?? null;
    const catalogue = catalogueOf(this.#desk);
    if (catalogue.known(isPrivate, account) && catalogue.known(false, account)) return;
    try {
      await Promise.all([catalogue.tree(isPrivate, account), catalogue.tree(false, account)]);
      this.#drawn = "";
      this.#draw();
    } catch {
      // their REST names stand in the list
    }
  }
}

/** A notice that is part of the page interrupts nobody. */
function quiet(box: HTMLElement): HTMLElement {
  box.setAttribute("role", "note");
  return box;
}
