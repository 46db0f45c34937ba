import type { ReactNode } from "react";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import type { ActForm } from "./act-dialog.tsx";

interface FormEndProps extends Pick<ActForm, "isPending" | "failure" | "onClose"> {
  words: string;
  /** What else can be done. */
  children?: ReactNode;
}

/** Why it was not done, and the buttons. */
export function FormEnd({ isPending, failure, onClose, words, children }: FormEndProps) {
  const t = useMessages("acts");
  return (
    <>
      <div role="alert">{failure && <p className={`${prose.fault} ${prose.small}`}>{failure}</p>}</div>
      <div className={layout.row} data-gap="xs">
        <Button type="submit" loading={isPending}>
          {words}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        {children}
      </div>
    </>
  );
}
