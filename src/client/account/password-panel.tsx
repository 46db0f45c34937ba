import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { isOwnAddress, newPassword, passwordMinLength } from "#contract/password.ts";
import { accountMutations } from "../api/account.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { CheckedForm } from "../ui/checked-form.tsx";
import prose from "../ui/prose.module.css";
import { TextField } from "../ui/text-field.tsx";
import classes from "./account.module.css";
import { Refusal, reasonFor } from "./refusal.tsx";

const empty = { password: "", next: "" };
type Field = keyof typeof empty;

/** Why the rules do not take it; the server asks the same again. */
function reasonAgainst(field: Field, values: typeof empty, email: string): string | null {
  if (field === "password") return values.password === "" ? "required" : null;
  if (values.next === "") return "required";
  if (isOwnAddress(values.next, email)) return "is-address";
  return newPassword.safeParse(values.next).error?.issues[0]?.message ?? null;
}

export function PasswordPanel({ email }: { email: string }) {
  const t = useMessages("account");
  const [values, setValues] = useState(empty);
  const [attempted, setAttempted] = useState(false);
  const changing = useMutation(accountMutations.changePassword);
  const clear = () => {
    setValues(empty);
    setAttempted(false);
  };
  const submit = () => {
    setAttempted(true);
    const isFine = (["password", "next"] as const).every((field) => !reasonAgainst(field, values, email));
    if (isFine && !changing.isPending) changing.mutate(values, { onSuccess: clear });
  };
  const field = (name: Field) => {
    const own = attempted ? reasonAgainst(name, values, email) : null;
    const reason = own ?? (changing.variables === values ? reasonFor(changing.error, name) : null);
    return {
      type: "password",
      value: values[name],
      error: reason && t(`error.${reason as "wrong"}`, { least: passwordMinLength }),
      onChange: (event: { currentTarget: HTMLInputElement }) =>
        setValues({ ...values, [name]: event.currentTarget.value }),
    };
  };
  return (
    <section className={classes.panel}>
      <h2>{t("field.password")}</h2>
      <CheckedForm className={classes.form} onSubmit={submit}>
        <TextField {...field("password")} label={t("password")} autoComplete="current-password" />
        <TextField
          {...field("next")}
          label={t("next")}
          description={t("passwordHint", { least: passwordMinLength })}
          autoComplete="new-password"
        />
        <Refusal error={changing.error} />
        <Button type="submit" loading={changing.isPending}>
          {t("change")}
        </Button>
        <p className={prose.small} role="status">
          {changing.isSuccess && values === empty && t("changed")}
        </p>
      </CheckedForm>
    </section>
  );
}
