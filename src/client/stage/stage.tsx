import { lazy, Suspense, useEffect, useState } from "react";
import { loadCatalogs } from "../i18n.ts";
import { keepOpen, keptOpen } from "./kept.ts";

const Panel = lazy(async () => {
  const [{ StagePanel }] = await Promise.all([import("./panel.tsx"), loadCatalogs(["stage"])]);
  return { default: StagePanel };
});

/** Neither a browser nor an input method does anything with it. */
export const stageKey = "F8";

/** On the sandbox only: the key opens the presenter's panel, and nothing shows it but that. */
export function Stage() {
  const [isOpen, setIsOpen] = useState(keptOpen);
  useEffect(() => {
    keepOpen(isOpen);
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== stageKey || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      setIsOpen(!isOpen);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [isOpen]);
  return (
    isOpen && (
      <Suspense>
        <Panel onHide={() => setIsOpen(false)} />
      </Suspense>
    )
  );
}
