import { useEffect, useRef, useState } from "react";
import { useMessages } from "../i18n.ts";
import { announce } from "../ui/announcer.tsx";
import { useLetterKeys } from "../ui/letter-keys.ts";
import { isTyping, keysInUse } from "../ui/use-keys.ts";
import { useActState } from "./store.ts";

type Said =
  | "hint.noRow"
  | "hint.nothingDone"
  | "hint.nothingToUndo"
  | "hint.notYours"
  | "hint.pending"
  | "hint.noPrevious"
  | "hint.noNext"
  | "hint.noList"
  | "hint.onlyOne"
  | "hint.tooEarly"
  | "hint.pageOnly";

/** Why a key did nothing, and what to do, until the next one or until something is done. */
export function useKeyHint(isOfPatient: boolean) {
  const t = useMessages("acts");
  const { done } = useActState();
  const areOn = useLetterKeys();
  const [shown, setShown] = useState<{ words: string; done: typeof done } | null>(null);
  const say = (what: Said, values: { name?: string; key?: string } = {}) => {
    const words = t(what, { name: "", key: "", ...values });
    setShown({ words, done });
    announce(words);
  };
  const latest = useRef(say);
  latest.current = say;
  useEffect(() => {
    if (!areOn) return;
    const onKeyDown = ({ key, target, defaultPrevented }: KeyboardEvent) => {
      if ((key !== "[" && key !== "]") || defaultPrevented || keysInUse().includes(key)) return;
      if (isTyping(target) || document.querySelector("dialog[open]")) return;
      const other = key === "[" ? "]" : "[";
      if (!isOfPatient) latest.current("hint.pageOnly");
      else if (document.querySelector("nav[data-total='1']")) latest.current("hint.onlyOne");
      else if (!keysInUse().includes(other)) latest.current("hint.noList");
      else latest.current(key === "[" ? "hint.noPrevious" : "hint.noNext");
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [areOn, isOfPatient]);
  return { hint: shown?.done === done ? shown?.words : undefined, say, hide: () => setShown(null) };
}
