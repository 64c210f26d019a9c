/** A user token from a session elsewhere. */

import { h } from "../dom";
import type { Field } from "../field";
import type { Desk } from "../step";
import { signIn as texts } from "../texts";
import { Binding } from "./binding";
import { makeSecret, UNMANAGED, type Way } from "./way";

export class TokenWay implements Way {
  readonly element: HTMLElement;
  readonly secret: Field;
  readonly #desk: Desk;
  readonly #binding: Binding;

  constructor(desk: Desk) {
    this.#desk = desk;
    const { token: label, tokenHint: hint } = texts;
    this.secret = makeSecret(desk, { name: "token", label, hint, attributes: UNMANAGED });
    this.#binding = new Binding(desk, "token");
    this.element = h("div", {}, this.secret.element, this.#binding.element);
  }

  update(): void {
    this.#binding.update();
    this.secret.error(this.#desk.draft.errors.token);
  }

  read(): { referrer: string } {
    return this.#binding.read();
  }
}
