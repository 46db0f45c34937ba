import { lazy } from "react";
import { loadCatalogs } from "../i18n.ts";
import type { Place } from "../place.ts";

const InvitationPage = lazy(async () => ({
  default: (await import("../sign-in/invitation-page.tsx")).InvitationPage,
}));
const HealthLinkPage = lazy(async () => {
  const [page] = await Promise.all([
    import("../health-links/health-link-page.tsx"),
    loadCatalogs(["health-links"]),
  ]);
  return { default: page.HealthLinkPage };
});

/** For whoever comes with a link, and has no account or needs none. */
export function OutsidePage({ place }: { place: Place }) {
  return place.pathname === "/invitation" ? (
    <InvitationPage place={place} />
  ) : (
    <HealthLinkPage place={place} />
  );
}
