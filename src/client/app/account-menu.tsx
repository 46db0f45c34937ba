import { useState } from "react";
import { glucoseRoles, type Session } from "#contract/staff.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { ButtonLink } from "../ui/button-link.tsx";
import { SchemeChoice, SingleKeysChoice, UnitChoice } from "../ui/display-choices.tsx";
import { LanguageChoice } from "../ui/language-choice.tsx";
import { Panel } from "../ui/panel.tsx";
import { useFailureLine } from "../ui/plain-failure.tsx";
import prose from "../ui/prose.module.css";
import { useMedia } from "../ui/use-media.ts";
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
  const isNarrow = useMedia("(max-width: 68em)");
  return (
    <Panel
      isOpen={isOpen}
      onClose={() => setIsOpen(false)}
      label={t("account")}
      width="min(17.5rem, 100vw - 1rem)"
      button={
        <button
          type="button"
          className={classes.button}
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
          <span className={prose.unseen}>{t("account")}</span>
        </button>
      }
    >
      <div className={classes.menu}>
        <div>
          <p className={prose.strong}>{user.name}</p>
          <p className={prose.note}>
            {t(`role.${user.role}`)} · {user.email}
          </p>
        </div>
        {isNarrow && glucoseRoles.includes(user.role) && <UnitChoice fullWidth />}
        {isNarrow && <LanguageChoice fullWidth />}
        <SchemeChoice fullWidth />
        <SingleKeysChoice />
        <ButtonLink to="/account" variant="default" fullWidth onClick={() => setIsOpen(false)}>
          {t("ownAccount")}
        </ButtonLink>
        {user.role === "administrator" &&
          (["work", "limits", "exchange", "brand"] as const).map((name) => (
            <ButtonLink
              key={name}
              to={`/${name}`}
              variant="default"
              fullWidth
              onClick={() => setIsOpen(false)}
            >
              {t(name)}
            </ButtonLink>
          ))}
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
    <p className={`${prose.small} ${prose.fault}`} role="alert">
      {t("signOutFailed", { why: useFailureLine(error) })}
    </p>
  );
}
