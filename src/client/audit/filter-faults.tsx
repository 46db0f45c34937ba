import { useQuery } from "@tanstack/react-query";
import { auditActions, nobody } from "#contract/audit.ts";
import { auditQueries } from "../api/audit.ts";
import { useMessages } from "../i18n.ts";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import { type AuditFilter, filterFaults } from "./view.ts";

export interface Faults {
  /** What the address asks for that there is not, a sentence each. */
  nonsense: readonly string[];
  /** The first day is after the last. */
  isBackwards: boolean;
}

/** What the address asks for and nobody can show. */
export function useFilterFaults(search: URLSearchParams, filter: AuditFilter): Faults {
  const t = useMessages("audit", "trail");
  const { data: choices } = useQuery(auditQueries.choices);
  const { actor, action, from, to } = filter;
  const known = (all: readonly string[] | undefined, value: string | undefined) =>
    !all || value === undefined || all.includes(value);
  const people = choices && [nobody, ...choices.people.map(({ id }) => id)];
  const nonsense = filterFaults(search).map(({ name, value }) => t(`no-${name}`, { value }));
  if (!known(people, actor)) nonsense.push(t("no-actor", { value: actor ?? "" }));
  if (!known(choices && [...auditActions, ...choices.actions], action))
    nonsense.push(t("no-action", { value: action ?? "" }));
  return { nonsense, isBackwards: from !== undefined && to !== undefined && from > to };
}

export function FilterFaults({ nonsense, isBackwards }: Faults) {
  const t = useMessages("audit", "trail");
  if (nonsense.length === 0 && !isBackwards) return null;
  return (
    // Days the wrong way round are chosen in the fields as well, and do exist.
    <Notice className={layout.belowSm} color="yellow" title={nonsense.length > 0 && t("nonsense")}>
      {nonsense.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {isBackwards && <p>{t("backwards")}</p>}
    </Notice>
  );
}
