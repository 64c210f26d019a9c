import { beforeEach, describe, expect, it, vi } from "vitest";
import { makeState, open, pass, type } from "./kernel";

const MARKUP = '<img src=x onerror="alert(1)"><script>alert(2)</script>';

describe("the quick key", () => {
  beforeEach(() => void vi.useFakeTimers());

  it("sends one create for two presses, with the whole draft", async () => {
    const { kernel, find, press } = await open(makeState("signed-in"));
    type(find('[name="key-title"]'), "My key");
    press("Create key");
    press("Create key");
    await pass(1_000);
    expect(kernel.asked("create")).toHaveLength(1);
    expect(kernel.asked("create")[0]?.draft).toMatchObject({ title: "My key", preset: "basemaps", days: 7 });
    expect(kernel.asked("draft")).toHaveLength(0);
  });

  it("may create again after a refusal", async () => {
    const { kernel, press } = await open(makeState("signed-in"));
    press("Create key");
    await kernel.refuse("create", "No.", "Try again.");
    press("Create key");
    expect(kernel.asked("create")).toHaveLength(2);
  });

  it("says which privileges are missing and who can add them, and cannot create", async () => {
    const account = {
      ...(makeState("signed-in").account as NonNullable<ReturnType<typeof makeState>["account"]>),
      can_create: false,
      missing: [
        { label: "Generate API keys", hint: "Ask Grace." },
        { label: "Create content", hint: "Ask Grace." },
      ],
    };
    const { kernel, root, press } = await open(makeState("signed-in", { account }));
    expect(root.querySelector('[role="alert"].akw-notice')?.textContent).toContain(
      "It lacks “Generate API keys”, “Create content”. Ask Grace.",
    );
    expect(press("Create key").disabled).toBe(true);
    expect(kernel.asked("create")).toHaveLength(0);
  });

  it("takes a number of days of one's own", async () => {
    const { kernel, find } = await open(makeState("signed-in"));
    expect(find('[name="days"]').closest("[hidden]")).not.toBeNull();
    find('[value="other"]').click();
    type(find('[name="days"]'), "12");
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ days: 12 });
    type(find('[name="days"]'), "a week");
    await pass(300);
    expect(kernel.asked("draft").at(-1)?.draft).toEqual({ days: "a week" });
  });

  it("shows what is wrong with a field that was just typed", async () => {
    const { kernel, find } = await open(makeState("signed-in"));
    type(find('[name="key-title"]'), "");
    await pass(300);
    await kernel.answer("draft", { errors: { title: "Write a title." } });
    expect(find('[name="key-title"]').getAttribute("aria-invalid")).toBe("true");
    expect(find("details").hasAttribute("open")).toBe(true);
    type(find('[name="key-title"]'), "T");
    expect(find('[name="key-title"]').hasAttribute("aria-invalid")).toBe(false);
  });

  it("lists folders when title and folder are opened", async () => {
    const { kernel, find, root } = await open(makeState("signed-in"));
    expect(kernel.asked("folders")).toHaveLength(0);
    const details = find<HTMLDetailsElement>("details");
    details.open = true;
    details.dispatchEvent(new Event("toggle"));
    await kernel.answer("folders", { folders: [MARKUP] });
    expect(root.querySelector("option")?.value).toBe(MARKUP);
  });
});
