/** The card: header, the step of the phase, what went wrong, and where the focus goes. */

import { actionRow } from "./actions";
import { AskError, Channel, isClosed, type Model } from "./channel";
import { Creating } from "./creating";
import { fill, h, holdsFocus } from "./dom";
import { dropStrayPresses } from "./double-click";
import { Draft } from "./draft";
import { Header } from "./header";
import { Keys } from "./keys-step";
import { notice } from "./notice";
import { followTime } from "./passing";
import type { Alert, FieldName, Phase, Snapshot, State } from "./protocol";
import { QuickKey } from "./quick-key";
import { Ready } from "./ready";
import { SignIn } from "./sign-in";
import type { Silence } from "./silence";
import type { Desk, Step } from "./step";
import { NAME, kernel as texts } from "./texts";
import { followTheme } from "./theme";
import { Transcript } from "./transcript";
import { focusInvalid } from "./trouble";
import { Waiting } from "./waiting";
import { viewFor } from "./wizard/steps";
import { AllSettings } from "./wizard-step";

type Kind = new (desk: Desk) => Step;

const STEPS: Record<Phase, Kind> = {
  "signed-out": SignIn,
  starting: Waiting,
  "signing-in": Waiting,
  "signed-in": QuickKey,
  creating: Creating,
  ready: Ready,
};
const BUSY: ReadonlySet<Phase> = new Set(["starting", "signing-in", "creating"]);
const PUSH_LATE_AFTER = 250; // milliseconds between the snapshot's new revision and a look of our own

/** One view of the form; it keeps nothing but what is on the screen, and writes no trait. */
export class Form {
  readonly #model: Model;
  readonly #channel: Channel;
  readonly #desk: Desk;
  readonly #draft: Draft;
  readonly #header: Header;
  readonly #transcript: Transcript;
  readonly #alert = h("div", { class: "akw-alerts" });
  readonly #silence = h("div", { class: "akw-alerts" });
  readonly #place = h("div", { class: "akw-place" });
  readonly #live = h("div", { class: "akw-unseen", role: "status" });
  readonly #root: HTMLElement;
  readonly #stopTheme: () => void;
  readonly #stopTime: () => void;
  #state: State | null = null;
  /** Whether the kernel has said anything: what a snapshot shows may be of a kernel that is gone. */
  #heard = false;
  #alerted = "null";
  #step: Step | null = null;

  constructor(model: Model, el: HTMLElement, prefix: string) {
    this.#model = model;
    this.#channel = new Channel(model, prefix, {
      state: this.#hear,
      silence: this.#tellSilence,
      draft: (draft) => this.#draft.adopt(draft),
    });
    this.#draft = new Draft(this.#channel, () => this.#update());
    this.#desk = this.#makeDesk(prefix);
    this.#header = new Header(this.#desk);
    this.#transcript = new Transcript(this.#desk);
    const opening = h("div", { class: "akw-body akw-lead" }, texts.opening);
    fill(this.#place, opening);
    const ends = [this.#transcript.element, this.#live];
    const parts = [this.#header.element, this.#silence, this.#alert, this.#place, ...ends];
    this.#root = h("section", { class: "akw", "aria-label": NAME }, ...parts);
    dropStrayPresses(this.#root);
    this.#root.addEventListener("focusout", this.#leave);
    this.#stopTheme = followTheme(this.#root);
    this.#stopTime = followTime(() => this.#step?.tick?.());
    el.append(this.#root);
    model.on("change:snapshot", this.#compareRevision);
    model.on("comm_live_update", this.#look);
    this.#look();
    const { opening: drawn } = model.get("snapshot") as Snapshot;
    if (drawn && !this.#place.hidden) this.#receive(drawn);
  }

  /** Take everything away: listeners, timers, open questions, and a key that is shown. */
  close(): void {
    this.#model.off("change:snapshot", this.#compareRevision);
    this.#model.off("comm_live_update", this.#look);
    this.#channel.close();
    this.#draft.close();
    this.#step?.close?.();
    this.#stopTheme();
    this.#stopTime();
    this.#root.remove();
  }

  #makeDesk(prefix: string): Desk {
    return {
      ask: (...question) => this.#channel.ask(...question),
      draft: this.#draft,
      id: (name) => `${prefix}-${name}`,
      announce: (text) => fill(this.#live, h("span", {}, text)), // a new element: the same words are said again
      fail: this.#fail,
    };
  }

  /** Ask for the state; where the wire is dead, as after a restart of the kernel, that tells it. */
  readonly #look = (): void => {
    this.#channel.ask("look").then(({ state }) => this.#hear(state), this.#fail);
  };

  /** The snapshot only tells that something changed; its news normally comes by a push. */
  readonly #compareRevision = (): void => {
    window.setTimeout(() => {
      const { revision } = this.#model.get("snapshot") as Snapshot;
      if (revision > (this.#state?.revision ?? -1)) this.#look();
    }, PUSH_LATE_AFTER);
  };

  /** Who leaves the form may run the cell again: the new form begins with what the kernel has heard by then. */
  readonly #leave = ({ relatedTarget }: FocusEvent): void => {
    if (!this.#root.contains(relatedTarget as Node | null)) void this.#draft.settle();
  };

  readonly #hear = (state: State): void => {
    this.#heard = true;
    this.#receive(state);
  };

  #receive(state: State): void {
    if (this.#state && state.revision < this.#state.revision) return;
    const before = this.#state?.phase;
    this.#state = state;
    this.#draft.receive(state);
    // The same one would be said again, and its buttons would lose the focus.
    if (JSON.stringify(state.alert) !== this.#alerted) this.#showAlert(state.alert);
    if (state.phase === before) this.#update();
    else this.#open(state.phase, this.#wanted(state.phase));
  }

  /** What stands in the card: signed in, the draft's view tells. */
  #wanted(phase: Phase): Kind {
    if (phase !== "signed-in") return STEPS[phase];
    const { view } = this.#draft.fields;
    return view === "quick" ? QuickKey : view === "keys" ? Keys : AllSettings;
  }

  #update(): void {
    if (!this.#state) return;
    const wanted = this.#wanted(this.#state.phase);
    if (this.#step && !(this.#step instanceof wanted)) this.#open(this.#state.phase, wanted);
    else this.#refresh(this.#state);
  }

  #refresh(state: State): void {
    this.#header.update(state);
    this.#step?.update(state);
    this.#transcript.update(state);
  }

  /** Change to the step of another phase; the focus follows only if it was in this form. */
  #open(phase: Phase, kind: Kind): void {
    const held = holdsFocus(this.#root);
    const height = this.#place.offsetHeight;
    this.#place.style.minHeight = BUSY.has(phase) && this.#step ? `${height}px` : "";
    this.#step?.close?.();
    this.#step = new kind(this.#desk);
    if (this.#state) this.#refresh(this.#state);
    fill(this.#place, this.#step.element);
    if (held && !focusInvalid(this.#root)) this.#step.heading.focus({ preventScroll: true });
  }

  #showAlert(alert: Alert | null): void {
    const ways = alert && actionRow(this.#desk, alert.actions);
    this.#alerted = JSON.stringify(alert);
    const held = holdsFocus(this.#alert);
    fill(this.#alert, alert && notice(alert.tone, alert.title, alert.hint, ...(ways ? [ways] : [])));
    if (held) this.#step?.heading.focus({ preventScroll: true }); // what had it is gone
  }

  readonly #fail = (error: unknown): void => {
    if (isClosed(error)) return;
    const told = error instanceof AskError ? error : new AskError({ title: String(error), hint: "" });
    this.#tell(told);
    if (told.field) this.#lead(told.field);
    if (holdsFocus(this.#root)) focusInvalid(this.#root);
  };

  /** Open the step that holds a refused field, where the open one does not show it. */
  #lead(field: FieldName): void {
    if (this.#state?.phase !== "signed-in") return;
    const { fields } = this.#draft;
    const view = viewFor(field, fields, this.#state.presets);
    if (view !== fields.view) this.#draft.edit({ view });
  }

  /** Say what a refused question brings, unless the kernel's state says it already. */
  #tell({ message, hint, text, field }: AskError): void {
    if (this.#state?.alert?.title === message || (field && this.#draft.errors[field])) return;
    if (field) this.#draft.refuse(field, text);
    else this.#showAlert({ tone: "bad", title: message, hint });
  }

  readonly #tellSilence = (silence: Silence): void => {
    const waiting = notice("warn", texts.waiting, texts.waitingHint);
    const key = this.#state?.result?.masked ? texts.lostKey : "";
    const lost = notice("warn", texts.lost, texts.lostHint, key);
    fill(this.#silence, silence === "none" ? null : silence === "lost" ? lost : waiting);
    // A form that a busy kernel has not answered yet can be filled in; one without a kernel is no form.
    this.#place.hidden = silence === "lost" ? !this.#heard : silence === "waiting" && !this.#state;
  };
}
