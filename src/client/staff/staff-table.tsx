import { useQuery } from "@tanstack/react-query";
import type { NewLink } from "#contract/invitation.ts";
import type { StaffAccount } from "#contract/staff.ts";
import { formatDateTime } from "#words/time.ts";
import { aboutQuery } from "../api/about.ts";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import badge from "../ui/badge.module.css";
import cards from "../ui/cards.module.css";
import frame from "../ui/frame.module.css";
import layout from "../ui/layout.module.css";
import table from "../ui/table.module.css";
import { MemberActions } from "./member-actions.tsx";
import classes from "./staff.module.css";

interface StaffTableProps {
  staff: StaffAccount[];
  onLink: (made: NewLink) => void;
}

function wayIn({ hasPassword, hasSingleSignOn }: StaffAccount, isSandbox: boolean) {
  if (hasPassword) return hasSingleSignOn ? "both" : "field.password";
  if (hasSingleSignOn) return "singleSignOn";
  return isSandbox ? "oneClick" : "noWay";
}

/** Everyone who may sign in or once could; a row is a card where it is narrow. */
export function StaffTable({ staff, onLink }: StaffTableProps) {
  const t = useMessages("staff");
  const app = useMessages("app");
  const { language } = usePreferences();
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const own = useQuery(sessionQuery).data?.user.id;
  const isSandbox = useQuery(aboutQuery).data?.platform === "sandbox";
  const factor = ({ hasPassword, secondFactor }: StaffAccount) =>
    hasPassword ? t(secondFactor ? "on" : "off") : t("unknown");
  return (
    <div className={`${frame.frame} ${frame.flush} ${layout.belowLg}`}>
      <table
        className={`${table.rows} ${table.roomy} ${cards.cards} ${classes.table}`}
        aria-label={app("staff")}
      >
        <thead>
          <tr>
            <th>{t("field.name")}</th>
            <th>{t("role")}</th>
            <th>{t("signsIn")}</th>
            <th>{t("field.secondFactor")}</th>
            <th>{t("lastSignIn")}</th>
            <th>{t("actions")}</th>
          </tr>
        </thead>
        <tbody>
          {staff.map((member) => (
            <tr key={member.id}>
              <td>
                <span className={classes.who} data-inactive={!member.active || undefined}>
                  <span>
                    {member.name} {member.id === own && <span className={badge.badge}>{t("you")}</span>}
                    {!member.active && (
                      <span className={badge.badge} data-color="gray">
                        {t("inactive")}
                      </span>
                    )}
                  </span>
                  <small>{member.email}</small>
                </span>
              </td>
              <td data-label={t("role")}>{t(`role.${member.role}`)}</td>
              <td data-label={t("signsIn")}>{t(wayIn(member, isSandbox))}</td>
              <td data-label={t("field.secondFactor")}>{factor(member)}</td>
              <td data-label={t("lastSignIn")} className={classes.time}>
                {member.lastSignInMs === null
                  ? t("never")
                  : formatDateTime(member.lastSignInMs, timeZone, language)}
              </td>
              <td>
                <MemberActions
                  key={`${member.role} ${member.active}`}
                  member={member}
                  isOneself={member.id === own}
                  onLink={onLink}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
