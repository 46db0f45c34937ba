import { Alert, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { auditActions, nobody } from "#contract/audit.ts";
import { auditQueries } from "../api/audit.ts";
import { useMessages } from "../i18n.ts";
import { type AuditFilter, filterFaults } from "./view.ts";

/** Says what the address asks for and nobody can show. */
export function FilterFaults({ search, filter }: { search: URLSearchParams; filter: AuditFilter }) {
  const t = useMessages("audit", "trail");
  const { data: choices } = useQuery(auditQueries.choices);
  const { actor, action, from, to } = filter;
  const known = (all: readonly string[] | undefined, value: string | undefined) =>
    !all || value === undefined || all.includes(value);
  const people = choices && [nobody, ...choices.people.map(({ id }) => id)];
  const sentences = [
    ...filterFaults(search).map(({ name, value }) => t(`no-${name}`, { value })),
    ...(known(people, actor) ? [] : [t("no-actor", { value: actor ?? "" })]),
    ...(known(choices && [...auditActions, ...choices.actions], action)
      ? []
      : [t("no-action", { value: action ?? "" })]),
  ];
  const isBackwards = from !== undefined && to !== undefined && from > to;
  if (sentences.length === 0 && !isBackwards) return null;
  return (
    // Days the wrong way round are chosen in the fields as well, and do exist.
    <Alert color="yellow" mb="sm" title={sentences.length > 0 && t("nonsense")}>
      {sentences.map((sentence) => (
        <Text key={sentence}>{sentence}</Text>
      ))}
      {isBackwards && <Text>{t("backwards")}</Text>}
    </Alert>
  );
}
