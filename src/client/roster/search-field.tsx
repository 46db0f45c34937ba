import type { KeyboardEvent, RefObject } from "react";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { CloseButton } from "../ui/close-button.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useKeys } from "../ui/use-keys.ts";
import classes from "./roster.module.css";

interface SearchFieldProps {
  ref: RefObject<HTMLInputElement | null>;
  value: string;
  onChange: (value: string) => void;
  /** Enter: open the one match, or go to the first of several. */
  onOpen: () => void;
  /** Arrow down: into the list. */
  onDown: () => void;
}

/** Of the key that ends a composition in Safari, which says that it is over already. */
const composing = 229;

/** The roster's search. `/` comes here from anywhere on the page, Escape empties it. */
export function SearchField({ ref, value, onChange, onOpen, onDown }: SearchFieldProps) {
  const t = useMessages("roster");
  const { singleKeys } = usePreferences();
  useKeys({
    "/": () => {
      ref.current?.focus();
      ref.current?.select();
    },
  });

  // The button goes with the text.
  const clear = () => {
    onChange("");
    ref.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While Chinese is being composed, Enter and the arrows belong to the input method.
    if (event.nativeEvent.isComposing || event.keyCode === composing) return;
    if (event.key === "Enter") onOpen();
    else if (event.key === "Escape") onChange("");
    else if (event.key === "ArrowDown") onDown();
    else return;
    event.preventDefault();
  };
  return (
    <TextField
      ref={ref}
      className={classes.search}
      type="text"
      role="searchbox"
      aria-label={t("search")}
      placeholder={t("field.searchHint")}
      aria-keyshortcuts={singleKeys ? "/" : undefined}
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      aside={
        value ? (
          <CloseButton aria-label={t("clear")} onClick={clear} />
        ) : (
          singleKeys && (
            <span className={classes.key} aria-hidden="true">
              /
            </span>
          )
        )
      }
    />
  );
}
