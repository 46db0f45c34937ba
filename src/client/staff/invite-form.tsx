import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { NewLink } from "#contract/invitation.ts";
import { type NewStaffMember, newStaffMember } from "#contract/new-staff-member.ts";
import { roles } from "#contract/staff.ts";
import { invitationMutations } from "../api/invitations.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { CheckedForm } from "../ui/checked-form.tsx";
import { useDraft } from "../ui/draft.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { RestoredDraft } from "../ui/restored-draft.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { TextField } from "../ui/text-field.tsx";

type Field = "name" | "email";
type Reason = "required" | "too-long" | "characters" | "email" | "taken";

const empty: NewStaffMember = { name: "", email: "", role: "clinician" };

/** Why the contract or the server does not take a field. */
function reasonsFor(values: NewStaffMember, refusal: Error | null): Partial<Record<Field, Reason>> {
  const issues = newStaffMember.safeParse(values).error?.issues ?? [];
  const own = issues.map((issue) => [issue.path[0], issue.message]);
  const refused = refusal instanceof ApiError ? (refusal.problem?.fields ?? []) : [];
  return Object.fromEntries([...refused.map(({ field, reason }) => [field, reason]), ...own.toReversed()]);
}

/** Makes a link for a colleague. What was typed stays until it has worked. */
export function InviteForm({ owner, onLink }: { owner: string; onLink: (made: NewLink) => void }) {
  const t = useMessages("staff");
  const [values, setValues, forget, wasKept] = useDraft("staff", owner, empty);
  const [submitted, setSubmitted] = useState(false);
  const inviting = useMutation({
    ...invitationMutations.create,
    // Here, so that the draft is forgotten even when the page was left meanwhile.
    onSettled: (made) => {
      if (!made) return;
      setValues(empty);
      forget();
      setSubmitted(false);
      onLink(made);
    },
  });
  const unchanged = inviting.variables === values;
  const reasons = reasonsFor(values, unchanged ? inviting.error : null);
  const isFieldProblem = unchanged && Object.keys(reasons).length > 0;

  const submit = () => {
    setSubmitted(true);
    if (newStaffMember.safeParse(values).success && !inviting.isPending) inviting.mutate(values);
  };
  const field = (name: Field) => {
    const reason = submitted ? reasons[name] : undefined;
    return {
      label: t(`field.${name}`),
      value: values[name],
      error: reason ? t(`error.${reason}`) : null,
      onChange: (event: { currentTarget: HTMLInputElement }) =>
        setValues({ ...values, [name]: event.currentTarget.value }),
    };
  };
  return (
    <CheckedForm onSubmit={submit}>
      <div className={layout.column}>
        <RestoredDraft
          fields={(["name", "email"] as const)
            .filter((name) => wasKept && values[name])
            .map((name) => t(`field.${name}`))}
          onDiscard={() => {
            setValues(empty);
            forget();
          }}
        />
        {inviting.error && !isFieldProblem && <Failure error={inviting.error} title={t("inviteFailed")} />}
        <TextField {...field("name")} autoComplete="off" />
        <TextField {...field("email")} type="email" autoComplete="off" />
        <Segmented
          aria-label={t("role")}
          value={values.role}
          onChange={(role) => setValues({ ...values, role })}
          options={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        />
        <Button type="submit" loading={inviting.isPending}>
          {t("submit")}
        </Button>
      </div>
    </CheckedForm>
  );
}
