import { Button, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { isOwnAddress, newPassword, passwordMinLength } from "#contract/password.ts";
import { accountMutations } from "../api/account.ts";
import { useMessages } from "../i18n.ts";
import { CheckedForm } from "../ui/checked-form.tsx";
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
      <Title order={2}>{t("field.password")}</Title>
      <CheckedForm className={classes.form} onSubmit={submit}>
        <TextInput {...field("password")} label={t("password")} autoComplete="current-password" />
        <TextInput
          {...field("next")}
          label={t("next")}
          description={t("passwordHint", { least: passwordMinLength })}
          autoComplete="new-password"
        />
        <Refusal error={changing.error} />
        <Button type="submit" loading={changing.isPending}>
          {t("change")}
        </Button>
        <Text role="status" size="sm">
          {changing.isSuccess && values === empty && t("changed")}
        </Text>
      </CheckedForm>
    </section>
  );
}
