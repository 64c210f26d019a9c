/** How the key's item is called and found. */

import { Area } from "../area";
import { h } from "../dom";
import type { Field } from "../field";
import { FolderField } from "../folder-field";
import { isLocked } from "../locked";
import { showTitle, titleField } from "../naming";
import type { State } from "../protocol";
import type { Desk, Step } from "../step";
import { details as texts } from "../texts";
import { Tags } from "./tags";

export class Details implements Step {
  readonly element: HTMLElement;
  readonly heading = h("h2", { class: "akw-heading", tabindex: -1 }, texts.heading);
  readonly #desk: Desk;
  readonly #title: Field;
  readonly #folder: FolderField;
  readonly #tags: Tags;
  readonly #summary: Area;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#title = titleField(desk, "item");
    this.#folder = new FolderField(desk, "item");
    this.#tags = new Tags(desk);
    this.#summary = new Area({
      id: desk.id("summary"),
      name: "summary",
      label: texts.summary,
      hint: texts.summaryHint,
      rows: 2,
      edit: (summary) => desk.draft.edit({ summary }),
    });
    const lead = h("p", { class: "akw-lead" }, texts.lead);
    const parts = [this.#title, this.#summary, this.#tags, this.#folder].map(({ element }) => element);
    this.element = h("div", {}, this.heading, lead, ...parts);
    void this.#folder.list();
  }

  update(state: State): void {
    const { fields, errors } = this.#desk.draft;
    showTitle(this.#title, this.#desk, state);
    this.#summary.show(fields.summary);
    this.#summary.error(errors.summary);
    this.#summary.lock(isLocked(state, "summary"));
    this.#tags.update(state);
    this.#folder.update(state);
  }
}
