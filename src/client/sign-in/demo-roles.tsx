import { roles } from "#contract/staff.ts";
import { type SignInOutcome, signInAs } from "../api/sign-in.ts";
import { useMessages } from "../i18n.ts";
import { RolePicture } from "./role-picture.tsx";
import classes from "./sign-in.module.css";

export interface SendProps {
  pending: boolean;
  onSend: (send: () => Promise<SignInOutcome>) => void;
}

/** One click each, on the sandbox only. */
export function DemoRoles({ pending, onSend }: SendProps) {
  const t = useMessages("stage", "way");
  return (
    <section className={classes.demo}>
      <h2>{t("demo")}</h2>
      <p>{t("demoLead")}</p>
      {roles.map((role) => (
        <button
          key={role}
          type="button"
          aria-disabled={pending}
          onClick={() => !pending && onSend(() => signInAs(role))}
        >
          <RolePicture role={role} />
          <strong>{t(`role.${role}`)}</strong>
          <span>{t(`${role}Sees`)}</span>
        </button>
      ))}
    </section>
  );
}
