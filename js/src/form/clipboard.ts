/** Copying a text that the kernel has yet to send. */

/** Thrown where the page may not write to the clipboard in any way. */
export class NoClipboard extends Error {}

/**
 * Copy a text that comes later. Call it inside the click itself: the clipboard is handed a promise at once, so
 * that the browser still sees the person's gesture when the text arrives.
 *
 * @throws NoClipboard: the browser refuses both ways
 */
export async function copyLater(fetchText: () => Promise<string>): Promise<void> {
  const text = fetchText();
  text.catch(() => undefined); // told by the await below; this keeps a refused write from hiding it
  try {
    await writePromise(text);
  } catch {
    copySelected(await text);
  }
}

async function writePromise(text: Promise<string>): Promise<void> {
  const blob = text.then((plain) => new Blob([plain], { type: "text/plain" }));
  blob.catch(() => undefined);
  await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}

/** Without the clipboard (plain http, some frames): select a text in a passing text area and copy that. */
function copySelected(text: string): void {
  const area = document.createElement("textarea");
  area.style.cssText = "position:fixed;top:0;left:0;opacity:0";
  const before = document.activeElement as HTMLElement | null;
  try {
    area.value = text;
    document.body.append(area);
    area.select();
    if (!document.execCommand("copy")) throw new NoClipboard();
  } finally {
    area.remove();
    before?.focus({ preventScroll: true });
  }
}
