import { Badge, Paper, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { NewLink } from "#contract/invitation.ts";
import type { StaffAccount } from "#contract/staff.ts";
import { aboutQuery } from "../api/about.ts";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import cards from "../ui/cards.module.css";
import { formatDateTime } from "../ui/time.ts";
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
    <Paper withBorder mb="lg">
      <Table className={`${cards.cards} ${classes.table}`} verticalSpacing="sm" aria-label={app("staff")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("field.name")}</Table.Th>
            <Table.Th>{t("role")}</Table.Th>
            <Table.Th>{t("signsIn")}</Table.Th>
            <Table.Th>{t("field.secondFactor")}</Table.Th>
            <Table.Th>{t("lastSignIn")}</Table.Th>
            <Table.Th>{t("actions")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {staff.map((member) => (
            <Table.Tr key={member.id}>
              <Table.Td>
                <span className={classes.who} data-inactive={!member.active || undefined}>
                  <span>
                    {member.name} {member.id === own && <Badge variant="light">{t("you")}</Badge>}
                    {!member.active && (
                      <Badge variant="light" color="gray">
                        {t("inactive")}
                      </Badge>
                    )}
                  </span>
                  <small>{member.email}</small>
                </span>
              </Table.Td>
              <Table.Td data-label={t("role")}>{t(`role.${member.role}`)}</Table.Td>
              <Table.Td data-label={t("signsIn")}>{t(wayIn(member, isSandbox))}</Table.Td>
              <Table.Td data-label={t("field.secondFactor")}>{factor(member)}</Table.Td>
              <Table.Td data-label={t("lastSignIn")} className={classes.time ?? ""}>
                {member.lastSignInMs === null
                  ? t("never")
                  : formatDateTime(member.lastSignInMs, timeZone, language)}
              </Table.Td>
              <Table.Td>
                <MemberActions
                  key={`${member.role} ${member.active}`}
                  member={member}
                  isOneself={member.id === own}
                  onLink={onLink}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
