import { useQuery } from "@tanstack/react-query";
import type { BrandInUse } from "#contract/brand.ts";
import { brandQuery } from "../api/brand.ts";
import { useMessages } from "../i18n.ts";
import { Failure } from "../ui/failure.tsx";
import { Loading } from "../ui/loading.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import { Section } from "../ui/section.tsx";
import classes from "./brand.module.css";
import { ContrastTable } from "./contrast-table.tsx";
import { NoteList, own } from "./note-list.tsx";
import { PaperSample, Sample } from "./samples.tsx";

/** `/brand`, for administrators: what a partner's brand looks like everywhere, and what was refused or corrected of it. */
export function BrandPage() {
  const t = useMessages("brand");
  const app = useMessages("app");
  const { data, error, refetch } = useQuery(brandQuery);
  return (
    <Page title={app("brand")} lead={t("lead")}>
      {error && <Failure error={error} title={t("failed")} onRetry={() => void refetch()} />}
      {!data && !error && <Loading height="20rem" label={t("loading")} />}
      {data && <Brand brand={data} />}
    </Page>
  );
}

function Brand({ brand }: { brand: BrandInUse }) {
  const t = useMessages("brand");
  const { folder, hasChanged, notes, accent } = brand;
  return (
    <div className={classes.parts}>
      {folder === null && (
        <Notice role="note" title={t("none", { own })}>
          {t("noneNext")}
        </Notice>
      )}
      {hasChanged && (
        <Notice role="note" color="yellow" title={t("hasChanged")}>
          {t("hasChangedNext")}
        </Notice>
      )}
      {folder !== null && (
        <Section id="notes" title={t("notes")}>
          <p className={prose.note}>{t("folder", { folder })}</p>
          {notes.length === 0 ? <p>{t("allRight")}</p> : <NoteList notes={notes} />}
        </Section>
      )}
      <div className={classes.schemes}>
        {(["light", "dark"] as const).map((scheme) => (
          <Sample key={scheme} brand={brand} scheme={scheme} />
        ))}
      </div>
      <PaperSample brand={brand} />
      <Section id="contrasts" title={t("contrasts")}>
        <p className={prose.note}>{t("contrastsLead")}</p>
        <ContrastTable contrasts={accent.contrasts} />
      </Section>
    </div>
  );
}
