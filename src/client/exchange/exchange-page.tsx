import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { MadeApiKey } from "#contract/api-keys.ts";
import { exchangeQueries } from "../api/exchange.ts";
import { useMessages } from "../i18n.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import { Section } from "../ui/section.tsx";
import classes from "./exchange.module.css";
import { ExchangeSwitch } from "./exchange-switch.tsx";
import { IssuersSection } from "./issuers-section.tsx";
import { KeyForm } from "./key-form.tsx";
import { KeyTable } from "./key-table.tsx";
import { MadeKey } from "./made-key.tsx";
import { ReceiversSection } from "./receivers-section.tsx";

/** `/exchange`, for administrators: what other programs are told, the switch for all of it, their keys, and whom something may be sent to. */
export function ExchangePage() {
  const t = useMessages("exchange");
  const app = useMessages("app");
  const exchange = useQuery(exchangeQueries.now);
  const { data, error, refetch } = useQuery(exchangeQueries.keys);
  const [made, setMade] = useState<MadeApiKey | null>(null);
  return (
    <div className={classes.page}>
      <Page title={app("exchange")} lead={t("lead")}>
        {exchange.error && (
          <Failure error={exchange.error} title={t("failed")} onRetry={() => void exchange.refetch()} />
        )}
        {exchange.data && <ExchangeSwitch exchange={exchange.data} />}
        {made && <MadeKey key={made.key.id} made={made} />}
        <Section id="keys" title={t("keys")} className={layout.belowLg}>
          <p className={`${prose.dimmed} ${layout.belowMd}`}>{t("keysLead")}</p>
          {error && <Failure error={error} title={t("keysFailed")} onRetry={() => void refetch()} />}
          {!data && !error && <Loading height={120} label={t("loading")} />}
          {data?.keys.length === 0 && <p>{t("noneYet")}</p>}
          {data && data.keys.length > 0 && (
            <KeyTable
              keys={data.keys}
              onRevoked={(id) => setMade((shown) => (shown?.key.id === id ? null : shown))}
            />
          )}
        </Section>
        <Section id="make-key" title={t("make")} className={layout.belowLg}>
          <KeyForm onMade={setMade} />
          <Link className={`${prose.link} ${classes.onward}`} to="/api-docs">
            {t("toDocs")}
          </Link>
        </Section>
        <ReceiversSection />
        <IssuersSection />
      </Page>
    </div>
  );
}
