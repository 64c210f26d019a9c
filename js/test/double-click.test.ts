import { beforeEach, describe, expect, it } from "vitest";
import { h } from "../src/form/dom";
import { dropStrayPresses } from "../src/form/double-click";

const pressed: string[] = [];
let root: HTMLElement;

function control(name: string): HTMLElement {
  return h("button", { type: "button", onclick: () => pressed.push(name) }, name);
}

/** One press of the mouse; the browser counts those at one place that come quickly. */
function press(target: Element, count: number): void {
  for (const type of ["mousedown", "click"])
    target.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, detail: count }));
}

beforeEach(() => {
  pressed.length = 0;
  root = h("section", {}, control("send"));
  document.body.replaceChildren(root);
  dropStrayPresses(root);
});

describe("The second press of a double click", () => {
  it("does nothing where another control has come under the pointer", () => {
    press(root.firstElementChild as Element, 1);
    root.replaceChildren(control("cancel"));
    press(root.firstElementChild as Element, 2);
    expect(pressed).toEqual(["send"]);
  });

  it("counts on the same control, and as the first one of the next control", () => {
    press(root.firstElementChild as Element, 1);
    press(root.firstElementChild as Element, 2);
    root.append(control("other"));
    press(root.lastElementChild as Element, 1);
    expect(pressed).toEqual(["send", "send", "other"]);
  });

  it("leaves keys alone, which click without a count", () => {
    press(root.firstElementChild as Element, 1);
    root.replaceChildren(control("next"));
    (root.firstElementChild as HTMLElement).click();
    expect(pressed).toEqual(["send", "next"]);
  });

  it("reaches a choice by its words as by its button", () => {
    const radio = h("input", { type: "radio" });
    const words = h("span", {}, "words");
    root.replaceChildren(h("label", {}, radio, words));
    press(radio, 1);
    const second = new MouseEvent("click", { bubbles: true, cancelable: true, detail: 2 });
    words.dispatchEvent(second);
    expect(second.defaultPrevented).toBe(false);
  });
});
