import { Button, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { passwordMinLength } from "#contract/password.ts";
import { newStaffMember, type Role, roles, staffMember } from "#contract/staff.ts";
import { ApiError, sendJson } from "../http.ts";
import { useDraft } from "../ui/draft.ts";
import { Failure } from "../ui/failure.tsx";
import { useStaffMessages } from "./messages.ts";
import { staffQuery } from "./queries.ts";

type Values = { name: string; email: string; role: Role; password: string };
type Field = "name" | "email" | "password";
type Reason = "required" | "too-long" | "too-short" | "too-common" | "is-address" | "email" | "taken";

const empty: Values = { name: "", email: "", role: "clinician", password: "" };

/** Why the contract or the server does not take a field. */
function reasonsFor(values: Values, refusal: Error | null): Partial<Record<Field, Reason>> {
  const issues = newStaffMember.safeParse(values).error?.issues ?? [];
  const own = issues.map((issue) => [issue.path[0], issue.message]);
  const refused = refusal instanceof ApiError ? (refusal.problem?.fields ?? []) : [];
  return Object.fromEntries([...refused.map(({ field, reason }) => [field, reason]), ...own.toReversed()]);
}

/** Adds a colleague with a first password. What was typed stays until it has worked. */
export function StaffForm({ owner }: { owner: string }) {
  const t = useStaffMessages();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useDraft("staff", owner, { name: "", email: "", role: empty.role });
  const [values, setTyped] = useState<Values>({ ...draft, password: "" });
  // The password is never kept in the browser.
  const setValues = ({ password, ...rest }: Values) => {
    setTyped({ ...rest, password });
    setDraft(rest);
  };
  const [submitted, setSubmitted] = useState(false);
  const adding = useMutation({
    mutationFn: (body: Values) => sendJson("/api/staff", body, staffMember),
    onSuccess: () => {
      setValues(empty);
      setSubmitted(false);
      return queryClient.invalidateQueries(staffQuery);
    },
  });
  const unchanged = adding.variables === values;
  const reasons = reasonsFor(values, unchanged ? adding.error : null);
  const isFieldProblem = unchanged && Object.keys(reasons).length > 0;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSubmitted(true);
    if (newStaffMember.safeParse(values).success && !adding.isPending) adding.mutate(values);
  };
  const field = (name: Field) => {
    const reason = submitted ? reasons[name] : undefined;
    return {
      label: t(name),
      value: values[name],
      error: reason ? t(`error.${reason}`, { least: passwordMinLength }) : null,
      onChange: (event: { currentTarget: HTMLInputElement }) =>
        setValues({ ...values, [name]: event.currentTarget.value }),
    };
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {adding.error && !isFieldProblem && <Failure error={adding.error} title={t("addFailed")} />}
        <TextInput {...field("name")} autoComplete="off" />
        <TextInput {...field("email")} type="email" autoComplete="off" />
        <SegmentedControl
          aria-label={t("role")}
          value={values.role}
          onChange={(role) => setValues({ ...values, role })}
          data={roles.map((role) => ({ value: role, label: t(role) }))}
        />
        <TextInput
          {...field("password")}
          type="password"
          autoComplete="new-password"
          description={t("passwordHint", { least: passwordMinLength })}
        />
        <Button type="submit" loading={adding.isPending}>
          {t("submit")}
        </Button>
        <Text role="status" size="sm">
          {adding.data && t("added", { name: adding.data.data.name })}
        </Text>
      </Stack>
    </form>
  );
}
