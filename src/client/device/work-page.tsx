import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, lazy, Suspense, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { deviceRowStates, deviceSearchMaxLength } from "#contract/device-rows.ts";
import type { DeviceRow } from "#contract/device-worklist.ts";
import { deviceReasonKeys } from "#glucose/reason-keys.ts";
import { type DeviceListView, devicePageSize, deviceWorklistQueries } from "../api/device-worklist.ts";
import { limitsQuery } from "../api/limits.ts";
import { sessionQuery } from "../api/session.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { useIsToldAbove } from "../outage.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { CloseButton } from "../ui/close-button.tsx";
import { useDraft } from "../ui/draft.ts";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { PlainFailure } from "../ui/plain-failure.tsx";
import prose from "../ui/prose.module.css";
import { Segmented } from "../ui/segmented.tsx";
import { SelectField } from "../ui/select-field.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useSettled } from "../ui/use-settled.ts";
import { SerialForm } from "./serial-form.tsx";
import classes from "./work.module.css";
import type { DoneAct } from "./work-done.tsx";
import { useWorkKeys } from "./work-keys.ts";
import { AsOfNote, Elsewhere } from "./work-notes.tsx";
import { WorkRow } from "./work-row.tsx";
import { isUntold } from "./work-words.ts";

const reasons = ["all", "handed-over", ...deviceReasonKeys] as const;
const typingMs = 250;

const WorkKeysHelp = lazy(async () => ({ default: (await import("./work-keys-help.tsx")).WorkKeysHelp }));

/** `/work`: where support's work begins: the number on the box of who calls, and below whom to call first. */
export function WorkPage() {
  const t = useMessages("device", "work");
  const account = useQuery(sessionQuery).data?.user.id;
  return (
    <Page
      title={t("title")}
      actions={
        <div className={layout.row}>
          <Link className={prose.link} to="/devices" state={{ person: "" }}>
            {t("byPerson")}
          </Link>
          <Link className={prose.link} to="/cases">
            {t("allCases")}
          </Link>
          <Link className={prose.link} to="/look-ups">
            {t("search.many")}
          </Link>
        </div>
      }
    >
      <div className={layout.column} data-gap="lg">
        <div className={classes.serialForm}>
          <SerialForm initial="" takeFocus isCompact />
        </div>
        {account && <WorkList key={account} owner={account} />}
      </div>
    </Page>
  );
}

/** What of the list is asked for. In the address, but for the search: a name is a patient's data. */
function useView(owner: string) {
  const [search, setSearch] = useSearchParams();
  const [text, setText] = useDraft("device-worklist-search", owner, "");
  const state = deviceRowStates.find((one) => one === search.get("show")) ?? "open";
  const reason = reasons.find((one) => one === search.get("reason")) ?? "all";
  const page = Math.max(0, Math.floor(Number(search.get("page")) || 1) - 1);
  const choose = (name: "show" | "reason" | "page", value: string, usual: string) =>
    setSearch(
      (before) => {
        if (name !== "page") before.delete("page");
        if (value === usual) before.delete(name);
        else before.set(name, value);
        return before;
      },
      { replace: true },
    );
  const type = (value: string) => {
    setText(value);
    if (page > 0) choose("page", "1", "1");
  };
  return { state, reason, page, text, choose, type };
}

function WorkList({ owner }: { owner: string }) {
  const t = useMessages("device", "work");
  const sheet = useMessages("ui", "sheet");
  const keys = useMessages("ui", "keys");
  const hours = useQuery(limitsQuery).data?.limits.endsWithinHours;
  const reasonLabel = (value: (typeof reasons)[number]) =>
    value !== "ends-soon" ? t(`reason-${value}`) : hours ? t("reason-ends-soon", { hours }) : t("ends-soon");
  const nowMs = useNow();
  const { singleKeys } = usePreferences();
  const { state, reason, page, text, choose, type } = useView(owner);
  const q = useSettled(text.trim(), typingMs);
  const isTooLong = text.trim().length > deviceSearchMaxLength;
  const view: DeviceListView = {
    q,
    state,
    ...(reason === "handed-over" ? { handedOver: true } : reason !== "all" && { reason }),
  };
  const answer = useQuery({
    ...deviceWorklistQueries.page(view, page),
    enabled: q.length <= deviceSearchMaxLength,
  });
  const { error, refetch } = answer;
  const data = isTooLong ? undefined : answer.data;
  /** What stands there is still that of another search or view. */
  const isFormer = q !== text.trim() || answer.isPlaceholderData;
  const isToldAbove = useIsToldAbove(error);
  const { rows, keep } = useRowsActedOn(data?.rows ?? [], JSON.stringify([view, page]));
  const section = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [isHelping, setIsHelping] = useState(false);
  const { toFirst, onArrow } = useWorkKeys({ section, search: field, onHelp: () => setIsHelping(true) });
  const onSearchKey = (event: KeyboardEvent) => {
    // While Chinese is being composed the keys belong to the input method.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") type("");
    else if (event.key === "ArrowDown") toFirst();
    else return;
    event.preventDefault();
  };
  const isElsewhere = q !== "" && !isTooLong && Object.values(data?.inState ?? {}).some((count) => count > 0);
  const pages = Math.max(1, Math.ceil((data?.total ?? 0) / devicePageSize));
  return (
    <section ref={section} className={layout.column} aria-labelledby="device-work">
      <h2 id="device-work">{t("list")}</h2>
      <div className={classes.tools}>
        <Segmented
          aria-label={t("action.show")}
          value={state}
          onChange={(value) => choose("show", value, "open")}
          options={deviceRowStates.map((value) => ({ value, label: t(`show-${value}`) }))}
        />
        <SelectField
          label={t("field.reason")}
          value={reason}
          onChange={(event) => choose("reason", event.currentTarget.value, "all")}
          options={reasons.map((value) => ({ value, label: reasonLabel(value) }))}
        />
        <TextField
          ref={field}
          className={classes.search}
          aria-keyshortcuts={singleKeys ? "/" : undefined}
          onKeyDown={onSearchKey}
          role="searchbox"
          type="text"
          label={t("search")}
          placeholder={t("field.searchHint")}
          autoComplete="off"
          spellCheck={false}
          error={isTooLong && t("searchTooLong", { most: deviceSearchMaxLength })}
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
          aside={text && <CloseButton aria-label={t("clear")} onClick={() => type("")} />}
        />
        <Button
          variant="subtle"
          size="compact-sm"
          className={classes.openKeys}
          aria-haspopup="dialog"
          onClick={() => setIsHelping(true)}
        >
          {keys("title")}
        </Button>
      </div>
      {error && !(data && isToldAbove) && (
        <PlainFailure error={error} title={t("failed")} onRetry={() => void refetch()} />
      )}
      {!data && !error && !isTooLong && <Loading height="6rem" rows={4} label={t("loading")} />}
      {data && (
        <p className={prose.note} role="status">
          {isFormer
            ? t("loading")
            : data.total > 0
              ? t("count", { count: data.total })
              : isElsewhere
                ? t("noMatchHere", { where: t(`show-${state}`) })
                : t(q || reason !== "all" ? "noMatch" : data.unchecked > 0 ? "noneSoFar" : `none-${state}`)}
        </p>
      )}
      {data && isElsewhere && !isFormer && (
        <Elsewhere page={data} state={state} onChoose={(other) => choose("show", other, "open")} />
      )}
      {data && <AsOfNote page={data} nowMs={nowMs} />}
      {rows.length > 0 && (
        <ul className={classes.list} aria-busy={isFormer} onKeyDown={onArrow}>
          {rows.map(({ row, done }) => (
            <WorkRow
              key={row.patientId}
              row={row}
              nowMs={nowMs}
              done={done}
              onDone={(act) => keep(row, act)}
              onTakenBack={() => keep({ ...row, state: "open" }, null)}
            />
          ))}
        </ul>
      )}
      {isHelping && (
        <Suspense>
          <WorkKeysHelp onClose={() => setIsHelping(false)} />
        </Suspense>
      )}
      {(pages > 1 || page > 0) && (
        <nav className={layout.row} aria-label={t("pages")}>
          <Button
            variant="default"
            disabled={page === 0}
            onClick={() => choose("page", String(Math.min(page, pages)), "1")}
          >
            {t("previous")}
          </Button>
          <p className={prose.note}>{sheet("pageOf", { page: page + 1, pages })}</p>
          <Button
            variant="default"
            disabled={page + 1 >= pages}
            onClick={() => choose("page", String(page + 2), "1")}
          >
            {t("next")}
          </Button>
        </nav>
      )}
    </section>
  );
}

interface Kept {
  readonly row: DeviceRow;
  /** What was done with it here and stands; null where it was taken back, or nothing was done. */
  readonly done: DoneAct | null;
}

/**
 * The rows of a page of the list, and in their places those with which something was done, or taken back, on it:
 * no other row comes under the hand that pressed, and each is taken back where it stands.
 */
function useRowsActedOn(rows: readonly DeviceRow[], page: string) {
  const [kept, setKept] = useState({ page, left: new Map<string, Kept & { index: number }>() });
  if (kept.page !== page) setKept({ page, left: new Map() });
  // One that is back for a new reason has with it what was done; one that is handed over stays in the list, and so
  // does one that is dealt with and was not told of a recall.
  const isAsDone = (row: DeviceRow) => {
    const done = kept.left.get(row.patientId)?.done;
    if (!done) return false;
    if (done.kind === "handOver" || row[done.kind]?.atMs !== done.atMs) return true;
    return done.kind === "review" && isUntold(row.reasons) && !row.reasons.some(({ isNew }) => isNew);
  };
  const shown: Kept[] = rows.filter((row) => !isAsDone(row)).map((row) => ({ row, done: null }));
  const isShown = ({ row }: Kept) => shown.some((one) => one.row.patientId === row.patientId);
  const inPlace = [...kept.left.values()].sort((a, b) => a.index - b.index);
  for (const one of inPlace) if (!isShown(one)) shown.splice(one.index, 0, one);
  const keep = (row: DeviceRow, done: DoneAct | null) => {
    const index = shown.findIndex((one) => one.row.patientId === row.patientId);
    setKept({ page, left: new Map([...kept.left, [row.patientId, { row, done, index }]]) });
  };
  return { rows: shown, keep };
}
