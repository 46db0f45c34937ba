import { Button, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import { Link } from "react-router";
import { glucoseRoles, type Session } from "#contract/staff.ts";
import { useMessages } from "../i18n.ts";
import { SchemeChoice, UnitChoice } from "../ui/display-choices.tsx";
import { LanguageChoice } from "../ui/language-choice.tsx";
import { Panel } from "../ui/panel.tsx";
import { useFailureLine } from "../ui/plain-failure.tsx";
import classes from "./account-menu.module.css";

export interface AccountMenuProps {
  user: NonNullable<Session>["user"];
  onSignOut: () => void;
  signOutError: Error | null;
}

/**
 * Who is signed in, how things are shown, and the way out. On narrow screens it holds every display choice.
 */
export function AccountMenu({ user, onSignOut, signOutError }: AccountMenuProps) {
  const t = useMessages("app");
  const [isOpen, setIsOpen] = useState(false);
  // As the style sheet of the header has it. Hidden choices would be given the focus and could not take it.
  const isNarrow = useMediaQuery("(max-width: 68em)", false, { getInitialValueInEffect: false });
  return (
    <Panel
      isOpen={isOpen}
      onClose={() => setIsOpen(false)}
      label={t("account")}
      width="min(17.5rem, 100vw - 1rem)"
      button={
        <UnstyledButton
          className={classes.button ?? ""}
          aria-haspopup="dialog"
          onClick={() => setIsOpen(!isOpen)}
        >
          <span className={classes.initial} aria-hidden="true">
            {user.name.trim().charAt(0).toUpperCase()}
          </span>
          <span className={classes.who}>
            {user.name}
            <small>{t(`role.${user.role}`)}</small>
          </span>
          <VisuallyHidden>{t("account")}</VisuallyHidden>
        </UnstyledButton>
      }
    >
      <div className={classes.menu}>
        <div>
          <Text fw={600}>{user.name}</Text>
          <Text size="sm" c="dimmed">
            {t(`role.${user.role}`)} · {user.email}
          </Text>
        </div>
        {isNarrow && glucoseRoles.includes(user.role) && <UnitChoice fullWidth />}
        {isNarrow && <LanguageChoice fullWidth />}
        <SchemeChoice fullWidth />
        <Button component={Link} to="/account" variant="default" fullWidth onClick={() => setIsOpen(false)}>
          {t("ownAccount")}
        </Button>
        <Button variant="default" fullWidth onClick={onSignOut}>
          {t("signOut")}
        </Button>
        {signOutError && <SignOutFailure error={signOutError} />}
      </div>
    </Panel>
  );
}

function SignOutFailure({ error }: { error: Error }) {
  const t = useMessages("app");
  return (
    <Text role="alert" size="sm" c="var(--mantine-color-error)">
      {t("signOutFailed", { why: useFailureLine(error) })}
    </Text>
  );
}
