import { Button, Popover, SegmentedControl, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type NewLink, newLink } from "#contract/invitation.ts";
import { roles, type StaffAccount, type StaffChange, staffList } from "#contract/staff.ts";
import { ApiError, sendJson } from "../http.ts";
import { aboutQuery } from "../session.ts";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import { Failure } from "../ui/failure.tsx";
import segments from "../ui/segments.module.css";
import { useStaffMessages } from "./messages.ts";
import { invitationsQuery, staffQuery } from "./queries.ts";
import classes from "./staff.module.css";

interface MemberActionsProps {
  member: StaffAccount;
  isOneself: boolean;
  onLink: (made: NewLink) => void;
}

const refusals = ["self", "single-sign-on", "last-administrator", "inactive"] as const;

/** Why the server does not do it, where it says so in a word that we know. */
function refusalOf(error: Error | null) {
  const reason = error instanceof ApiError ? error.problem?.fields?.[0]?.reason : undefined;
  return refusals.find((known) => known === reason) ?? null;
}

/** What an administrator can do with one person, behind one button so that nothing of it happens by a slip. */
export function MemberActions({ member, isOneself, onLink }: MemberActionsProps) {
  const t = useStaffMessages();
  const queryClient = useQueryClient();
  const [opened, setOpened] = useState(false);
  const [role, setRole] = useState(member.role);
  const singleSignOn = useQuery(aboutQuery).data?.singleSignOn;
  const isFromService = typeof singleSignOn === "string" && member.hasSingleSignOn;
  const path = `/api/staff/${member.id}`;
  const acting = useMutation({
    meta: { changes: [staffQuery.queryKey, invitationsQuery.queryKey] },
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSuccess: () => queryClient.invalidateQueries(invitationsQuery),
    onError: () => queryClient.invalidateQueries(staffQuery),
  });
  const change = (body: StaffChange) => async () => {
    const { data } = await sendJson(path, body, staffList, { method: "PATCH" });
    queryClient.setQueryData(staffQuery.queryKey, data);
  };
  const signOut = async () => {
    const { data } = await sendJson(`${path}/sessions`, {}, staffList, { method: "DELETE" });
    queryClient.setQueryData(staffQuery.queryKey, data);
    return t("signedOut", { name: member.name });
  };
  const removeSecondFactor = async () => {
    const { data } = await sendJson(`${path}/second-factor`, {}, staffList, { method: "DELETE" });
    queryClient.setQueryData(staffQuery.queryKey, data);
    return t("secondFactorRemoved", { name: member.name });
  };
  const makeLink = async () => {
    const { data } = await sendJson(`${path}/password-link`, {}, newLink);
    setOpened(false);
    onLink(data);
  };
  const refusal = refusalOf(acting.error);
  const button = (words: string, act: () => Promise<unknown>) => (
    <Button variant="default" fullWidth disabled={acting.isPending} onClick={() => acting.mutate(act)}>
      {words}
    </Button>
  );
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={320}
      shadow="md"
      trapFocus
      returnFocus
      withRoles={false}
      hideDetached={false}
    >
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          aria-haspopup="dialog"
          aria-expanded={opened}
          aria-label={t("changeOf", { name: member.name })}
          onClick={() => {
            acting.reset();
            setRole(member.role);
            setOpened(!opened);
          }}
        >
          {t("change")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t("changeOf", { name: member.name })}>
        <div className={classes.actions}>
          <Text fw={600}>{member.name}</Text>
          {acting.error && refusal && (
            <Text role="alert" size="sm" c="var(--mantine-color-error)">
              {t(`refused.${refusal}`)}
            </Text>
          )}
          {acting.error && !refusal && <Failure error={acting.error} title={t("changeFailed")} />}
          {isFromService && !isOneself && <Text size="sm">{t("roleFromService")}</Text>}
          {!isFromService && !isOneself && (
            <>
              <SegmentedControl
                className={segments.wrap ?? ""}
                aria-label={t("role")}
                size="xs"
                fullWidth
                value={role}
                onChange={setRole}
                data={roles.map((one) => ({ value: one, label: t(one) }))}
              />
              <Button
                fullWidth
                disabled={role === member.role || acting.isPending}
                onClick={() => acting.mutate(change({ role }))}
              >
                {t("saveRole")}
              </Button>
            </>
          )}
          {member.active && (member.hasPassword || !isFromService) && button(t("passwordLink"), makeLink)}
          {button(t("signOut"), signOut)}
          {!isOneself && member.secondFactor && (
            <ConfirmButton
              words={t("removeSecondFactor")}
              consequence={t("removeSecondFactorMeaning")}
              sure={t("removeSecondFactorSure")}
              keep={t("keep")}
              disabled={acting.isPending}
              onConfirm={() => acting.mutate(removeSecondFactor)}
            />
          )}
          <Text role="status" size="sm">
            {typeof acting.data === "string" && acting.data}
          </Text>
          {isOneself && <Text size="sm">{t("refused.self")}</Text>}
          {!isOneself && !member.active && button(t("reactivate"), change({ active: true }))}
          {!isOneself && member.active && (
            <>
              {button(t("deactivate"), change({ active: false }))}
              <Text size="sm" c="dimmed">
                {t("deactivateMeaning")}
              </Text>
            </>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
