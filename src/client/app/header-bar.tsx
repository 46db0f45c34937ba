import { Link, NavLink, useLocation } from "react-router";
import { glucoseRoles } from "#contract/staff.ts";
import { useMessages } from "../i18n.ts";
import { UnitChoice } from "../ui/display-choices.tsx";
import { LanguageChoice } from "../ui/language-choice.tsx";
import { Logo } from "../ui/logo.tsx";
import { AccountMenu, type AccountMenuProps } from "./account-menu.tsx";
import classes from "./header-bar.module.css";
import { SearchEverywhere } from "./search-everywhere.tsx";

/** The pages of the support desk, whatever their addresses begin with. */
const isAboutDevices = /^\/(devices|look-ups|help)(\/|$)/;

export function HeaderBar({ user, onSignOut, signOutError }: AccountMenuProps) {
  const t = useMessages("app");
  const { pathname } = useLocation();
  const seesGlucose = glucoseRoles.includes(user.role);
  return (
    <div className={classes.bar}>
      <Link to="/" className={classes.brand} aria-label="Trendline">
        <Logo />
        <span>Trendline</span>
      </Link>
      <nav className={classes.nav} aria-label={t("navigation")}>
        {seesGlucose && <NavLink to="/patients">{t("patients")}</NavLink>}
        <Link to="/devices" aria-current={isAboutDevices.test(pathname) ? "page" : undefined}>
          {t("devices")}
        </Link>
        {user.role === "administrator" && <NavLink to="/staff">{t("staff")}</NavLink>}
        {user.role === "administrator" && <NavLink to="/audit">{t("audit")}</NavLink>}
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
