/** Step 4: the key is in the kernel; what it is, where it is, and how to use it. */

import { button, fill, h, once } from "./dom";
import { copyOn, KeyBox } from "./key-box";
import { TileMap } from "./map";
import { notice } from "./notice";
import type { Preview, Result, State } from "./protocol";
import type { Desk, Step } from "./step";
import { ready as texts } from "./texts";
import { formatLocal, formatUtc } from "./time";

export class Ready implements Step {
  readonly element: HTMLElement;
  readonly heading = h("h3", { class: "akw-unseen", tabindex: -1 }, texts.heading);
  readonly #desk: Desk;
  readonly #key: KeyBox;
  readonly #top = h("div");
  readonly #about = h("div");
  readonly #side = h("div", { class: "akw-side" });
  #map: TileMap | null = null;
  #style: string | undefined;
  #shown = "";

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#key = new KeyBox(desk);
    const shownOnce = h("p", { class: "akw-small" }, texts.once);
    const main = h("div", { class: "akw-main" }, this.#top, this.#key.element, shownOnce, this.#about);
    const body = h(
      "div",
      { class: "akw-body" },
      this.heading,
      h("div", { class: "akw-two" }, main, this.#side),
    );
    this.element = h("div", { class: "akw-step" }, body, this.#footer());
  }

  update({ result }: State): void {
    if (!result) return;
    this.#key.update(result.masked);
    const now = JSON.stringify(result);
    if (now === this.#shown) return;
    this.#shown = now;
    fill(this.#top, notice("ok", texts.heading, result.variable ? texts.inKernel : texts.notInjected));
    fill(this.#about, facts(result), this.#code(result.code));
    this.#showPreview(result.preview);
  }

  close(): void {
    this.#key.hide();
    this.#map?.close();
  }

  #footer(): HTMLElement {
    const act = (label: string, kind: "forget" | "another") => {
      const pressed = button(label, "plain");
      pressed.addEventListener("click", () =>
        once(pressed, () => this.#desk.ask(kind).catch(this.#desk.fail)),
      );
      return pressed;
    };
    const calm = h("div", { class: "akw-calm" }, texts.forgetHint);
    return h(
      "footer",
      { class: "akw-footer" },
      calm,
      act(texts.forget, "forget"),
      act(texts.another, "another"),
    );
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

  #showPreview(preview: Preview | null): void {
    if (preview?.style !== this.#style) {
      this.#map?.close();
      this.#style = preview?.style;
      this.#map = this.#style ? new TileMap(this.#desk, this.#style) : null;
    }
    this.#map?.credit(preview?.attribution ?? "");
    const instead = preview?.reason ? h("p", { class: "akw-no-map" }, preview.reason) : null;
    this.#side.hidden = !this.#map && !instead;
    if (this.#side.firstChild !== this.#map?.element) fill(this.#side, this.#map?.element ?? instead);
  }
}

function facts(result: Result): HTMLElement {
  const names = [result.variable, ...result.environ].filter(Boolean);
  const codes = names.flatMap((name, index) => [index ? ", " : "", h("code", {}, name)]);
  return h(
    "dl",
    { class: "akw-facts" },
    ...(names.length ? [h("dt", {}, texts.variables), h("dd", {}, ...codes)] : []),
    ...(result.expires_utc ? [h("dt", {}, texts.ends), h("dd", {}, ...ends(result.expires_utc))] : []),
    h("dt", {}, texts.item),
    h("dd", {}, [result.title, result.folder].filter(Boolean).join(" · ")),
  );
}

function ends(expires_utc: string): (Node | string)[] {
  const local = formatLocal(expires_utc);
  const utc = formatUtc(expires_utc);
  return local ? [utc, h("span", { class: "akw-about" }, texts.localTime(local))] : [utc];
}
