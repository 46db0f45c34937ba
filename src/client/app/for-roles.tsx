import { useQuery } from "@tanstack/react-query";
import { Outlet } from "react-router";
import type { Role } from "#contract/staff.ts";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { Link } from "../ui/link.tsx";
import page from "../ui/page.module.css";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";

/**
 * Lets these roles through and tells the others plainly. The server
 * refuses the data whatever this page shows.
 */
export function ForRoles({ roles }: { roles: readonly Role[] }) {
  const role = useQuery(sessionQuery).data?.user.role;
  if (!role) return null;
  return roles.includes(role) ? <Outlet /> : <NotForRolePage role={role} />;
}

function NotForRolePage({ role }: { role: Role }) {
  const t = useMessages("app");
  return (
    <Page title={t("notForRole")}>
      <p>{t("notForRoleMeaning", { role: t(`role.${role}`) })}</p>
      <p>{t("notForRoleNext")}</p>
      <Link className={`${prose.link} ${page.onward}`} to="/">
        {t("toStart")}
      </Link>
    </Page>
  );
}
