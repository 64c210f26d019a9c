/** A user token from a session elsewhere. */

import type { Field } from "../field";
import type { Desk } from "../step";
import { signIn as texts } from "../texts";
import { makeSecret, UNMANAGED, type Way } from "./way";

export class TokenWay implements Way {
  readonly element: HTMLElement;
  readonly secret: Field;
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
    const { token: label, tokenHint: hint } = texts;
    this.secret = makeSecret(desk, { name: "token", label, hint, attributes: UNMANAGED });
    this.element = this.secret.element;
  }

  update(): void {
    this.secret.error(this.#desk.draft.errors.token);
  }

  read(): object {
    return {};
  }
}
