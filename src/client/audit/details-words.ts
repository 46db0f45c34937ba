import type { AuditEntry } from "#contract/audit.ts";
import { roles } from "#contract/staff.ts";
import { targetNames } from "#glucose/targets.ts";
import { useDetailsMessages } from "./details-messages.ts";

type Details = NonNullable<AuditEntry["details"]>;

const parts = ["name", "timeZone", "targets", "tags", "careTeam", "archived"] as const;

/** Looks, changes, roles and sessions in words; null for details of another kind. */
export function useDetailsWords(): (action: string, details: Details) => string | null {
  const t = useDetailsMessages();

  const role = (name: Details[string]) => {
    const known = roles.find((one) => one === name);
    return known ? t(known) : String(name);
  };
  const value = (part: (typeof parts)[number], of: Details[string] | undefined) => {
    if (part === "archived") return t(of === "true" ? "yes" : "no");
    const known = targetNames.find((one) => one === of);
    return known ? t(known) : String(of);
  };
  const change = (details: Details) => {
    const changed = String(details.changed).split(" ");
    return parts
      .filter((part) => changed.includes(part))
      .map((part) =>
        `${part}.after` in details
          ? t("change", {
              part: t(part),
              before: value(part, details[`${part}.before`]),
              after: value(part, details[`${part}.after`]),
            })
          : t(part),
      )
      .join(", ");
  };

  return (action, details) => {
    const { days, ago, changed, before, purpose, sessions } = details;
    if (typeof days === "number")
      return [
        t("days", { count: days }),
        ...(typeof ago === "number" ? [t("ago", { count: ago })] : []),
      ].join(", ");
    if (changed !== undefined) return change(details);
    if (action.startsWith("staff.make-") && before !== undefined)
      return t("roleBefore", { role: role(before) });
    if (action.startsWith("invitation."))
      return t(purpose === "join" ? "join" : "new-password", { role: role(details.role ?? "") });
    if (action === "session.revoke") return t(sessions === "others" ? "others" : "one");
    return null;
  };
}
