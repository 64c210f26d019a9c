/** The second press of a double click, where another step has come under the pointer since the first. */

const CONTROLS = "button, a, summary, input, select, textarea, [role='option'], [role='treeitem']";

/**
 * Drop a second press that would land on another control than the first: after *Sign in* that is *Cancel*.
 * On the same control both count, as on *Next*; keys are no clicks.
 */
export function dropStrayPresses(root: HTMLElement): void {
  let first: Element | null = null;
  const stray = (event: MouseEvent): void => {
    const pressed = controlOf(event.target as Element);
    if (event.type === "mousedown" && event.detail <= 1) first = pressed;
    if (event.detail <= 1 || pressed === first) return;
    event.preventDefault(); // a list would open, a field take the focus
    event.stopImmediatePropagation();
  };
  root.addEventListener("mousedown", stray, true);
  root.addEventListener("click", stray, true);
}

function controlOf(target: Element): Element | null {
  return target.closest("label") ?? target.closest(CONTROLS);
}
