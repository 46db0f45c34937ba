import { Anchor, Button, Stack, Table, Text, Title } from "@mantine/core";
import { Link, useLocation } from "react-router";
import { importFields } from "#contract/import.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import cards from "../ui/cards.module.css";
import { Page } from "../ui/page.tsx";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { FileForm } from "./file-form.tsx";
import classes from "./imports.module.css";
import { LatestFiles } from "./latest-files.tsx";
import { templateRows } from "./template.ts";

/** `/patients/import`: choosing a file of patients, and the files before. */
export function StartPage() {
  const t = useMessages("imports", "file");
  // The list as one left it: its filters and order.
  const { search } = useLocation();
  return (
    <>
      <Anchor component={Link} to={{ pathname: "/patients", search }} size="sm">
        ← {t("action.back")}
      </Anchor>
      <Page title={t("title")} lead={t("lead")}>
        <div className={classes.columns}>
          <Stack gap="xl">
            <FileForm />
            <LatestFiles />
          </Stack>
          <Format />
        </div>
      </Page>
    </>
  );
}

function Format() {
  const t = useMessages("imports", "file");
  const { language } = usePreferences();
  const save = async () => {
    const csv = await import("../ui/csv.ts");
    csv.saveFile(t("templateName"), csv.toCsv(templateRows(language)));
  };
  return (
    <section>
      <Title order={2}>{t("format")}</Title>
      <Text maw="46rem" my="sm">
        {t("formatText")}
      </Text>
      <ScrollRegion label={t("format")}>
        <Table maw="46rem" layout="auto" className={cards.cards ?? ""}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("column")}</Table.Th>
              <Table.Th>{t("meaning")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {importFields.map((field) => (
              <Table.Tr key={field}>
                <Table.Th scope="row">{t(`field.${field}`)}</Table.Th>
                <Table.Td>{t(`meaning-${field}`)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollRegion>
      <Button variant="default" mt="md" onClick={() => void save()}>
        {t("template")}
      </Button>
    </section>
  );
}
