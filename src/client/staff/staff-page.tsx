import { Paper, Skeleton, Table, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { sessionQuery } from "../session.ts";
import { Failure } from "../ui/failure.tsx";
import { Page } from "../ui/page.tsx";
import { useStaffMessages } from "./messages.ts";
import { staffQuery } from "./queries.ts";
import { StaffForm } from "./staff-form.tsx";

/** `/staff`, for administrators: who may sign in, and adding a colleague. */
export function StaffPage() {
  const t = useStaffMessages();
  const owner = useQuery(sessionQuery).data?.user.id;
  const { data, error, refetch } = useQuery(staffQuery);
  return (
    <Page title={t("title")} lead={t("lead")}>
      {error && <Failure error={error} title={t("failed")} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={160} aria-label={t("loading")} />}
      {data && (
        <Paper withBorder mb="lg">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("name")}</Table.Th>
                <Table.Th>{t("email")}</Table.Th>
                <Table.Th>{t("role")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.staff.map(({ id, name, email, role }) => (
                <Table.Tr key={id}>
                  <Table.Td>{name}</Table.Td>
                  <Table.Td style={{ overflowWrap: "anywhere" }}>{email}</Table.Td>
                  <Table.Td>{t(role)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Paper>
      )}
      <Paper withBorder p="lg" maw={480}>
        <Title order={2} mb="md">
          {t("add")}
        </Title>
        {owner && <StaffForm owner={owner} />}
      </Paper>
    </Page>
  );
}
