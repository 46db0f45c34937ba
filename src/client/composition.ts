import { useState, useSyncExternalStore } from "react";

let field: HTMLElement | null = null;
/** The mouse button went down outside the field, and nothing has been pressed since. */
let isPressedElsewhere = false;
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const isComposing = () => field?.isConnected ?? false;

function set(next: HTMLElement | null) {
  field = next;
  isPressedElsewhere = false;
  for (const listener of listeners) listener();
}

const begin = ({ target }: Event) => target instanceof HTMLElement && set(target);

/**
 * Letters that a click elsewhere turned into text are unfinished pinyin: they count from
 * the next press of a key or a button.
 */
function end({ data }: CompositionEvent) {
  if (!isPressedElsewhere || !/^[a-z' ]+$/i.test(data)) set(null);
}

function settle() {
  if (isPressedElsewhere) set(null);
}

function press({ target, pointerType }: PointerEvent) {
  settle();
  isPressedElsewhere = pointerType === "mouse" && isComposing() && target !== field;
}

/**
 * A key that belongs to an input method (pinyin, kana, hangul) while it composes is no command: the
 * Enter that ends a composition submits nothing and chooses nothing, the Escape that leaves it
 * closes nothing. For every field and shortcut at once, before any of them hears of it. Nor is a
 * form sent with what is still being composed.
 */
export function leaveComposingAlone(): () => void {
  const onKey = (event: KeyboardEvent) => {
    // Safari ends the composition before it tells of its Enter, and says 229 all the same.
    if (!event.isComposing && event.keyCode !== 229) return settle();
    event.stopPropagation();
    if (event.key === "Enter") event.preventDefault();
  };
  const onSubmit = (event: Event) => {
    if (!isComposing()) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const stop = new AbortController();
  const options = { capture: true, signal: stop.signal };
  window.addEventListener("keydown", onKey, options);
  window.addEventListener("submit", onSubmit, options);
  window.addEventListener("compositionstart", begin, options);
  window.addEventListener("compositionend", end, options);
  window.addEventListener("pointerdown", press, options);
  return () => {
    stop.abort();
    set(null);
  };
}

/** The value as it was before what is being composed in a field right now. */
export function useComposed<T>(value: T): T {
  const isUnfinished = useSyncExternalStore(subscribe, isComposing);
  const [composed, setComposed] = useState(value);
  if (!isUnfinished && composed !== value) setComposed(value);
  return isUnfinished ? composed : value;
}
