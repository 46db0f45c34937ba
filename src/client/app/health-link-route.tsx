import { GivenLink } from "../health-links/given-link.tsx";
import { useMessages } from "../i18n.ts";
import type { Place } from "../place.ts";
import { SignInFrame } from "../sign-in/sign-in-frame.tsx";
import { useDocumentTitle } from "../ui/document-title.ts";

/** `/health-link#shlink:/…`, which needs no account. */
export function HealthLinkRoute({ place }: { place: Place }) {
  const t = useMessages("health-links", "viewer");
  const title = t("title");
  useDocumentTitle(title);
  return (
    <SignInFrame place={place} title={title}>
      <GivenLink hash={place.hash} />
    </SignInFrame>
  );
}
