import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeState, open, pass, settle, type } from "./kernel";

const done = { transcript: { count: 4, milliseconds: 211.6 } };
const exchange = {
  method: "POST",
  path: "/sharing/rest/oauth2/registerApp",
  parameters: ["f", "itemId"],
  status: 200,
  code: 0,
  milliseconds: 31.4,
  curl: "curl 'https://portal/<b>'",
};

describe("the transcript", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.unstubAllGlobals());

  it("is not there before anything was asked", async () => {
    const { root } = await open(makeState("signed-out"));
    expect(root.querySelector<HTMLElement>(".akw-bar")?.hidden).toBe(true);
  });

  it("sums up, and lists what happened when it is opened, names only", async () => {
    const { kernel, root, press } = await open(makeState("signed-in", done));
    press("What happened (4 requests, 212 ms)");
    await kernel.answer("transcript", { exchanges: [exchange, { ...exchange, code: 498 }] });
    const rows = [...root.querySelectorAll(".akw-exchanges li")];
    expect(rows[0]?.textContent).toContain("POST /sharing/rest/oauth2/registerApp200");
    expect(rows[0]?.textContent).toContain("with f, itemId");
    expect(rows[1]?.textContent).toContain("200, error 498");
    expect(root.querySelector(".akw-transcript b")).toBeNull();
  });

  it("says that it has only the last of a long session", async () => {
    const { kernel, find, press } = await open(
      makeState("signed-in", { transcript: { count: 300, milliseconds: 9 } }),
    );
    press("What happened (300 requests, 9 ms)");
    await kernel.answer("transcript", { exchanges: [exchange, exchange] });
    expect(find(".akw-transcript").textContent).toContain("The last 2 of 300 requests");
  });

  it("asks again while it is open, and no more when it is closed", async () => {
    const { kernel, press } = await open(makeState("signed-in", done));
    const toggle = press("What happened (4 requests, 212 ms)");
    kernel.push(makeState("signed-in", { revision: 2, transcript: { count: 5, milliseconds: 9 } }));
    expect(kernel.asked("transcript")).toHaveLength(2);
    toggle.click();
    kernel.push(makeState("signed-in", { revision: 3, transcript: { count: 6, milliseconds: 9 } }));
    expect(kernel.asked("transcript")).toHaveLength(2);
    expect(toggle.getAttribute("aria-expanded")).toBe("false");
  });

  it("copies the settings as code, where there are settings", async () => {
    vi.stubGlobal("navigator", {});
    let copied = "";
    document.execCommand = () => {
      copied = document.querySelector("textarea")?.value ?? "";
      return true;
    };
    const { kernel, press } = await open(makeState("signed-in", done));
    press("Copy as code");
    await settle();
    await kernel.answer("code", { code: "KeyRequest()" });
    await settle();
    expect(copied).toBe("KeyRequest()");
  });

  it("tells the kernel what was typed before it asks for the code", async () => {
    const { kernel, find, press } = await open(makeState("signed-in", done));
    type(find('[name="key-title"]'), "Typed just now");
    press("Copy as code");
    await settle();
    expect(kernel.asked("code")).toEqual([]);
    expect(kernel.asked("draft")[0]?.draft).toEqual({ title: "Typed just now" });
    await kernel.answer("draft", { errors: {}, draft: makeState("signed-in").draft });
    expect(kernel.asked("code")).toHaveLength(1);
  });

  it("has no code to copy before signing in", async () => {
    const { press } = await open(makeState("signed-out", done));
    expect(() => press("Copy as code")).toThrow();
  });
});

describe("the ways out of an alert", () => {
  beforeEach(() => void vi.useFakeTimers());

  it("change the draft", async () => {
    const actions = [{ label: "In the browser", draft: { method: "browser" as const } }];
    const alert = { tone: "bad" as const, title: "No.", hint: "Try another way.", actions };
    const { kernel, press } = await open(makeState("signed-out", { alert }));
    press("In the browser");
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ method: "browser" });
  });

  it("sign out first where the way of signing in is to change", async () => {
    const actions = [
      { label: "Use a password", kind: "sign-out" as const, draft: { method: "password" as const } },
    ];
    const alert = { tone: "bad" as const, title: "No.", hint: "", actions };
    const { kernel, press } = await open(makeState("signed-in", { alert }));
    press("Use a password");
    expect(kernel.sent.at(-1)?.kind).toBe("sign-out");
    await kernel.answer("sign-out");
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ method: "password" });
  });

  it("repeat with all settings", async () => {
    const alert = {
      tone: "bad" as const,
      title: "No.",
      hint: "",
      actions: [{ label: "Try again", kind: "create" as const }],
    };
    const { kernel, press } = await open(makeState("signed-in", { alert }));
    press("Try again");
    await settle();
    expect(kernel.asked("create")[0]?.draft).toMatchObject({ title: "Notebook key" });
  });
});
