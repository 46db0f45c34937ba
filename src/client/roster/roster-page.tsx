import { Button, Skeleton, Text } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Link, useNavigate } from "react-router";
import { usePreferences } from "../preferences.ts";
import { sessionQuery } from "../session.ts";
import { useDraft } from "../ui/draft.ts";
import { Failure } from "../ui/failure.tsx";
import { Page } from "../ui/page.tsx";
import { useRosterMessages } from "./messages.ts";
import { rosterQueries } from "./queries.ts";
import classes from "./roster.module.css";
import { RosterTable } from "./roster-table.tsx";
import { SearchField } from "./search-field.tsx";

const debounceMs = 200;

/** The text once typing has paused. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), debounceMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** `/patients`: everyone registered here, and how each is now. */
export function RosterPage() {
  const owner = useQuery(sessionQuery).data?.user.id;
  return owner ? <Roster key={owner} owner={owner} /> : null;
}

function Roster({ owner }: { owner: string }) {
  const t = useRosterMessages();
  const navigate = useNavigate();
  const { language } = usePreferences();
  const field = useRef<HTMLInputElement>(null);
  const table = useRef<HTMLTableSectionElement>(null);
  // A name is a patient's data, so what is searched for stays out of the address.
  const [text, setText] = useDraft("roster-search", owner, "");
  const q = useSettled(text.trim());
  const { data, error, refetch, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(rosterQueries.list(q));

  const patients = data?.pages.flatMap((page) => page.patients) ?? [];
  const total = data?.pages.at(-1)?.total ?? 0;
  const isSettled = q === text.trim() && data !== undefined && !isPlaceholderData;

  // Enter may come before the answer does; then the first match opens when it arrives.
  const [opens, setOpens] = useState(false);
  const first = patients[0]?.id;
  useEffect(() => {
    if (!opens || !isSettled) return;
    setOpens(false);
    if (first) void navigate(`/patients/${first}`);
  }, [opens, isSettled, first, navigate]);

  const count = new Intl.NumberFormat(language).format(total);
  return (
    <Page
      title={t("title")}
      actions={
        <Button component={Link} to="/patients/new">
          {t("add")}
        </Button>
      }
    >
      <div className={classes.tools}>
        <SearchField
          ref={field}
          value={text}
          onChange={(value) => {
            setOpens(false);
            setText(value);
          }}
          onOpen={() => setOpens(true)}
          onDown={() => table.current?.querySelector("a")?.focus()}
        />
        <Text role="status" c="dimmed" size="sm">
          {data && t(q ? "matching" : "total", { count: total, shown: count })}
        </Text>
      </div>
      {error && <Failure error={error} title={t("failed")} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={320} aria-label={t("loading")} />}
      {data && patients.length > 0 && (
        <RosterTable patients={patients} ref={table} onLeaveUp={() => field.current?.focus()} />
      )}
      {isSettled && patients.length === 0 && (
        <div className={classes.empty}>
          <Text fw={600}>{q ? t("noMatch", { q }) : t("nobody")}</Text>
          <Text c="dimmed">{t(q ? "noMatchNext" : "nobodyNext")}</Text>
        </div>
      )}
      {hasNextPage && (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </Page>
  );
}
