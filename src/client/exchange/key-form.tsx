import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type KeyRole, type MadeApiKey, newApiKey } from "#contract/api-keys.ts";
import { exchangeMutations } from "../api/exchange.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { CheckedForm } from "../ui/checked-form.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import { Segmented } from "../ui/segmented.tsx";
import { SelectField } from "../ui/select-field.tsx";
import { Switch } from "../ui/switch.tsx";
import { TextField } from "../ui/text-field.tsx";

const keyRoles: readonly KeyRole[] = ["clinician", "support"];
const lives = [30, 90, 180, 365];
const empty = { name: "", role: "clinician" as KeyRole, mayRegister: false, days: 90 };
type Fault = "required" | "too-long" | "characters";

/** Makes a key. Its name is what the audit trail will say. */
export function KeyForm({ onMade }: { onMade: (made: MadeApiKey) => void }) {
  const t = useMessages("exchange");
  const [values, setValues] = useState(empty);
  const [submitted, setSubmitted] = useState(false);
  const making = useMutation({
    ...exchangeMutations.makeKey,
    onSettled: (made) => {
      if (!made) return;
      setValues(empty);
      setSubmitted(false);
      onMade(made);
    },
  });
  const isClinician = values.role === "clinician";
  const key = { ...values, mayRegister: isClinician && values.mayRegister };
  const checked = newApiKey.safeParse(key);
  const fault = checked.error?.issues[0]?.message as Fault | undefined;
  const submit = () => {
    setSubmitted(true);
    if (checked.success && !making.isPending) making.mutate(checked.data);
  };
  return (
    <CheckedForm onSubmit={submit}>
      <div className={layout.column}>
        {making.error && <Failure error={making.error} title={t("makeFailed")} />}
        <TextField
          label={t("program")}
          description={t("nameHint")}
          value={values.name}
          error={submitted && fault ? t(`error.${fault}`) : null}
          autoComplete="off"
          onChange={(event) => setValues({ ...values, name: event.currentTarget.value })}
        />
        <div className={layout.column} data-gap="xs">
          <Segmented
            aria-label={t("readsAs")}
            value={values.role}
            onChange={(role) => setValues({ ...values, role })}
            options={keyRoles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          />
          <p className={prose.note}>{t(`reads.${values.role}`)}</p>
        </div>
        {isClinician && (
          <Switch
            label={t("mayRegister")}
            checked={values.mayRegister}
            onChange={(event) => setValues({ ...values, mayRegister: event.currentTarget.checked })}
          />
        )}
        <SelectField
          label={t("expires")}
          value={String(values.days)}
          options={lives.map((days) => ({ value: String(days), label: t("days", { count: days }) }))}
          onChange={(event) => setValues({ ...values, days: Number(event.currentTarget.value) })}
        />
        <Button type="submit" loading={making.isPending}>
          {t("submit")}
        </Button>
      </div>
    </CheckedForm>
  );
}
