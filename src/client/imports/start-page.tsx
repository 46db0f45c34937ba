import { useLocation } from "react-router";
import { importFields } from "#contract/import.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import cards from "../ui/cards.module.css";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import table from "../ui/table.module.css";
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
      <Link className={`${prose.link} ${prose.small}`} to={{ pathname: "/patients", search }}>
        ← {t("action.back")}
      </Link>
      <Page title={t("title")} lead={t("lead")}>
        <div className={classes.columns}>
          <div className={layout.column} data-gap="xl">
            <FileForm />
            <LatestFiles />
          </div>
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
      <h2>{t("format")}</h2>
      <p className={`${layout.aboveSm} ${layout.belowSm} ${classes.lead}`}>{t("formatText")}</p>
      <ScrollRegion label={t("format")}>
        <table className={`${table.rows} ${cards.cards} ${classes.columnTable}`}>
          <thead>
            <tr>
              <th>{t("column")}</th>
              <th>{t("meaning")}</th>
            </tr>
          </thead>
          <tbody>
            {importFields.map((field) => (
              <tr key={field}>
                <th scope="row">{t(`field.${field}`)}</th>
                <td>{t(`meaning-${field}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <Button className={layout.aboveMd} variant="default" onClick={() => void save()}>
        {t("template")}
      </Button>
    </section>
  );
}
