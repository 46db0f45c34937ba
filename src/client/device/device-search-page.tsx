import { Anchor, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { sessionQuery } from "../api/session.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { Page } from "../ui/page.tsx";
import { RecentList } from "./recent-list.tsx";
import { SerialForm } from "./serial-form.tsx";

/**
 * The look-up with nothing found yet. `typed` is what an address asked for that cannot be a serial number.
 */
export function DeviceSearch({ typed }: { typed: string }) {
  const t = useMessages("device", "search");
  const nowMs = useNow();
  const account = useQuery(sessionQuery).data?.user.id;
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <Anchor component={Link} to="/look-ups">
          {t("many")}
        </Anchor>
      }
    >
      <Stack maw="48rem" gap="xl">
        <SerialForm key={typed} initial={typed} takeFocus />
        {account && <RecentList account={account} nowMs={nowMs} />}
      </Stack>
    </Page>
  );
}

/** `/devices`: one field. The home of the support desk. */
export const DeviceSearchPage = () => <DeviceSearch typed="" />;
