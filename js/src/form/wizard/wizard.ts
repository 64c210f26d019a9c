/** All settings of a key, one question at a time: the list of steps, the open one, and the ways on. */

import { button, fill, h, holdsFocus, once } from "../dom";
import type { State } from "../protocol";
import type { Desk, Step } from "../step";
import { quick, wizard as texts } from "../texts";
import { firstInvalid } from "../trouble";
import { Details } from "./details";
import { ItemsStep } from "./items";
import { Limits } from "./limits";
import { PrivilegesStep } from "./privileges";
import { Review } from "./review";
import { StepList } from "./step-list";
import { ORDER, type WizardView } from "./steps";
import { Where } from "./where";

type Steps = Map<WizardView, Step>;

export class Wizard implements Step {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #list: StepList;
  readonly #panel = h("div", { class: "akw-panel" });
  readonly #steps: Steps = new Map();
  readonly #back = button(texts.back, "plain");
  readonly #toReview = button(texts.review, "plain");
  readonly #next = button(texts.next, "go");
  readonly #create: HTMLButtonElement;
  #open: WizardView;

  constructor(desk: Desk) {
    this.#desk = desk;
    const calm = h(
      "div",
      { class: "akw-calm", id: desk.id("calm") },
      quick.calm,
      h("b", {}, quick.submit),
      ".",
    );
    this.#create = button(quick.submit, "go", { "aria-describedby": calm.id });
    this.#list = new StepList((view) => this.#go(view));
    this.#open = this.#wanted();
    this.#back.addEventListener("click", () => this.#move(-1));
    this.#next.addEventListener("click", () => this.#move(1));
    this.#toReview.addEventListener("click", () => this.#go("review"));
    this.#create.addEventListener("click", () => once(this.#create, () => this.#review().create()));
    const leave = button(texts.quick, "link", { onclick: () => desk.draft.edit({ view: "quick" }) });
    const columns = h("div", { class: "akw-columns" }, this.#list.element, this.#panel);
    const ways = [this.#back, this.#toReview, this.#next, this.#create];
    const footer = h("footer", { class: "akw-footer" }, leave, calm, ...ways);
    this.element = h("div", { class: "akw-step akw-wizard" }, columns, footer);
  }

  get heading(): HTMLElement {
    return this.#step(this.#open).heading;
  }

  update(state: State): void {
    const { fields, errors } = this.#desk.draft;
    const wanted = this.#wanted();
    const held = holdsFocus(this.element);
    this.#open = wanted;
    const step = this.#step(wanted);
    step.update(state);
    this.#list.update(wanted, fields, errors);
    this.#back.hidden = wanted === ORDER[0];
    this.#toReview.hidden = this.#next.hidden = wanted === "review";
    this.#create.hidden = wanted !== "review";
    if (step.element.parentElement === this.#panel) return;
    fill(this.#panel, step.element);
    if (held) step.heading.focus();
  }

  tick(): void {
    for (const step of this.#steps.values()) step.tick?.();
  }

  close(): void {
    for (const step of this.#steps.values()) step.close?.();
  }

  /** The step that the draft names; the one that is open where it names none. */
  #wanted(): WizardView {
    const { view } = this.#desk.draft.fields;
    return ORDER.find((one) => one === view) ?? this.#open ?? "where";
  }

  /** Steps stay once they were opened: what was searched or unfolded in them is there on coming back. */
  #step(view: WizardView): Step {
    const step = this.#steps.get(view) ?? this.#make(view);
    this.#steps.set(view, step);
    return step;
  }

  #make(view: WizardView): Step {
    const step = view === "review" ? this.#makeReview() : new STEPS[view](this.#desk);
    const place = texts.place(ORDER.indexOf(view) + 1, ORDER.length);
    step.heading.prepend(h("span", { class: "akw-unseen" }, place));
    return step;
  }

  #makeReview(): Review {
    return new Review(this.#desk, (view) => this.#goToTrouble(view));
  }

  #review(): Review {
    return this.#step("review") as Review;
  }

  #go(view: WizardView): void {
    if (view !== this.#open) this.#desk.draft.edit({ view });
    this.heading.focus();
  }

  #goToTrouble(view: WizardView): void {
    this.#go(view);
    firstInvalid(this.#panel)?.focus();
  }

  #move(by: number): void {
    const view = ORDER[ORDER.indexOf(this.#open) + by];
    if (view) this.#go(view);
  }
}

const STEPS: Record<Exclude<WizardView, "review">, new (desk: Desk) => Step> = {
  where: Where,
  items: ItemsStep,
  privileges: PrivilegesStep,
  limits: Limits,
  details: Details,
};
