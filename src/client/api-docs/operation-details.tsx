import { useState } from "react";
import type { Answer, ApiDocument, Content, Operation } from "../api/api-document.ts";
import { useMessages } from "../i18n.ts";
import cards from "../ui/cards.module.css";
import table from "../ui/table.module.css";
import classes from "./api-docs.module.css";
import { bodyOf, commandFor } from "./command.ts";
import { Coded, Plain } from "./plain.tsx";
import { schemaText } from "./schema-text.ts";

interface OperationProps {
  document: ApiDocument;
  path: string;
  method: string;
  operation: Operation;
}

/** One address and how it is asked, in a line that unfolds. */
export function OperationDetails(props: OperationProps) {
  const { path, method, operation } = props;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className={classes.operation} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <code>
          <b data-method={method}>{method.toUpperCase()}</b> {path}
        </code>
        <span lang="en">{operation.summary}</span>
      </summary>
      {isOpen && <Inside {...props} />}
    </details>
  );
}

const resolved = (answer: Answer, { components }: ApiDocument): Answer =>
  answer.$ref ? (components.responses[answer.$ref.split("/").at(-1) ?? ""] ?? answer) : answer;

function Inside({ document, path, method, operation }: OperationProps) {
  const t = useMessages("exchange", "docs");
  const [media, body] = bodyOf(operation) ?? [];
  const answers = Object.entries(operation.responses);
  const good = answers.filter(([status]) => status.startsWith("2"));
  const bad = answers.filter(([status]) => !status.startsWith("2"));
  const server = document.servers[0]?.url ?? "";
  return (
    <div className={classes.inside}>
      <div lang="en">
        <Plain text={operation.description} />
      </div>
      <Parameters operation={operation} document={document} />
      {body && <ContentView title={`${t("body")} (${media})`} content={body} document={document} />}
      {good.flatMap(([status, answer]) =>
        Object.entries(answer.content ?? {}).map(([kind, content]) => (
          <ContentView
            key={`${status} ${kind}`}
            title={t("answer", { status, media: kind })}
            content={content}
            document={document}
          />
        )),
      )}
      <h3>{t("errors")}</h3>
      <ul lang="en">
        {bad.map(([status, answer]) => (
          <li key={status}>
            <code>{status}</code> <Coded text={resolved(answer, document).description ?? ""} />
          </li>
        ))}
      </ul>
      {operation["x-key"] && (
        <>
          <h3>{t("command")}</h3>
          <Code label={t("command")} text={commandFor(server, path, method, operation)} />
        </>
      )}
    </div>
  );
}

function Parameters({ operation, document }: Pick<OperationProps, "operation" | "document">) {
  const t = useMessages("exchange", "docs");
  const { parameters = [] } = operation;
  if (parameters.length === 0) return null;
  return (
    <>
      <h3>{t("parameters")}</h3>
      <table className={`${table.rows} ${cards.cards}`} aria-label={t("parameters")}>
        <thead>
          <tr>
            <th>{t("parameter")}</th>
            <th>{t("where")}</th>
            <th>{t("kind")}</th>
            <th>{t("example")}</th>
          </tr>
        </thead>
        <tbody>
          {parameters.map(({ name, in: where, required = false, schema, example }) => (
            <tr key={`${where} ${name}`}>
              <td>
                <code>{name}</code> <small>{t(required ? "required" : "optional")}</small>
              </td>
              <td data-label={t("where")}>
                <code>{where}</code>
              </td>
              <td data-label={t("kind")}>
                <code>{schemaText(schema, document.components.schemas)}</code>
              </td>
              <td data-label={t("example")}>{example === undefined ? "–" : <code>{example}</code>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** As JSON, with what is in one row in one line. */
const exampleText = (example: unknown) =>
  JSON.stringify(example, null, 2).replace(
    /\[\s+([^[\]{}]*?)\s+\]/g,
    (_, inside: string) => `[${inside.replace(/\n\s+/g, " ")}]`,
  );

interface ContentProps {
  title: string;
  content: Content;
  document: ApiDocument;
}

function ContentView({ title, content: { schema, example }, document }: ContentProps) {
  const t = useMessages("exchange", "docs");
  return (
    <>
      <h3>{title}</h3>
      {schema && (
        <Code label={`${title}: ${t("schema")}`} text={schemaText(schema, document.components.schemas)} />
      )}
      {example !== undefined && (
        <>
          <p>{t("example")}</p>
          <Code label={`${title}: ${t("example")}`} text={exampleText(example)} />
        </>
      )}
    </>
  );
}

function Code({ label, text }: { label: string; text: string }) {
  return (
    <figure className={classes.figure} aria-label={label}>
      <pre className={classes.code} lang="en">
        {text}
      </pre>
    </figure>
  );
}
