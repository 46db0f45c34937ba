import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { useMessages } from "../i18n.ts";
import { CloseButton } from "./close-button.tsx";
import classes from "./dialog.module.css";

interface DialogProps {
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/**
 * A dialog over the page, as the browser has it: nothing else can be reached, Escape closes it, and what had the
 * focus has it again.
 */
export function Dialog({ title, onClose, children }: DialogProps) {
  const t = useMessages("ui", "dialog");
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const { current } = dialog;
    const before = document.activeElement;
    current?.showModal();
    (
      current?.querySelector<HTMLElement>("form :checked, form textarea, form input") ??
      current?.querySelector<HTMLElement>("button")
    )?.focus();
    return () => {
      current?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className={classes.head}>
        <h2 id={id}>{title}</h2>
        <CloseButton aria-label={t("close")} onClick={onClose} />
      </div>
      {children}
    </dialog>
  );
}
