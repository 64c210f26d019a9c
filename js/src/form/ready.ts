/** Step 4: the key is in the kernel; what it is, where it is, and how to use it. */

import { Checked } from "./checked";
import { button, fill, focused, h, OWN_KEYS, once, say } from "./dom";
import { Ending } from "./ending";
import { KeepFold } from "./keep-fold";
import { copyOn, KeyBox } from "./key-box";
import { notice } from "./notice";
import { Preview } from "./preview";
import type { Result, State } from "./protocol";
import type { Desk, Step } from "./step";
import { ready as texts, ephemeral as tied } from "./texts";
import { formatLocal, formatUtc } from "./time";

export class Ready implements Step {
  readonly element: HTMLElement;
  readonly heading = h("h2", { class: "akw-unseen", tabindex: -1 }, texts.heading);
  readonly #desk: Desk;
  readonly #key: KeyBox;
  readonly #top = h("div");
  readonly #ending: Ending;
  readonly #once = h("p", { class: "akw-small" }, texts.once);
  readonly #about = h("div");
  readonly #checked: Checked;
  readonly #keep: KeepFold;
  readonly #side = h("div", { class: "akw-side" });
  readonly #calm = h("div", { class: "akw-calm" });
  readonly #forget: HTMLElement;
  #preview: Preview | null = null;
  #previewed = "";
  #shown = "";
  #result: Result | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#key = new KeyBox(desk);
    this.#checked = new Checked(desk);
    this.#keep = new KeepFold(desk);
    this.#ending = new Ending(desk);
    const main = h(
      "div",
      { class: "akw-main" },
      this.#top,
      this.#ending.element,
      this.#key.element,
      this.#once,
      this.#checked.element,
      this.#keep.element,
      this.#about,
    );
    const body = h(
      "div",
      { class: "akw-body" },
      this.heading,
      h("div", { class: "akw-two" }, main, this.#side),
    );
    this.#forget = this.#act(texts.forget, "forget");
    const ways = [this.#calm, this.#forget, this.#act(texts.another, "another")];
    this.element = h("div", { class: "akw-step" }, body, h("footer", { class: "akw-footer" }, ...ways));
  }

  update(state: State): void {
    const { result } = state;
    if (!result) return;
    this.#result = result;
    this.#ending.update(state);
    this.#head();
    this.#key.update(result.masked);
    this.#key.element.hidden = !result.masked;
    this.#once.hidden = !result.masked || result.brought;
    this.#forget.hidden = !result.masked;
    this.#checked.update(result.check);
    this.#keep.update(result);
    const now = JSON.stringify({ ...result, check: null, keeping: null });
    if (now === this.#shown) return;
    this.#shown = now;
    fill(this.#top, notice("ok", title(result), ...about(result)));
    const former = result.former === null ? null : this.#former(result.former);
    const held = this.#about.contains(focused(this.#about));
    fill(
      this.#about,
      former,
      facts(result, this.#ending.left),
      result.masked ? this.#code(result.code) : null,
    );
    if (held) this.heading.focus(); // what had it is gone
    this.#showPreview(result.preview);
  }

  tick(): void {
    this.#ending.tick();
    this.#head();
  }

  close(): void {
    this.#key.hide();
    this.#preview?.close();
  }

  /** A key that has ended is ready no more. */
  #head(): void {
    if (!this.#result) return;
    const { over } = this.#ending;
    this.#top.hidden = over;
    say(this.heading, over ? texts.ended : title(this.#result));
    say(this.#calm, this.#result.masked && !over ? texts.forgetHint : "");
  }

  /** The key that this one takes over from lives on until somebody ends it. */
  #former(slot: number): HTMLElement {
    return notice("warn", texts.former(slot), texts.formerHint, this.#act(texts.endFormer, "end-former"));
  }

  #act(label: string, kind: "forget" | "another" | "end-former"): HTMLElement {
    const pressed = button(label, kind === "end-former" ? "small" : "plain");
    pressed.addEventListener("click", () => once(pressed, () => this.#desk.ask(kind).catch(this.#desk.fail)));
    return pressed;
  }

  #code(code: string): HTMLElement {
    const copy = button(texts.copyCode, "small");
    copy.addEventListener("click", () => copyOn(this.#desk, copy, async () => code, texts.noCopyCodeHint));
    const head = h(
      "div",
      { class: "akw-row akw-apart" },
      h("span", { class: "akw-small" }, texts.next),
      copy,
    );
    return h(
      "div",
      { class: "akw-code" },
      head,
      h("pre", { class: "akw-pre", tabindex: 0, "aria-label": texts.next }, code),
    );
  }

  #showPreview(told: Result["preview"]): void {
    const { attribution = "", ...kind } = told ?? {};
    const now = JSON.stringify(kind);
    if (now !== this.#previewed) {
      this.#preview?.close();
      this.#previewed = now;
      this.#preview = told && new Preview(this.#desk, told);
      fill(this.#side, this.#preview?.element ?? null);
    }
    this.#preview?.credit(attribution);
    this.#side.hidden = !this.#preview;
  }
}

function title({ masked, brought }: Result): string {
  return !masked ? texts.madeHeading : brought ? texts.broughtHeading : texts.heading;
}

function about({ masked, variable, ephemeral }: Result): string[] {
  const place = masked ? (variable ? texts.inKernel : texts.notInjected) : texts.noKeyYet;
  return [ephemeral ? `${place} ${tied.ready}` : place];
}

function facts(result: Result, left: HTMLElement): HTMLElement {
  const names = [result.variable, ...result.environ].filter(Boolean);
  const codes = names.flatMap((name, index) => [index ? ", " : "", h("code", {}, name)]);
  return h(
    "dl",
    { class: "akw-facts" },
    ...(names.length ? [h("dt", {}, texts.variables), h("dd", {}, ...codes)] : []),
    ...(result.expires_utc ? [h("dt", {}, texts.ends), h("dd", {}, ...ends(result.expires_utc), left)] : []),
    ...(result.opens.length ? [h("dt", {}, texts.opens), h("dd", {}, result.opens.join(", "))] : []),
    h("dt", {}, texts.item),
    h("dd", {}, ...item(result)),
  );
}

/** Only a web address becomes a link: it leads to a page of the portal, and so it comes from outside. */
function item({ title, folder, item_url }: Result): (Node | string)[] {
  const name = [title, folder].filter(Boolean).join(" · ");
  if (!/^https?:\/\//.test(item_url)) return [name];
  const away = { href: item_url, target: "_blank", rel: "noopener noreferrer", ...OWN_KEYS };
  return [h("span", { class: "akw-block" }, name), h("a", { class: "akw-away", ...away }, texts.itemPage)];
}

function ends(expires_utc: string): (Node | string)[] {
  const local = formatLocal(expires_utc);
  const utc = formatUtc(expires_utc);
  return local ? [utc, h("span", { class: "akw-about" }, texts.localTime(local))] : [utc];
}
