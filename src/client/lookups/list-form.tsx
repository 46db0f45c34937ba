import { useQuery } from "@tanstack/react-query";
import { type DragEvent, useMemo, useState } from "react";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { useDraft } from "../ui/draft.ts";
import { FileButton } from "../ui/file-button.tsx";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import { RestoredDraft } from "../ui/restored-draft.tsx";
import { Sentences } from "../ui/sentences.tsx";
import { TextArea } from "../ui/text-area.tsx";
import classes from "./lookups.module.css";
import { type ParsedSerials, parseSerials } from "./parse-serials.ts";
import { readText } from "./read-text.ts";

const mostRejectedShown = 5;

/**
 * The list before it is looked up: what was found in it, and what cannot be a
 * serial number, is said while one types.
 */
export function ListForm({ onStart }: { onStart: (list: ParsedSerials) => void }) {
  const t = useMessages("lookups");
  const owner = useQuery(sessionQuery).data?.user.id ?? "";
  const [text, setText, forget, wasKept] = useDraft("look-ups", owner, "");
  const [fault, setFault] = useState<string | null>(null);
  const parsed = useMemo(() => parseSerials(text), [text]);
  const isEmpty = text.trim() === "";

  const take = async (file: File | null | undefined) => {
    if (!file) return;
    const read = await readText(file);
    setFault("fault" in read ? t(read.fault, { name: file.name }) : null);
    if ("text" in read) setText(read.text);
  };
  const onDrop = (event: DragEvent) => {
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    void take(file);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (parsed.serials.length > 0) onStart(parsed);
        else setFault(t("none"));
      }}
    >
      <div className={`${layout.column} ${classes.form}`} data-gap="sm">
        <RestoredDraft
          fields={wasKept && !isEmpty ? [t("serials")] : []}
          onDiscard={() => {
            setText("");
            forget();
          }}
        />
        <TextArea
          label={t("serials")}
          description={t("fieldNote")}
          rows={10}
          value={text}
          onChange={(event) => {
            setFault(null);
            setText(event.currentTarget.value);
          }}
          onDragOver={(event) => event.preventDefault()}
          onDrop={onDrop}
          error={fault}
          spellCheck={false}
          autoFocus={window.matchMedia("(pointer: fine)").matches}
        />
        <Found parsed={parsed} isEmpty={isEmpty} />
        <div className={layout.row}>
          <Button type="submit">{t("action.lookUp")}</Button>
          <FileButton variant="default" accept=".csv,.txt,text/*" onFile={(file) => void take(file)}>
            {t("action.chooseFile")}
          </FileButton>
        </div>
      </div>
    </form>
  );
}

/** What is in the text, and what of it is no serial number. */
function Found({ parsed, isEmpty }: { parsed: ParsedSerials; isEmpty: boolean }) {
  const t = useMessages("lookups");
  const { serials, repeated, rejected, overLimit } = parsed;
  return (
    <div role="status">
      {!isEmpty && (
        <p>
          <Sentences>
            {t("found", { count: serials.length })}
            {repeated > 0 && t("repeated", { count: repeated })}
            {overLimit > 0 && t("overLimit", { count: overLimit })}
          </Sentences>
        </p>
      )}
      {rejected.length > 0 && (
        <>
          <p className={prose.strong}>{t("rejected", { count: rejected.length })}</p>
          {rejected.slice(0, mostRejectedShown).map(({ line, text: words }) => (
            <p className={prose.small} key={line}>
              {t("line", { line, text: words })}
            </p>
          ))}
        </>
      )}
    </div>
  );
}
