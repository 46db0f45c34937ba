import { useLocation } from "react-router";
import { glucoseRoles } from "#contract/staff.ts";
import { useMessages } from "../i18n.ts";
import { brand } from "../in-brand.ts";
import { UnitChoice } from "../ui/display-choices.tsx";
import { LanguageChoice } from "../ui/language-choice.tsx";
import { Link } from "../ui/link.tsx";
import { Mark } from "../ui/mark.tsx";
import { AccountMenu, type AccountMenuProps } from "./account-menu.tsx";
import classes from "./header-bar.module.css";
import { SearchEverywhere } from "./search-everywhere.tsx";

/** The pages of the support desk, by how their addresses begin. */
const aboutDevices = ["devices", "look-ups", "recalls", "cases", "help"];

export function HeaderBar({ user, onSignOut, signOutError }: AccountMenuProps) {
  const t = useMessages("app");
  const { pathname } = useLocation();
  const seesGlucose = glucoseRoles.includes(user.role);
  const begin = pathname.split("/")[1]?.toLowerCase() ?? "";
  const wayTo = (
    name: "patients" | "work" | "devices" | "fleet" | "staff" | "audit",
    begins: string[] = [name],
  ) => (
    <Link to={`/${name}`} aria-current={begins.includes(begin) ? "page" : undefined}>
      {t(name)}
    </Link>
  );
  return (
    <div className={classes.bar}>
      <Link to="/" className={classes.brand} aria-label={brand.name}>
        <Mark />
      </Link>
      <nav className={classes.nav} aria-label={t("navigation")}>
        {seesGlucose && wayTo("patients")}
        {user.role === "support" && wayTo("work")}
        {wayTo("devices", aboutDevices)}
        {wayTo("fleet")}
        {user.role === "administrator" && wayTo("staff")}
        {user.role === "administrator" && wayTo("audit")}
      </nav>
      <SearchEverywhere seesPatients={seesGlucose} />
      <div className={classes.wide}>
        {seesGlucose && <UnitChoice />}
        <LanguageChoice />
      </div>
      <AccountMenu user={user} onSignOut={onSignOut} signOutError={signOutError} />
    </div>
  );
}
