import { useMessages } from "../i18n.ts";
import { Link } from "../ui/link.tsx";
import page from "../ui/page.module.css";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";

export function NotFoundPage() {
  const t = useMessages("app");
  return (
    <Page title={t("notFound")}>
      <p>{t("notFoundMeaning")}</p>
      <Link className={`${prose.link} ${page.onward}`} to="/">
        {t("toStart")}
      </Link>
    </Page>
  );
}
