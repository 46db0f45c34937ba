import { type UseMutationOptions, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { CheckedForm } from "../ui/checked-form.tsx";
import layout from "../ui/layout.module.css";
import { TextField } from "../ui/text-field.tsx";
import { plainCode } from "../ui/typed-code.ts";
import classes from "./account.module.css";
import { Refusal, reasonFor } from "./refusal.tsx";

interface AskFormProps<T> {
  /** What is asked for: one's password, or a code of the app. */
  ask: "password" | "code";
  submit: string;
  isDanger?: boolean;
  mutation: UseMutationOptions<T, Error, string>;
  onDone: (answer: T) => void;
  onCancel?: () => void;
}

/** One field and what it is for; what was typed stays until it has worked. */
export function AskForm<T>({ ask, submit, isDanger, mutation, onDone, onCancel }: AskFormProps<T>) {
  const t = useMessages("account");
  const [typed, setTyped] = useState("");
  const [isEmpty, setIsEmpty] = useState(false);
  const sending = useMutation(mutation);
  const reason = isEmpty && typed === "" ? "required" : reasonFor(sending.error, ask);
  const onSubmit = () => {
    setIsEmpty(typed === "");
    if (typed !== "" && !sending.isPending)
      sending.mutate(ask === "code" ? plainCode(typed) : typed, { onSuccess: onDone });
  };
  const kind =
    ask === "password"
      ? ({ type: "password", autoComplete: "current-password" } as const)
      : ({ inputMode: "numeric", autoComplete: "one-time-code", maxLength: 12 } as const);
  return (
    <CheckedForm className={classes.form} onSubmit={onSubmit}>
      <TextField
        {...kind}
        label={t(ask)}
        value={typed}
        error={reason && t(`error.${reason as "wrong"}`)}
        autoFocus
        onChange={(event) => {
          sending.reset();
          setTyped(event.currentTarget.value);
        }}
      />
      <Refusal error={sending.error} />
      <div className={layout.row}>
        <Button type="submit" loading={sending.isPending} color={isDanger ? "red" : undefined}>
          {submit}
        </Button>
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            {t("action.cancel")}
          </Button>
        )}
      </div>
    </CheckedForm>
  );
}
