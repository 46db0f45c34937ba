import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { useKeys } from "../ui/use-keys.ts";
import classes from "./search-everywhere.module.css";

const SearchDialog = lazy(async () => ({
  default: (await import("../search/search-dialog.tsx")).SearchDialog,
}));

/** On a Mac Ctrl+K deletes to the end of the line. */
const isSearchKey = (event: KeyboardEvent): boolean => {
  const isMac = /Mac/.test(navigator.platform);
  const modifiers = [event.metaKey, event.ctrlKey];
  const [own, other] = isMac ? modifiers : modifiers.toReversed();
  return event.key.toLowerCase() === "k" && Boolean(own) && !other && !event.altKey && !event.shiftKey;
};

/** `/` and Ctrl+K or ⌘K search for patients and sensors from every page; the lists of patients and of support have their own `/`. */
export function SearchEverywhere({ seesPatients }: { seesPatients: boolean }) {
  const t = useMessages("app");
  const { singleKeys } = usePreferences();
  const { pathname } = useLocation();
  const [isOpen, setIsOpen] = useState(false);
  const openedFrom = useRef<Element | null>(null);
  const open = () => {
    openedFrom.current = document.activeElement;
    setIsOpen(true);
  };
  const opening = useRef(open);
  opening.current = open;
  const hasOwn = pathname === "/work" || (pathname === "/patients" && seesPatients);
  useKeys(hasOwn ? {} : { "/": open });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !isSearchKey(event)) return;
      event.preventDefault();
      if (!document.querySelector("dialog[open]")) opening.current();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  const close = (hasChosen: boolean) => {
    setIsOpen(false);
    if (!hasChosen && openedFrom.current instanceof HTMLElement) openedFrom.current.focus();
  };
  return (
    <>
      <button
        type="button"
        className={classes.button}
        aria-label={t("search")}
        title={t("searchKeys")}
        aria-keyshortcuts={singleKeys && !hasOwn ? "Control+K Meta+K /" : "Control+K Meta+K"}
        aria-haspopup="dialog"
        onClick={open}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor" strokeLinecap="round">
          <circle cx="8.5" cy="8.5" r="5.5" />
          <path d="m12.75 12.75 4.5 4.5" />
        </svg>
      </button>
      {isOpen && (
        <Suspense>
          <SearchDialog seesPatients={seesPatients} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
