import { Anchor, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "react-router";
import { importQueries } from "../api/imports.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { formatDateTime } from "../ui/time.ts";
import classes from "./imports.module.css";

/** The files before, each with its state and the way to it. */
export function LatestFiles() {
  const t = useMessages("imports", "file");
  const { language } = usePreferences();
  const { search } = useLocation();
  const { data, error, refetch } = useQuery(importQueries.latest);
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const number = new Intl.NumberFormat(language);
  return (
    <section>
      <Title order={2} mb="sm">
        {t("latest")}
      </Title>
      {error && <Failure error={error} title={t("latestFailed")} onRetry={() => void refetch()} />}
      {data?.imports.length === 0 && <Text c="dimmed">{t("none")}</Text>}
      {data && data.imports.length > 0 && (
        <ScrollRegion label={t("latest")}>
          <Table maw="60rem">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("file")}</Table.Th>
                <Table.Th>{t("field.state")}</Table.Th>
                <Table.Th>{t("rows")}</Table.Th>
                <Table.Th>{t("when")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.imports.map(({ id, fileName, state, total, createdAtMs }) => (
                <Table.Tr key={id}>
                  <Table.Td className={classes.name}>
                    <Anchor component={Link} to={{ pathname: `/patients/import/${id}`, search }}>
                      {fileName || id}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>{t(`state-${state}`)}</Table.Td>
                  <Table.Td>{number.format(total)}</Table.Td>
                  <Table.Td>{formatDateTime(createdAtMs, timeZone, language)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollRegion>
      )}
    </section>
  );
}
