import { Button, Paper, Table, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { invitationMutations, invitationQueries } from "../api/invitations.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import cards from "../ui/cards.module.css";
import { Failure } from "../ui/failure.tsx";
import { formatDateTime } from "../ui/time.ts";
import classes from "./staff.module.css";

/** The links that were handed over and still work, each with the way to take it back. */
export function OpenLinks({ onWithdrawn }: { onWithdrawn: (id: string) => void }) {
  const t = useMessages("staff");
  const { language } = usePreferences();
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const { data, error, refetch } = useQuery(invitationQueries.open);
  // The row and its button are gone then.
  const heading = useRef<HTMLHeadingElement>(null);
  const withdrawing = useMutation({
    ...invitationMutations.withdraw,
    // Here, because several may be under way at once.
    onSettled: (left, _error, id) => {
      if (!left) return;
      onWithdrawn(id);
      heading.current?.focus();
    },
  });
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="open-links">
      <Title order={2} id="open-links" ref={heading} tabIndex={-1}>
        {t("links")}
      </Title>
      <Text c="dimmed" mb="md">
        {t("linksLead")}
      </Text>
      {error && <Failure error={error} title={t("linksFailed")} onRetry={() => void refetch()} />}
      {withdrawing.error && <Failure error={withdrawing.error} title={t("withdrawFailed")} />}
      {data?.invitations.length === 0 && <Text>{t("noLinks")}</Text>}
      {data && data.invitations.length > 0 && (
        <Table className={`${cards.cards} ${classes.table}`} aria-labelledby="open-links">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("field.name")}</Table.Th>
              <Table.Th>{t("role")}</Table.Th>
              <Table.Th>{t("purpose")}</Table.Th>
              <Table.Th>{t("until")}</Table.Th>
              <Table.Th>{t("actions")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.invitations.map(({ id, name, email, role, purpose, expiresAtMs }) => (
              <Table.Tr key={id}>
                <Table.Td>
                  <span className={classes.who}>
                    {name}
                    <small>{email}</small>
                  </span>
                </Table.Td>
                <Table.Td data-label={t("role")}>{t(`role.${role}`)}</Table.Td>
                <Table.Td data-label={t("purpose")}>{t(purpose)}</Table.Td>
                <Table.Td data-label={t("until")} className={classes.time ?? ""}>
                  {formatDateTime(expiresAtMs, timeZone, language)}
                </Table.Td>
                <Table.Td>
                  <Button
                    variant="default"
                    size="xs"
                    aria-label={t("withdrawOf", { name })}
                    loading={withdrawing.isPending && withdrawing.variables === id}
                    onClick={() => withdrawing.mutate(id)}
                  >
                    {t("withdraw")}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Paper>
  );
}
