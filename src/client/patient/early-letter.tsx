import { useEffect, useState } from "react";
import { useMessages } from "../i18n.ts";
import { isTyping } from "../ui/use-keys.ts";
import classes from "./patient.module.css";

/** What they do is there once a patient's page is. */
const letters = ["r", "u", "s", "h", "n"];

/**
 * Says of a letter that came before there was anything it could do that nothing was done. It is not kept: who pressed it
 * has not seen the page.
 */
export function EarlyLetter() {
  const t = useMessages("patient", "way");
  const [isEarly, setIsEarly] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target, key, ctrlKey, metaKey, altKey, repeat } = event;
      setIsEarly(false);
      if (!letters.includes(key) || ctrlKey || metaKey || altKey || repeat || isTyping(target)) return;
      if (document.querySelector("dialog[open]")) return;
      // By then whoever takes it has taken it.
      void import("../ui/letter-keys.ts").then(({ areLettersOn }) =>
        setIsEarly(areLettersOn() && !event.defaultPrevented),
      );
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <p role="status" className={isEarly ? classes.early : undefined}>
      {isEarly && t("tooEarly")}
    </p>
  );
}
