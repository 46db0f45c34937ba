import { lazy } from "react";
import { loadCatalogs } from "../i18n.ts";
import type { Place } from "../place.ts";

const InvitationPage = lazy(async () => ({
  default: (await import("../sign-in/invitation-page.tsx")).InvitationPage,
}));
const HealthLinkRoute = lazy(async () => {
  const [page] = await Promise.all([import("./health-link-route.tsx"), loadCatalogs(["health-links"])]);
  return { default: page.HealthLinkRoute };
});
const StagePage = lazy(async () => {
  const [page] = await Promise.all([import("../stage/stage-page.tsx"), loadCatalogs(["stage"])]);
  return { default: page.StagePage };
});

/** For whoever comes with a link, and has no account or needs none. */
export function OutsidePage({ place }: { place: Place }) {
  if (place.pathname === "/stage") return <StagePage place={place} />;
  return place.pathname === "/invitation" ? (
    <InvitationPage place={place} />
  ) : (
    <HealthLinkRoute place={place} />
  );
}
