import { useState } from "react";
import { signInWithCode } from "../api/sign-in.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { CheckedForm } from "../ui/checked-form.tsx";
import { TextField } from "../ui/text-field.tsx";
import { plainCode } from "../ui/typed-code.ts";
import type { SendProps } from "./demo-roles.tsx";
import classes from "./sign-in.module.css";

/** After the password: a code of the authenticator app, or a recovery code. */
export function CodeForm({ pending, onSend, onBack }: SendProps & { onBack: () => void }) {
  const t = useMessages("sign-in", "page");
  const [kind, setKind] = useState<"app" | "recovery">("app");
  const [code, setCode] = useState("");
  const [submitted, setSubmitted] = useState(false);
  const submit = () => {
    setSubmitted(true);
    if (!pending && code.trim()) onSend(() => signInWithCode(plainCode(code), kind));
  };
  const isApp = kind === "app";
  return (
    <CheckedForm className={classes.form} onSubmit={submit}>
      <TextField
        key={kind}
        label={t(isApp ? "code" : "recoveryCode")}
        description={t(isApp ? "codeLead" : "recoveryLead")}
        name="code"
        inputMode={isApp ? "numeric" : "text"}
        autoComplete={isApp ? "one-time-code" : "off"}
        autoCapitalize="off"
        spellCheck={false}
        autoFocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={submitted && !code.trim() && t("codeMissing")}
      />
      <Button type="submit" fullWidth loading={pending}>
        {t("title")}
      </Button>
      <div className={classes.otherWays}>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            setKind(isApp ? "recovery" : "app");
            setCode("");
            setSubmitted(false);
          }}
        >
          {t(isApp ? "useRecovery" : "useApp")}
        </Button>
        <Button variant="subtle" size="compact-sm" onClick={onBack}>
          {t("otherAccount")}
        </Button>
      </div>
    </CheckedForm>
  );
}
