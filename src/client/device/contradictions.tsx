import type { Contradiction } from "#sensor/life.ts";
import { useMessages } from "../i18n.ts";
import { Notice } from "../ui/notice.tsx";

/** What a sensor's dates and state say that cannot both be. */
export function Contradictions({ names }: { names: readonly Contradiction[] }) {
  const t = useMessages("device", "life");
  if (names.length === 0) return null;
  return (
    <Notice role="note" color="orange" title={t("contradictions")} id="contradictions">
      {names.map((name) => (
        <p key={name}>{t(name)}</p>
      ))}
    </Notice>
  );
}
