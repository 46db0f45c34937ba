import { useMutation } from "@tanstack/react-query";
import { type DragEvent, useMemo, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { glucoseIn } from "#contract/glucose-in-text.ts";
import { largestListBytes, longestListName } from "#contract/lookups.ts";
import { type ParsedSerials, parseSerials } from "#sensor/serial-list.ts";
import { readTyped } from "#sensor/typed-serials.ts";
import { formatList } from "#words/list.ts";
import { lookupMutations } from "../api/lookups.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { useDraft } from "../ui/draft.ts";
import { Failure } from "../ui/failure.tsx";
import { FileButton } from "../ui/file-button.tsx";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import { RestoredDraft } from "../ui/restored-draft.tsx";
import { Sentences } from "../ui/sentences.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { TextField } from "../ui/text-field.tsx";
import classes from "./lookups.module.css";
import { readText } from "./read-text.ts";

const mostRejectedShown = 5;
const mostOffers = 4;

/**
 * The list before it is looked up: what was found in it, and what cannot be a
 * serial number, is said while one types.
 */
export function ListForm({ owner }: { owner: string }) {
  const t = useMessages("lookups");
  const navigate = useNavigate();
  const [text, setText, forget, wasKept] = useDraft("look-ups", owner, "");
  const [name, setName] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  /** A file that was refused: what stands in the field is not what somebody just chose. */
  const [isRefused, setRefused] = useState(false);
  const parsed = useMemo(() => parseSerials(text), [text]);
  const send = useMutation(lookupMutations.send);
  const nameField = useRef<HTMLInputElement>(null);
  const isEmpty = text.trim() === "";
  const glucose = glucoseIn(name, "title");

  const take = async (file: File | null | undefined) => {
    if (!file) return;
    const read = await readText(file);
    setFault("fault" in read ? t(read.fault, { name: file.name }) : null);
    setRefused("fault" in read && !isEmpty);
    if ("fault" in read) return;
    setText(read.text);
    setName((before) => before || file.name.replace(/\.\w+$/, ""));
  };
  const onDrop = (event: DragEvent) => {
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    void take(file);
  };
  const begin = () => {
    const [first] = parsed.rows;
    const count = parsed.rows.length - 1;
    if (!first) return setFault(t("none"));
    const given = name.trim() || (count > 0 ? t("unnamed", { serial: first.serial, count }) : first.serial);
    if (glucose !== null) return nameField.current?.focus();
    const list = new File([text], given);
    if (list.size > largestListBytes) return setFault(t("fileTooLarge", { name: given }));
    send.mutate(list, {
      onSuccess: ({ id }) => {
        forget();
        void navigate(`/look-ups/${id}`);
      },
    });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!send.isPending && !isRefused) begin();
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
            setRefused(false);
            setText(event.currentTarget.value);
          }}
          onDragOver={(event) => event.preventDefault()}
          onDrop={onDrop}
          error={fault}
          spellCheck={false}
          autoFocus={window.matchMedia("(pointer: fine)").matches}
        />
        {isRefused ? (
          <div className={layout.row} role="status">
            <span>{t("formerText")}</span>
            <Button
              variant="default"
              onClick={() => {
                setFault(null);
                setRefused(false);
              }}
            >
              {t("useFormer")}
            </Button>
          </div>
        ) : (
          <Found parsed={parsed} isEmpty={isEmpty} />
        )}
        <TextField
          ref={nameField}
          label={t("name")}
          description={t("nameNote")}
          error={glucose && <span role="alert">{t("nameGlucose", { part: glucose })}</span>}
          value={name}
          maxLength={longestListName}
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={layout.row}>
          <Button type="submit" loading={send.isPending} disabled={isRefused}>
            {t("action.lookUp")}
          </Button>
          <FileButton variant="default" accept=".csv,.txt,text/*" onFile={(file) => void take(file)}>
            {t("action.chooseFile")}
          </FileButton>
        </div>
        {send.error && <Failure error={send.error} title={t("sendFailed")} />}
      </div>
    </form>
  );
}

/** What is in the text, and what of it is no serial number. */
function Found({ parsed, isEmpty }: { parsed: ParsedSerials; isEmpty: boolean }) {
  const t = useMessages("lookups");
  const { language } = usePreferences();
  const { rows, header, column, ranges, repeated, rejected, overLimit } = parsed;
  return (
    <div role="status">
      {!isEmpty && (
        <p>
          <Sentences>
            {t("found", { count: rows.length })}
            {repeated > 0 && t("repeated", { count: repeated })}
            {overLimit > 0 && t("overLimit", { count: overLimit })}
            {header && t("header", header)}
            {column &&
              t("oneColumn", {
                name: column.name,
                others: formatList(
                  column.others.map((one) => t("columnQuoted", { name: one })),
                  language,
                ),
                count: column.others.length,
              })}
          </Sentences>
        </p>
      )}
      {ranges.length > 0 && (
        <>
          <p className={prose.strong}>{t("ranges", { count: ranges.length })}</p>
          {ranges.slice(0, mostRejectedShown).map((range) => (
            <p className={prose.small} key={range.line}>
              {t("rangeLine", range)}
            </p>
          ))}
          {ranges.length > mostRejectedShown && (
            <p className={prose.small}>{t("moreLines", { count: ranges.length - mostRejectedShown })}</p>
          )}
        </>
      )}
      {rejected.length > 0 && (
        <>
          <p className={prose.strong}>{t("rejected", { count: rejected.length })}</p>
          {rejected.slice(0, mostRejectedShown).map(({ line, text: words }) => {
            const offers = readTyped(words).unsure.map(({ serial }) => serial);
            return (
              <p className={prose.small} key={line}>
                <Sentences>
                  {t("line", { line, text: words })}
                  {offers.length > 0 &&
                    t("offers", {
                      serials: formatList(offers.slice(0, mostOffers), language),
                    })}
                </Sentences>
              </p>
            );
          })}
          {rejected.length > mostRejectedShown && (
            <p className={prose.small}>{t("moreLines", { count: rejected.length - mostRejectedShown })}</p>
          )}
        </>
      )}
    </div>
  );
}
