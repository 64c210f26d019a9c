/** What the person has typed: kept here first, sent to the kernel a moment later, never with a secret. */

import { AskError, type Channel, Silent } from "./channel";
import type { DraftFields, Errors, FieldName, State } from "./protocol";

const PAUSE = 300; // milliseconds without a keystroke before the kernel is told

type Part = Partial<DraftFields>;

/** Fields that are judged together: a change of one may heal the others. */
const TOGETHER: readonly (keyof DraftFields)[][] = [
  ["preset", "private", "privileges", "items"],
  ["days", "ends"],
];

/** The draft of one view: the kernel's, overlaid by what it has not confirmed yet. */
export class Draft {
  errors: Errors = {};
  readonly #channel: Pick<Channel, "ask">;
  readonly #changed: () => void;
  #kernels: DraftFields | null = null;
  #unsent: Part = {};
  #sent: Part = {};
  /** What the kernel did not take: it stays as it is typed, but only Create key brings it up again. */
  #refused: Part = {};
  /** What answers said of fields that the kernel's state is silent about, until they change. */
  #judged: Errors = {};
  /** What the kernel's state says, until the field changes: what happened tells more than a check of the fields. */
  #told: Errors = {};
  #sending: Promise<void> = Promise.resolve();
  #timer: number | undefined;

  constructor(channel: Pick<Channel, "ask">, changed: () => void) {
    this.#channel = channel;
    this.#changed = changed;
  }

  /** The fields as they should stand in the form. */
  get fields(): DraftFields {
    return { ...(this.#kernels as DraftFields), ...this.#refused, ...this.#sent, ...this.#unsent };
  }

  /** Take the kernel's word for everything but what is being typed. */
  receive(state: State): void {
    for (const name of names(this.#judged)) {
      if (same(this.#kernels?.[name], state.draft[name])) continue;
      delete this.#judged[name];
      delete this.#refused[name];
    }
    this.#kernels = state.draft;
    this.#told = { ...state.errors };
    for (const name of names({ ...this.#sent, ...this.#unsent })) delete this.#told[name];
    this.errors = { ...this.#judged, ...this.#told };
    for (const name of names({ ...this.#sent, ...this.#unsent })) delete this.errors[name];
  }

  /** Take over what another view of the form has told the kernel, but for what is being typed here. */
  adopt(draft: DraftFields): void {
    this.#kernels = draft;
    this.#changed();
  }

  /** Change some fields; the kernel hears of it after a pause. */
  edit(part: Part): void {
    Object.assign(this.#unsent, part);
    for (const name of names(part)) delete this.#refused[name];
    for (const name of touched(part)) {
      delete this.errors[name];
      delete this.#judged[name];
      delete this.#told[name];
    }
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#begin(), PAUSE);
    this.#changed();
  }

  /** Wait until the kernel has heard of everything that was typed. */
  settle(): Promise<void> {
    clearTimeout(this.#timer);
    if (names(this.#unsent).length) this.#begin();
    return this.#sending;
  }

  /** Show everything that a check found wrong, beside what has happened to fields that stand unchanged. */
  judge(errors: Errors): void {
    this.#judged = { ...errors };
    this.errors = { ...errors, ...this.#told };
    this.#changed();
  }

  /** Show a refusal at its field. */
  refuse(field: FieldName, message: string): void {
    this.errors[field] = message;
    this.#changed();
  }

  /** The wait for edits that the kernel has not answered yet, if any: what follows from them is its to say. */
  get underWay(): Promise<void> | null {
    return names(this.#sent).length ? this.#sending : null;
  }

  /** Give the fields to a message that carries them itself, so that they are not sent twice. */
  take(): DraftFields {
    const fields = this.fields;
    this.#kernels = fields;
    this.close();
    return fields;
  }

  /** Forget what was not sent. */
  close(): void {
    clearTimeout(this.#timer);
    this.#unsent = {};
    this.#sent = {};
    this.#refused = {};
  }

  #begin(): void {
    this.#sending = this.#send();
  }

  async #send(): Promise<void> {
    const part = this.#unsent;
    this.#unsent = {};
    Object.assign(this.#sent, part);
    try {
      const { errors, draft } = await this.#channel.ask("draft", { draft: part });
      this.#kernels = draft;
      this.#tell(this.#takeBack(part), errors);
    } catch (error) {
      const back = this.#takeBack(part);
      if (error instanceof AskError && !(error instanceof Silent)) return this.#setAside(back, error);
      // Silence is told by the channel; what was typed stays, and goes along with the next edit or Create key.
      this.#unsent = { ...back, ...this.#unsent };
    }
  }

  /** What the kernel has spoken of is under way no longer; what a later edit has overtaken counts no more. */
  #takeBack(part: Part): Part {
    const own = pick(part, (name) => this.#sent[name] === part[name]);
    for (const name of names(own)) delete this.#sent[name];
    return pick(own, (name) => !(name in this.#unsent));
  }

  /** A refusal is of one field, and the others go again without it; one that names none is of them all. */
  async #setAside(part: Part, { field, text }: AskError): Promise<void> {
    const wrong = (name: string) => !field || !(field in part) || name === field;
    const refused = pick(part, wrong);
    Object.assign(this.#refused, refused);
    this.#unsent = { ...pick(part, (name) => !wrong(name)), ...this.#unsent };
    this.#tell(refused, Object.fromEntries(names(refused).map((name) => [name, text])));
    if (names(this.#unsent).length) await this.settle();
  }

  #tell(part: Part, errors: Errors): void {
    for (const name of names(part)) if (errors[name]) this.errors[name] = this.#judged[name] = errors[name];
    this.#changed();
  }
}

function touched(part: Part): (keyof DraftFields)[] {
  const kin = TOGETHER.filter((group) => group.some((name) => name in part));
  return [...names(part), ...kin.flat()];
}

function pick(part: Part, wanted: (name: keyof DraftFields) => boolean): Part {
  return Object.fromEntries(Object.entries(part).filter(([name]) => wanted(name as keyof DraftFields)));
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function names(part: Part | Errors): (keyof DraftFields)[] {
  return Object.keys(part) as (keyof DraftFields)[];
}
