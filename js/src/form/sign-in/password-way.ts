/** User name and password, and who signs in another way. */

import { button, h } from "../dom";
import { Field } from "../field";
import type { State } from "../protocol";
import type { Desk } from "../step";
import { signIn as texts } from "../texts";
import { makeSecret, PLAIN, type Way } from "./way";

export class PasswordWay implements Way {
  readonly element: HTMLElement;
  readonly secret: Field;
  readonly #desk: Desk;
  readonly #username: Field;
  readonly #federated: HTMLElement;

  constructor(desk: Desk, leadToBrowser: () => void) {
    this.#desk = desk;
    this.#username = new Field({
      id: desk.id("username"),
      name: "username",
      label: texts.username,
      attributes: { ...PLAIN, autocomplete: "username" },
      edit: (username) => desk.draft.edit({ username }),
    });
    this.secret = makeSecret(desk, {
      name: "password",
      label: texts.password,
      attributes: { autocomplete: "current-password" },
    });
    const link = button(texts.federatedLink, "link", { onclick: leadToBrowser });
    this.#federated = h("p", { class: "akw-aside" }, texts.federatedBefore, link);
    const pair = h("div", { class: "akw-pair" }, this.#username.element, this.secret.element);
    this.element = h("div", {}, pair, this.#federated);
  }

  update({ methods }: State): void {
    const { fields, errors } = this.#desk.draft;
    this.#federated.hidden = !methods.includes("browser");
    this.#username.show(fields.username);
    this.#username.error(errors.username);
    this.secret.error(errors.password);
  }

  read(): { username: string } {
    return { username: this.#username.input.value };
  }
}
