import { type UseMutationOptions, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { FactorProof } from "#contract/account.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { CheckedForm } from "../ui/checked-form.tsx";
import layout from "../ui/layout.module.css";
import { TextField } from "../ui/text-field.tsx";
import classes from "./account.module.css";
import { Refusal, reasonFor } from "./refusal.tsx";

interface ProofFormProps<T> {
  submit: string;
  isDanger?: boolean;
  mutation: UseMutationOptions<T, Error, FactorProof>;
  onDone: (answer: T) => void;
  onCancel: () => void;
}

/** Asks for the password and for the second factor that is about to change. */
export function ProofForm<T>({ submit, isDanger, mutation, onDone, onCancel }: ProofFormProps<T>) {
  const t = useMessages("account");
  const [proof, setProof] = useState({ password: "", code: "" });
  const [isEmpty, setIsEmpty] = useState(false);
  const sending = useMutation(mutation);
  const errorOf = (field: keyof typeof proof) => {
    const isMissing = field === "password" && isEmpty && proof.password === "";
    const reason = isMissing ? "required" : reasonFor(sending.error, field);
    return reason && t(`error.${reason as "wrong"}`);
  };
  const onSubmit = () => {
    setIsEmpty(proof.password === "");
    if (proof.password !== "" && !sending.isPending) sending.mutate(proof, { onSuccess: onDone });
  };
  const change = (field: keyof typeof proof, typed: string) => {
    sending.reset();
    setProof({ ...proof, [field]: typed });
  };
  return (
    <CheckedForm className={classes.form} onSubmit={onSubmit}>
      <TextField
        type="password"
        autoComplete="current-password"
        label={t("password")}
        value={proof.password}
        error={errorOf("password")}
        autoFocus
        onChange={(event) => change("password", event.currentTarget.value)}
      />
      <TextField
        autoComplete="one-time-code"
        maxLength={40}
        label={t("proofCode")}
        value={proof.code}
        error={errorOf("code")}
        onChange={(event) => change("code", event.currentTarget.value)}
      />
      <Refusal error={sending.error} />
      <div className={layout.row}>
        <Button type="submit" loading={sending.isPending} color={isDanger ? "red" : undefined}>
          {submit}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t("action.cancel")}
        </Button>
      </div>
    </CheckedForm>
  );
}
