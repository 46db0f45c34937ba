import type { KeyboardEvent, RefObject } from "react";
import { flushSync } from "react-dom";
import { announce } from "../ui/announcer.tsx";
import { useLetters } from "../ui/letter-keys.ts";
import { isTyping, useKeys } from "../ui/use-keys.ts";

interface WorkKeys {
  /** The part of the page with the list. */
  section: RefObject<HTMLElement | null>;
  search: RefObject<HTMLInputElement | null>;
  onHelp: () => void;
}

/** The names of the rows, which hold the focus on the way through the list. */
const namesIn = (section: HTMLElement | null) => [
  ...(section?.querySelectorAll<HTMLElement>("li > * > h3 > *") ?? []),
];

/** The keys of the list, as in the list of patients: a letter presses the button that names it. */
export function useWorkKeys({ section, search, onHelp }: WorkKeys) {
  useKeys({
    "/": () => {
      search.current?.focus();
      search.current?.select();
    },
  });
  useLetters(
    (target) => target === document.body || (section.current?.contains(target) ?? false),
    (letter, target) => {
      if (letter === "?") {
        onHelp();
        return true;
      }
      const row = target.closest("li");
      const button = row?.querySelector<HTMLElement>(`[aria-keyshortcuts="${letter}"]`);
      const dealt = row?.querySelector("[data-dealt]")?.textContent;
      if (letter === "r" && dealt) announce(dealt);
      if (!row || !button) return false;
      flushSync(() => button.click());
      row.querySelector<HTMLElement>("fieldset button")?.focus();
      return true;
    },
  );
  const toFirst = () => namesIn(section.current)[0]?.focus();
  /** From a row to the one above or below; above the first is the search. */
  const onArrow = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || isTyping(event.target)) return;
    event.preventDefault();
    const names = namesIn(section.current);
    const row = (event.target as HTMLElement).closest("li");
    const index = names.findIndex((name) => row?.contains(name)) + step;
    if (index < 0) search.current?.focus();
    else names[index]?.focus();
  };
  return { toFirst, onArrow };
}
