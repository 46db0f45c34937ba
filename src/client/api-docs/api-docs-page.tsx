import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type ApiDocument, apiDocumentAddress, apiDocumentQuery } from "../api/api-document.ts";
import { useMessages } from "../i18n.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import { Section } from "../ui/section.tsx";
import { Switch } from "../ui/switch.tsx";
import classes from "./api-docs.module.css";
import { OperationDetails } from "./operation-details.tsx";
import { Plain } from "./plain.tsx";

/** `/api-docs`: what programs can ask for, made from the document that the server describes itself with. */
export function ApiDocsPage() {
  const t = useMessages("exchange", "docs");
  const { data, error, refetch } = useQuery(apiDocumentQuery);
  return (
    <div className={classes.page}>
      <Page title={t("title")} lead={t("lead")}>
        {error && <Failure error={error} title={t("failed")} onRetry={() => void refetch()} />}
        {!data && !error && <Loading height="30rem" label={t("loading")} />}
        {data && <Groups document={data} />}
      </Page>
    </div>
  );
}

interface Address {
  path: string;
  method: string;
}

const idOf = (name: string) => name.toLowerCase().replaceAll(/\W+/g, "-");

function Groups({ document }: { document: ApiDocument }) {
  const t = useMessages("exchange", "docs");
  const [keysOnly, setKeysOnly] = useState(true);
  const addresses = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => !keysOnly || operation["x-key"] !== undefined)
      .map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = document.tags
    .map((tag) => ({
      ...tag,
      addresses: addresses.filter(({ operation }) => operation.tags.includes(tag.name)),
    }))
    .filter((group) => group.addresses.length > 0);
  return (
    <>
      <div lang="en" className={classes.intro}>
        <Plain text={document.info.description} />
      </div>
      <div className={`${layout.ends} ${layout.belowLg}`}>
        <Switch
          label={t("keysOnly")}
          checked={keysOnly}
          onChange={(event) => setKeysOnly(event.currentTarget.checked)}
        />
        <a className={prose.link} href={apiDocumentAddress}>
          {t("document")}
        </a>
      </div>
      <nav aria-label={t("groups")} className={classes.groups}>
        {groups.map(({ name, addresses: inside }) => (
          <a key={name} className={prose.link} href={`#${idOf(name)}`}>
            <span lang="en">{name}</span> <small>{t("operations", { count: inside.length })}</small>
          </a>
        ))}
      </nav>
      {groups.map(({ name, description, addresses: inside }) => (
        <Section key={name} id={idOf(name)} title={<span lang="en">{name}</span>} className={layout.belowLg}>
          <div lang="en" className={`${prose.dimmed} ${layout.belowSm}`}>
            <Plain text={description} />
          </div>
          {inside.map(({ path, method, operation }) => (
            <OperationDetails key={keyOf({ path, method })} {...{ document, path, method, operation }} />
          ))}
        </Section>
      ))}
    </>
  );
}

const keyOf = ({ path, method }: Address) => `${method} ${path}`;
