import { Button, FileButton, Group, Stack, Text, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type DragEvent, useMemo, useState } from "react";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { useDraft } from "../ui/draft.ts";
import { RestoredDraft } from "../ui/restored-draft.tsx";
import { Sentences } from "../ui/sentences.tsx";
import { type ParsedSerials, parseSerials } from "./parse-serials.ts";

const largestFileBytes = 5_000_000;
const mostRejectedShown = 5;

/** The list before it is looked up: what was found in it, and what cannot be a serial number, is said while one types. */
export function ListForm({ onStart }: { onStart: (list: ParsedSerials) => void }) {
  const t = useMessages("lookups");
  const owner = useQuery(sessionQuery).data?.user.id ?? "";
  const [text, setText, forget, wasKept] = useDraft("look-ups", owner, "");
  const [fault, setFault] = useState<string | null>(null);
  const parsed = useMemo(() => parseSerials(text), [text]);
  const { serials, repeated, rejected, beyond } = parsed;
  const isEmpty = text.trim() === "";

  const take = async (file: File | null | undefined) => {
    if (!file) return;
    const { name } = file;
    if (file.size > largestFileBytes) return setFault(t("fileTooLarge", { name }));
    const bytes = new Uint8Array(await file.arrayBuffer());
    const utf16 = { "255,254": "utf-16le", "254,255": "utf-16be" }[bytes.subarray(0, 2).join()];
    // A text has no zero byte in UTF-8 or in any other encoding that lists come in.
    if (!utf16 && bytes.includes(0)) return setFault(t("fileNotText", { name }));
    const read = new TextDecoder(utf16).decode(bytes);
    if (read.trim() === "") return setFault(t("fileEmpty", { name }));
    setFault(null);
    setText(read);
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
        if (serials.length > 0) onStart(parsed);
        else setFault(t("none"));
      }}
    >
      <Stack gap="sm" maw="48rem">
        <RestoredDraft
          fields={wasKept && !isEmpty ? [t("serials")] : []}
          onDiscard={() => {
            setText("");
            forget();
          }}
        />
        <Textarea
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
        <div role="status">
          {!isEmpty && (
            <Text>
              <Sentences>
                {t("found", { count: serials.length })}
                {repeated > 0 && t("repeated", { count: repeated })}
                {beyond > 0 && t("beyond", { count: beyond })}
              </Sentences>
            </Text>
          )}
          {rejected.length > 0 && (
            <>
              <Text fw={600}>{t("rejected", { count: rejected.length })}</Text>
              {rejected.slice(0, mostRejectedShown).map(({ line, text: words }) => (
                <Text key={line} size="sm">
                  {t("line", { line, text: words })}
                </Text>
              ))}
            </>
          )}
        </div>
        <Group>
          <Button type="submit">{t("action.lookUp")}</Button>
          <FileButton onChange={(file) => void take(file)} accept=".csv,.txt,text/*">
            {(props) => (
              <Button variant="default" {...props}>
                {t("action.chooseFile")}
              </Button>
            )}
          </FileButton>
        </Group>
      </Stack>
    </form>
  );
}
