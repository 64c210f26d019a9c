/** The bar under the card: what was asked of the portal, request by request, and the settings as code. */

import { isClosed, textOf } from "./channel";
import { button, fill, h, OWN_KEYS, say, set } from "./dom";
import { copyOn } from "./key-box";
import type { Exchange, State } from "./protocol";
import type { Desk } from "./step";
import { transcript as texts } from "./texts";

const REPEATABLE: ReadonlySet<State["phase"]> = new Set(["signed-in", "ready"]);

export class Transcript {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #toggle: HTMLButtonElement;
  readonly #code = button(texts.code, "link");
  readonly #list: HTMLElement;
  readonly #place: HTMLElement;
  readonly #last = h("p", { class: "akw-small", hidden: true });
  #count = -1;
  #asked = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
    const id = desk.id("transcript");
    this.#toggle = button("", "link", { "aria-expanded": "false", "aria-controls": id });
    this.#toggle.classList.add("akw-fold");
    this.#list = h("ol", { class: "akw-exchanges" });
    this.#place = h(
      "div",
      { id, class: "akw-transcript", hidden: true },
      h("p", { class: "akw-small" }, texts.lead),
      this.#last,
      this.#list,
    );
    this.#toggle.addEventListener("click", () => this.#open(this.#place.hidden));
    this.#code.addEventListener("click", () =>
      copyOn(desk, this.#code, () => this.#fetchCode(), texts.noCopy),
    );
    const row = h("div", { class: "akw-row" }, this.#toggle, this.#code);
    this.element = h("div", { class: "akw-bar", hidden: true }, row, this.#place);
  }

  update({ phase, transcript: { count, milliseconds }, account, result }: State): void {
    this.#code.hidden = !REPEATABLE.has(phase) || !account || Boolean(result?.brought);
    this.#toggle.hidden = count === 0;
    this.element.hidden = this.#code.hidden && this.#toggle.hidden;
    say(this.#toggle, texts.summary(count, Math.round(milliseconds)));
    if (count === this.#count) return;
    this.#count = count;
    if (!this.#place.hidden) void this.#ask();
  }

  #open(open: boolean): void {
    this.#place.hidden = !open;
    set(this.#toggle, "aria-expanded", String(open));
    if (open) void this.#ask();
  }

  async #fetchCode(): Promise<string> {
    await this.#desk.draft.settle();
    return (await this.#desk.ask("code")).code;
  }

  async #ask(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const { exchanges } = await this.#desk.ask("transcript");
      if (asked !== this.#asked) return;
      fill(this.#list, ...exchanges.map((one) => this.#row(one)));
      this.#last.hidden = exchanges.length >= this.#count; // the kernel keeps the last of a long session
      say(this.#last, texts.last(exchanges.length, this.#count));
    } catch (error) {
      if (asked !== this.#asked || isClosed(error)) return;
      fill(this.#list, h("li", {}, textOf(error)));
    }
  }

  #row({ method, path, parameters, status, code, milliseconds, curl }: Exchange): HTMLElement {
    const copy = button(texts.curl, "small", { "aria-label": texts.curlOf(method, path) });
    copy.addEventListener("click", () => copyOn(this.#desk, copy, async () => curl, texts.noCopy));
    const good = status >= 200 && status < 400 && code === 0;
    const outcome = h("span", { class: good ? "akw-good" : "akw-error" }, texts.outcome(status, code));
    const request = h("code", { class: "akw-request", tabindex: 0, ...OWN_KEYS }, `${method} ${path}`);
    const time = h("span", { class: "akw-about" }, texts.time(Math.round(milliseconds)));
    const head = h("div", { class: "akw-row akw-exchange" }, request, outcome, time, copy);
    return h(
      "li",
      {},
      head,
      parameters.length ? h("div", { class: "akw-about" }, texts.parameters(parameters)) : null,
    );
  }
}
