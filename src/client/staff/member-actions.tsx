import { Popover } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { NewLink } from "#contract/invitation.ts";
import { type Role, roles, type StaffAccount } from "#contract/staff.ts";
import { aboutQuery } from "../api/about.ts";
import { type StaffAction, staffMutations } from "../api/staff.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import { Failure } from "../ui/failure.tsx";
import prose from "../ui/prose.module.css";
import { Segmented } from "../ui/segmented.tsx";
import classes from "./staff.module.css";

interface MemberActionsProps {
  member: StaffAccount;
  isOneself: boolean;
  onLink: (made: NewLink) => void;
}

const refusals = ["self", "single-sign-on", "last-administrator", "inactive"] as const;

/** Why the server does not do it, where it says so in a word that we know. */
function refusalOf(error: Error) {
  const reason = error instanceof ApiError ? error.problem?.fields?.[0]?.reason : undefined;
  return refusals.find((known) => known === reason) ?? null;
}

/** What is done to one person's account; the last failure stays until something else is tried. */
function useActs(id: string) {
  const acting = useMutation(staffMutations.act(id));
  const linking = useMutation(staffMutations.makePasswordLink(id));
  const reset = () => {
    acting.reset();
    linking.reset();
  };
  return {
    isPending: acting.isPending || linking.isPending,
    error: acting.error ?? linking.error,
    done: acting.isSuccess ? acting.variables.kind : null,
    reset,
    act: (action: StaffAction) => {
      reset();
      acting.mutate(action);
    },
    makeLink: (onMade: (made: NewLink) => void) => {
      reset();
      linking.mutate(undefined, { onSuccess: onMade });
    },
  };
}
type Acts = ReturnType<typeof useActs>;

/**
 * What an administrator can do with one person, behind one button so that nothing of it happens by a slip.
 */
export function MemberActions({ member, isOneself, onLink }: MemberActionsProps) {
  const t = useMessages("staff");
  const [opened, setOpened] = useState(false);
  const [role, setRole] = useState(member.role);
  const singleSignOn = useQuery(aboutQuery).data?.singleSignOn;
  const isFromService = typeof singleSignOn === "string" && member.hasSingleSignOn;
  const acts = useActs(member.id);
  const makeLink = () =>
    acts.makeLink((made) => {
      setOpened(false);
      onLink(made);
    });
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
            acts.reset();
            setRole(member.role);
            setOpened(!opened);
          }}
        >
          {t("action.change")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t("changeOf", { name: member.name })}>
        <div className={classes.actions}>
          <p className={prose.strong}>{member.name}</p>
          {acts.error && <ActFailure error={acts.error} />}
          {isFromService && !isOneself && <p className={prose.small}>{t("roleFromService")}</p>}
          {!isFromService && !isOneself && (
            <RoleChoice member={member} role={role} onChoose={setRole} acts={acts} />
          )}
          {member.active && (member.hasPassword || !isFromService) && (
            <ActButton words={t("passwordLink")} acts={acts} onClick={makeLink} />
          )}
          <SignInActs member={member} isOneself={isOneself} acts={acts} />
          {isOneself ? (
            <p className={prose.small}>{t("refused.self")}</p>
          ) : (
            <ActiveAct isActive={member.active} acts={acts} />
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function ActFailure({ error }: { error: Error }) {
  const t = useMessages("staff");
  const refusal = refusalOf(error);
  if (!refusal) return <Failure error={error} title={t("nothingChanged")} />;
  return (
    <p className={`${prose.small} ${prose.fault}`} role="alert">
      {t(`refused.${refusal}`)}
    </p>
  );
}

function ActButton({ words, acts, onClick }: { words: string; acts: Acts; onClick: () => void }) {
  return (
    <Button variant="default" fullWidth disabled={acts.isPending} onClick={onClick}>
      {words}
    </Button>
  );
}

interface RoleChoiceProps {
  member: StaffAccount;
  role: Role;
  onChoose: (role: Role) => void;
  acts: Acts;
}

function RoleChoice({ member, role, onChoose, acts }: RoleChoiceProps) {
  const t = useMessages("staff");
  return (
    <>
      <Segmented
        aria-label={t("role")}
        size="xs"
        fullWidth
        value={role}
        onChange={onChoose}
        options={roles.map((one) => ({ value: one, label: t(`role.${one}`) }))}
      />
      <Button
        fullWidth
        disabled={role === member.role || acts.isPending}
        onClick={() => acts.act({ kind: "change", change: { role } })}
      >
        {t("saveRole")}
      </Button>
    </>
  );
}

/** Ends sessions and takes a lost second factor away, and says that it is done. */
function SignInActs({ member, isOneself, acts }: { member: StaffAccount; isOneself: boolean; acts: Acts }) {
  const t = useMessages("staff");
  return (
    <>
      <ActButton words={t("signOut")} acts={acts} onClick={() => acts.act({ kind: "sign-out" })} />
      {!isOneself && member.secondFactor && (
        <ConfirmButton
          words={t("removeSecondFactor")}
          consequence={t("removeSecondFactorMeaning")}
          sure={t("removeSecondFactorSure")}
          keep={t("action.keep")}
          disabled={acts.isPending}
          onConfirm={() => acts.act({ kind: "remove-second-factor" })}
        />
      )}
      <p className={prose.small} role="status">
        {acts.done === "sign-out" && t("signedOut", { name: member.name })}
        {acts.done === "remove-second-factor" && t("secondFactorRemoved", { name: member.name })}
      </p>
    </>
  );
}

function ActiveAct({ isActive, acts }: { isActive: boolean; acts: Acts }) {
  const t = useMessages("staff");
  const set = (active: boolean) => acts.act({ kind: "change", change: { active } });
  if (!isActive) return <ActButton words={t("reactivate")} acts={acts} onClick={() => set(true)} />;
  return (
    <>
      <ActButton words={t("deactivate")} acts={acts} onClick={() => set(false)} />
      <p className={prose.note}>{t("deactivateMeaning")}</p>
    </>
  );
}
