import { useMessages } from "../i18n.ts";
import { useIsOut } from "../outage.ts";
import { Button } from "../ui/button.tsx";
import { loadDetails } from "./load-details.ts";

/** Once every section below the curve stands there. */
async function printWhole(): Promise<void> {
  await loadDetails();
  requestAnimationFrame(() => requestAnimationFrame(() => globalThis.print()));
}

/** Prints the page once it has what it waits for. */
export function PrintButton({ isWaiting }: { isWaiting: boolean }) {
  const t = useMessages("patient", "page");
  const isOut = useIsOut();
  return (
    <Button
      variant="default"
      loading={isWaiting && !isOut}
      disabled={isWaiting && isOut}
      onClick={() => void printWhole()}
    >
      {t("action.print")}
    </Button>
  );
}
