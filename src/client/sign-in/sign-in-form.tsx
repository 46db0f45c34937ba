import { useState } from "react";
import { signIn } from "../api/sign-in.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { CheckedForm } from "../ui/checked-form.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { SendProps } from "./demo-roles.tsx";
import classes from "./sign-in.module.css";

interface SignInFormProps extends SendProps {
  title: string | null;
  /** There is another way in above, which most people here use. */
  isSecond: boolean;
}

/** E-mail and password. What was typed stays whatever the answer is. */
export function SignInForm({ title, isSecond, pending, onSend }: SignInFormProps) {
  const t = useMessages("sign-in", "page");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [submitted, setSubmitted] = useState(false);

  const submit = () => {
    setSubmitted(true);
    if (!pending && email.trim() && password) onSend(() => signIn(email.trim(), password));
  };
  return (
    <CheckedForm className={classes.form} onSubmit={submit}>
      {title && <h2>{title}</h2>}
      <TextField
        label={t("field.email")}
        type="email"
        name="email"
        autoComplete="username"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={submitted && !email.trim() && t("emailMissing")}
      />
      <TextField
        label={t("field.password")}
        type="password"
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={submitted && !password && t("passwordMissing")}
      />
      <Button type="submit" variant={isSecond ? "default" : "filled"} fullWidth loading={pending}>
        {t("title")}
      </Button>
    </CheckedForm>
  );
}
