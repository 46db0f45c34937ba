import { useState } from "react";
import { isOwnAddress, newPassword, passwordMinLength } from "#contract/password.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { CheckedForm } from "../ui/checked-form.tsx";
import { PlainFailure } from "../ui/plain-failure.tsx";
import { TextField } from "../ui/text-field.tsx";
import classes from "./sign-in.module.css";

interface PasswordFormProps {
  email: string;
  error: Error | null;
  /** The password that the error is about. */
  tried: string | undefined;
  pending: boolean;
  onSend: (password: string) => void;
}

const reasons = ["required", "too-short", "too-long", "too-common", "is-address"] as const;

/** Why this password is none, in the contract's words. */
function reasonAgainst(password: string, email: string) {
  if (!password) return "required";
  if (isOwnAddress(password, email)) return "is-address";
  const issue = newPassword.safeParse(password).error?.issues[0]?.message;
  return issue === undefined ? null : (reasons.find((known) => known === issue) ?? "required");
}

/** A password, twice because nothing shows what was typed. The address is there for password managers. */
export function PasswordForm({ email, error, tried, pending, onSend }: PasswordFormProps) {
  const t = useMessages("sign-in", "invitation");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [submitted, setSubmitted] = useState(false);
  const refused = error instanceof ApiError ? error.problem?.fields?.[0]?.reason : undefined;
  const refusal = password === tried ? (reasons.find((known) => known === refused) ?? null) : null;
  const reason = reasonAgainst(password, email) ?? refusal;
  const differs = again !== password;

  const submit = () => {
    setSubmitted(true);
    if (!reasonAgainst(password, email) && !differs && !pending) onSend(password);
  };
  return (
    <CheckedForm className={classes.form} onSubmit={submit}>
      {error && !refused && <PlainFailure error={error} title={t("failed")} />}
      <TextField label={t("field.email")} type="email" autoComplete="username" value={email} readOnly />
      <TextField
        label={t("field.password")}
        description={t("passwordHint", { least: passwordMinLength })}
        type="password"
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={submitted && reason && t(`error.${reason}`, { least: passwordMinLength })}
      />
      <TextField
        label={t("again")}
        type="password"
        autoComplete="new-password"
        value={again}
        onChange={(event) => setAgain(event.currentTarget.value)}
        error={submitted && differs && t("error.differs")}
      />
      <Button type="submit" fullWidth loading={pending}>
        {t("submit")}
      </Button>
    </CheckedForm>
  );
}
