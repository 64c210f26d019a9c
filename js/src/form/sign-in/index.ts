/** Step 1: which portal, and how to sign in to it; or the practice portal, which needs to know neither. */

import { Choice } from "../choice";
import { button, fill, h, once, say, submitByEnter } from "../dom";
import type { DraftFields, Method, State } from "../protocol";
import type { Desk, Step } from "../step";
import { signIn as texts } from "../texts";
import { BrowserWay } from "./browser-way";
import { Connection } from "./connection";
import { KeyWay } from "./key-way";
import { PasswordWay } from "./password-way";
import { PortalPicker, PRACTICE } from "./portal-picker";
import { TokenWay } from "./token-way";
import type { Way } from "./way";

export class SignIn implements Step {
  readonly element: HTMLFormElement;
  readonly heading = h("h2", { class: "akw-heading", tabindex: -1 });
  readonly #desk: Desk;
  readonly #portal: PortalPicker;
  readonly #method: Choice;
  /** The ways that were shown so far: the others are not built, so that the form opens sooner. */
  readonly #ways = new Map<Method, Way>();
  readonly #connection: Connection;
  readonly #submit = button(texts.submit, "go", { type: "submit" });
  readonly #link = button(texts.practiceLink, "link");
  readonly #practice = h("span", {}, texts.practiceBefore, this.#link, texts.practiceAfter);
  readonly #back = button(texts.elsewhereLink, "link");
  readonly #elsewhere = h("span", {}, texts.elsewhereBefore, this.#back);
  readonly #lead = h("p", { class: "akw-lead" });
  readonly #own = h("div");
  #offered: readonly Method[] = [];
  #shown: Method | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#portal = new PortalPicker(desk);
    this.#method = new Choice({
      id: desk.id("method"),
      legend: texts.method,
      look: "segments",
      quiet: true,
      pick: (method) => desk.draft.edit({ method: method as Method }),
    });
    this.#connection = new Connection(desk);
    this.element = this.#layOut();
    submitByEnter(this.element);
    this.#link.addEventListener("click", () => once(this.#link, () => desk.ask("practice").catch(desk.fail)));
    this.#back.addEventListener("click", () => this.#portal.leavePractice());
  }

  update(state: State): void {
    this.#offered = state.methods;
    const practise = this.#practises();
    const method = this.#chosen();
    if (method !== this.#shown) this.#wipe(); // also where another portal brought another way
    this.#shown = method;
    say(this.heading, headingOf(practise, method));
    say(this.#lead, practise ? texts.practiceLead : texts.leads[method]);
    say(this.#submit, submitOf(practise, method));
    this.#portal.update(state);
    this.#own.hidden = practise;
    this.#elsewhere.hidden = !practise;
    this.#practice.hidden = practise || !state.practice_available;
    const options = state.methods.map((value) => ({ value, title: texts.methods[value] }));
    this.#method.show(options, method);
    this.#way(method);
    for (const [name, way] of this.#ways) {
      way.element.hidden = name !== method;
      way.update(state, !practise && name === method);
    }
    this.#connection.update();
  }

  close(): void {
    this.#wipe();
    for (const way of this.#ways.values()) way.close?.();
  }

  #way(method: Method): Way {
    const way = this.#ways.get(method) ?? this.#build(method);
    if (!this.#ways.has(method)) this.#connection.element.before(way.element);
    this.#ways.set(method, way);
    return way;
  }

  #build(method: Method): Way {
    const desk = this.#desk;
    if (method === "browser") return new BrowserWay(desk);
    if (method === "token") return new TokenWay(desk);
    if (method === "key") return new KeyWay(desk, (variable) => this.#signIn(variable).catch(desk.fail));
    return new PasswordWay(desk, () => this.#leadToBrowser());
  }

  #practises(): boolean {
    return this.#desk.draft.fields.portal === PRACTICE;
  }

  /** The way that is chosen, or the recommended one where that is not offered. */
  #chosen(): Method {
    const { method } = this.#desk.draft.fields;
    return this.#offered.includes(method) ? method : (this.#offered[0] ?? "password");
  }

  #layOut(): HTMLFormElement {
    fill(this.#own, this.#method.element, this.#connection.element);
    const parts = [this.heading, this.#lead, this.#portal.element, this.#own];
    const body = h("div", { class: "akw-body akw-sign-in" }, ...parts);
    const calm = h("div", { class: "akw-calm" }, this.#practice, this.#elsewhere);
    const footer = h("footer", { class: "akw-footer" }, calm, this.#submit);
    // A post to nowhere: should the page ever submit by itself, no password lands in an address.
    const attributes = { class: "akw-step", method: "post", novalidate: true, onsubmit: this.#send };
    return h("form", attributes, body, footer);
  }

  /** The sentence under the password names the other way; following it keeps the focus in the form. */
  #leadToBrowser(): void {
    this.#desk.draft.edit({ method: "browser" });
    this.#method.element.querySelector<HTMLInputElement>("input:checked")?.focus();
  }

  readonly #send = (event: Event): void => {
    event.preventDefault();
    const enter = () => (this.#practises() ? this.#desk.ask("practice") : this.#signIn());
    once(this.#submit, () => enter().catch(this.#desk.fail));
  };

  /** Send what was written; the key of a variable stays in the kernel, only the variable's name is sent. */
  async #signIn(variable?: string): Promise<void> {
    const method = this.#chosen();
    const way = this.#way(method);
    const written = { ...this.#portal.read(), ...this.#connection.read(), ...way.read(), method };
    this.#desk.draft.edit(written);
    void this.#desk.draft.settle(); // settings of the key may still wait, from before the session ended
    const body = fieldsOf(this.#desk.draft.take());
    const typed = way.secret.input.value;
    const secret = new TextEncoder().encode(method === "password" ? typed : typed.trim());
    this.#wipe();
    try {
      if (variable) await this.#desk.ask("sign-in", { ...body, variable });
      else await this.#desk.ask("sign-in", body, [secret.buffer]);
    } finally {
      secret.fill(0); // not sooner: the notebook may queue the message, and it would queue these very bytes
    }
  }

  #wipe(): void {
    for (const { secret } of this.#ways.values()) secret.input.value = "";
  }
}

function headingOf(practise: boolean, method: Method): string {
  if (practise) return texts.practiceHeading;
  return method === "key" ? texts.keyHeading : texts.heading;
}

function submitOf(practise: boolean, method: Method): string {
  if (practise) return texts.practiceLink;
  return method === "key" ? texts.check : texts.submit;
}

/** What of the draft has to do with signing in. */
function fieldsOf({
  portal,
  username,
  method,
  client_id,
  ca_file,
  referrer,
}: DraftFields): Partial<DraftFields> {
  return { portal, username, method, client_id, ca_file, referrer };
}
