import { useQuery } from "@tanstack/react-query";
import { minuteMs } from "#glucose/time.ts";
import { aboutQuery } from "../api/about.ts";
import { savedViewsQuery } from "../api/saved-views.ts";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { parseView, usualViews } from "../roster/views.ts";
import { viewWord } from "../roster/words.ts";
import { WardPage } from "../ward/ward-page.tsx";
import { idleMs } from "./activity.ts";

const viewOf = (search: string) => parseView(new URLSearchParams(search));

/** `/ward`: the ward view of the list's own views; it ends as every page does where nobody touches the screen. */
export function WardRoute() {
  const owner = useQuery(sessionQuery).data?.user.id;
  return owner ? <OwnWard key={owner} owner={owner} /> : null;
}

function OwnWard({ owner }: { owner: string }) {
  const t = useMessages("roster");
  const about = useQuery(aboutQuery).data;
  const saved = useQuery(savedViewsQuery(owner)).data ?? [];
  const usual = Object.entries(usualViews) as [keyof typeof usualViews, string][];
  const views = [...usual.map(([name, search]) => ({ name: viewWord(t, name), search })), ...saved];
  return (
    <WardPage
      owner={owner}
      views={views}
      viewOf={viewOf}
      minutesLeft={() => (about ? about.idleSignOutMinutes - idleMs() / minuteMs : null)}
    />
  );
}
