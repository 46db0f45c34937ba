/** What the keyboard stops at. */
const stops = "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), [tabindex='0']";

export const stopsIn = (element: Element) => [...element.querySelectorAll<HTMLElement>(stops)];

/** Gives a heading the focus, which is no stop of the keyboard's; false where it is hidden and takes none. */
export function focusHeading(heading: HTMLElement): boolean {
  if (!heading.hasAttribute("tabindex")) {
    heading.tabIndex = -1;
    heading.addEventListener("blur", () => heading.removeAttribute("tabindex"), { once: true });
  }
  heading.focus({ preventScroll: true });
  return document.activeElement === heading;
}

/** Where the focus was: everything around it, and which stop it was of which item of a list. */
interface Trail {
  readonly path: readonly Element[];
  readonly item: { element: Element; list: Element; index: number; stop: number } | null;
}

function trailOf(target: Element): Trail {
  const path: Element[] = [];
  for (let element: Element | null = target; element && element !== document.body; ) {
    path.push(element);
    element = element.parentElement;
  }
  const element = target.closest("li, tbody tr");
  const list = element?.parentElement;
  if (!element || !list) return { path, item: null };
  const stop = stopsIn(element).indexOf(target as HTMLElement);
  return { path, item: { element, list, index: [...list.children].indexOf(element), stop } };
}

/** To what took its place in a list; else to the heading of what is around. */
function goOnFrom({ path, item }: Trail): void {
  if (item?.list.isConnected) {
    const { children } = item.list;
    const place = item.element.isConnected
      ? item.element
      : children[Math.min(item.index, children.length - 1)];
    const among = place ? stopsIn(place) : [];
    const next = among[item.stop] ?? among[0];
    if (next) {
      next.focus({ preventScroll: true });
      return;
    }
  }
  for (const element of path)
    if (element.isConnected)
      for (const heading of element.querySelectorAll<HTMLElement>("h1, h2, h3, h4"))
        if (focusHeading(heading)) return;
}

/**
 * Where what has the focus is taken off the page, by its own press or another's, the keyboard goes on beside
 * it and not from the top of the page. Returns how to end it.
 */
export function keepFocus(): () => void {
  let trail: Trail | null = null;
  let frame = 0;
  const onFocus = ({ target }: FocusEvent) => {
    trail = target instanceof Element ? trailOf(target) : null;
  };
  // What was left for no other place, and not taken away, is not gone back to.
  const onBlur = ({ target }: FocusEvent) =>
    queueMicrotask(() => {
      if (trail?.path[0] === target && trail?.path[0]?.isConnected) trail = null;
    });
  const isLost = () => trail?.path[0]?.isConnected === false && document.activeElement === document.body;
  const observer = new MutationObserver(() => {
    if (!isLost()) return;
    cancelAnimationFrame(frame);
    // A part that puts the focus somewhere itself does so with its effects.
    frame = requestAnimationFrame(() => {
      if (trail && isLost()) goOnFrom(trail);
    });
  });
  document.addEventListener("focusin", onFocus);
  document.addEventListener("focusout", onBlur);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
    document.removeEventListener("focusin", onFocus);
    document.removeEventListener("focusout", onBlur);
  };
}
