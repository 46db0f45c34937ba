import { Button, Popover, SegmentedControl, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { NewLink } from "#contract/invitation.ts";
import { roles, type StaffAccount } from "#contract/staff.ts";
import { aboutQuery } from "../api/about.ts";
import { type StaffAction, staffMutations } from "../api/staff.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import { Failure } from "../ui/failure.tsx";
import segments from "../ui/segments.module.css";
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
  const t = useMessages("staff");
  const [opened, setOpened] = useState(false);
  const [role, setRole] = useState(member.role);
  const singleSignOn = useQuery(aboutQuery).data?.singleSignOn;
  const isFromService = typeof singleSignOn === "string" && member.hasSingleSignOn;
  const acting = useMutation(staffMutations.act(member.id));
  const linking = useMutation(staffMutations.makePasswordLink(member.id));
  const isPending = acting.isPending || linking.isPending;
  const error = acting.error ?? linking.error;
  const reset = () => {
    acting.reset();
    linking.reset();
  };
  const act = (action: StaffAction) => {
    reset();
    acting.mutate(action);
  };
  const makeLink = () => {
    reset();
    linking.mutate(undefined, {
      onSuccess: (made) => {
        setOpened(false);
        onLink(made);
      },
    });
  };
  const refusal = refusalOf(error);
  const button = (words: string, onClick: () => void) => (
    <Button variant="default" fullWidth disabled={isPending} onClick={onClick}>
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
            reset();
            setRole(member.role);
            setOpened(!opened);
          }}
        >
          {t("action.change")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t("changeOf", { name: member.name })}>
        <div className={classes.actions}>
          <Text fw={600}>{member.name}</Text>
          {error && refusal && (
            <Text role="alert" size="sm" c="var(--mantine-color-error)">
              {t(`refused.${refusal}`)}
            </Text>
          )}
          {error && !refusal && <Failure error={error} title={t("nothingChanged")} />}
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
                data={roles.map((one) => ({ value: one, label: t(`role.${one}`) }))}
              />
              <Button
                fullWidth
                disabled={role === member.role || isPending}
                onClick={() => act({ kind: "change", change: { role } })}
              >
                {t("saveRole")}
              </Button>
            </>
          )}
          {member.active && (member.hasPassword || !isFromService) && button(t("passwordLink"), makeLink)}
          {button(t("signOut"), () => act({ kind: "sign-out" }))}
          {!isOneself && member.secondFactor && (
            <ConfirmButton
              words={t("removeSecondFactor")}
              consequence={t("removeSecondFactorMeaning")}
              sure={t("removeSecondFactorSure")}
              keep={t("action.keep")}
              disabled={isPending}
              onConfirm={() => act({ kind: "remove-second-factor" })}
            />
          )}
          <Text role="status" size="sm">
            {acting.isSuccess &&
              acting.variables.kind === "sign-out" &&
              t("signedOut", { name: member.name })}
            {acting.isSuccess &&
              acting.variables.kind === "remove-second-factor" &&
              t("secondFactorRemoved", { name: member.name })}
          </Text>
          {isOneself && <Text size="sm">{t("refused.self")}</Text>}
          {!isOneself &&
            !member.active &&
            button(t("reactivate"), () => act({ kind: "change", change: { active: true } }))}
          {!isOneself && member.active && (
            <>
              {button(t("deactivate"), () => act({ kind: "change", change: { active: false } }))}
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
