/** Step 1: which portal, and who you are; or the practice portal, which needs to know neither. */

import { Choice } from "./choice";
import { button, fill, h, once, say, submitByEnter } from "./dom";
import { Field } from "./field";
import type { DraftFields, State } from "./protocol";
import type { Desk, Step } from "./step";
import { signIn as texts } from "./texts";

const PLAIN = { spellcheck: "false", autocapitalize: "none" };

export class SignIn implements Step {
  readonly element: HTMLFormElement;
  readonly heading = h("h3", { class: "akw-heading", tabindex: -1 });
  readonly #desk: Desk;
  readonly #portal: Field;
  readonly #method: Choice;
  readonly #username: Field;
  readonly #password: Field;
  readonly #token: Field;
  readonly #submit = button(texts.submit, "go", { type: "submit" });
  readonly #link = button(texts.practiceLink, "link");
  readonly #practice = h("span", {}, texts.practiceBefore, this.#link, texts.practiceAfter);
  readonly #back = button(texts.elsewhereLink, "link");
  readonly #elsewhere = h("span", {}, texts.elsewhereBefore, this.#back, ".");
  readonly #lead = h("p", { class: "akw-lead" });
  readonly #own = h("div");

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#portal = this.#text(
      "portal",
      texts.portal,
      { placeholder: texts.portalExample, inputmode: "url" },
      texts.portalHint,
    );
    this.#username = this.#text("username", texts.username, { autocomplete: "username" });
    this.#password = this.#secret("password", texts.password, { autocomplete: "current-password" });
    this.#token = this.#secret("token", texts.token, { autocomplete: "off" }, texts.tokenHint);
    this.#method = new Choice({
      id: desk.id("method"),
      legend: texts.method,
      look: "segments",
      quiet: true,
      pick: (method) => this.#pickMethod(method as DraftFields["method"]),
    });
    this.element = this.#layOut();
    submitByEnter(this.element);
    this.#link.addEventListener("click", () => once(this.#link, () => desk.ask("practice").catch(desk.fail)));
    this.#back.addEventListener("click", () => {
      desk.draft.edit({ portal: "" });
      this.#portal.input.focus();
    });
  }

  update({ practice_available }: State): void {
    const { fields, errors } = this.#desk.draft;
    const practise = this.#practises();
    say(this.heading, practise ? texts.practiceHeading : texts.heading);
    say(this.#lead, practise ? texts.practiceLead : texts.lead);
    say(this.#submit, practise ? texts.practiceLink : texts.submit);
    this.#own.hidden = practise;
    this.#elsewhere.hidden = !practise;
    this.#portal.show(practise ? "" : fields.portal);
    this.#username.show(fields.username);
    const { password, token } = texts.methods;
    this.#method.show(
      [
        { value: "password", title: password },
        { value: "token", title: token },
      ],
      fields.method,
    );
    const byToken = fields.method === "token";
    this.#username.element.hidden = this.#password.element.hidden = byToken;
    this.#token.element.hidden = !byToken;
    this.#practice.hidden = practise || !practice_available;
    this.#portal.error(errors.portal);
    this.#username.error(errors.username);
    this.#password.error(errors.password);
    this.#token.error(errors.token);
  }

  close(): void {
    this.#wipe();
  }

  #practises(): boolean {
    return this.#desk.draft.fields.portal === "practice";
  }

  #layOut(): HTMLFormElement {
    const pair = h("div", { class: "akw-pair" }, this.#username.element, this.#password.element);
    fill(this.#own, this.#portal.element, this.#method.element, pair, this.#token.element);
    const body = h("div", { class: "akw-body" }, this.heading, this.#lead, this.#own);
    const footer = h(
      "footer",
      { class: "akw-footer" },
      h("div", { class: "akw-calm" }, this.#practice, this.#elsewhere),
      this.#submit,
    );
    // A post to nowhere: should the page ever submit by itself, no password lands in an address.
    return h(
      "form",
      { class: "akw-step", method: "post", novalidate: true, onsubmit: this.#send },
      body,
      footer,
    );
  }

  #text(
    name: "portal" | "username",
    label: string,
    attributes: Record<string, string>,
    hint?: string,
  ): Field {
    const edit = (text: string) => this.#desk.draft.edit({ [name]: text });
    return new Field({
      id: this.#desk.id(name),
      name,
      label,
      ...(hint && { hint }),
      attributes: { ...PLAIN, ...attributes },
      edit,
    });
  }

  #secret(
    name: "password" | "token",
    label: string,
    attributes: Record<string, string>,
    hint?: string,
  ): Field {
    return new Field({
      id: this.#desk.id(name),
      name,
      label,
      type: "password",
      ...(hint && { hint }),
      attributes: { ...PLAIN, ...attributes },
    });
  }

  #pickMethod(method: DraftFields["method"]): void {
    this.#wipe();
    this.#desk.draft.edit({ method });
  }

  readonly #send = (event: Event): void => {
    event.preventDefault();
    const enter = () => (this.#practises() ? this.#desk.ask("practice") : this.#signIn());
    once(this.#submit, () => enter().catch(this.#desk.fail));
  };

  async #signIn(): Promise<void> {
    // What stands in the fields counts, also where a password manager filled them without an event.
    this.#desk.draft.edit({ portal: this.#portal.input.value, username: this.#username.input.value });
    const { portal, username, method } = this.#desk.draft.take();
    const field = method === "token" ? this.#token : this.#password;
    const secret = new TextEncoder().encode(
      method === "token" ? field.input.value.trim() : field.input.value,
    );
    this.#wipe();
    try {
      await this.#desk.ask("sign-in", { portal, username, method }, [secret.buffer]);
    } finally {
      secret.fill(0); // not sooner: the notebook may queue the message, and it would queue these very bytes
    }
  }

  #wipe(): void {
    this.#password.input.value = "";
    this.#token.input.value = "";
  }
}
