import type { Source, Targets } from "#glucose/targets.ts";
import { formatEdge, type GlucoseUnit } from "#glucose/units.ts";
import type { Messages } from "#words/messages.ts";

interface Words {
  readonly t: Messages<"patient", "page">;
  readonly unit: GlucoseUnit;
}

/**
 * What kind of numbers the range and its goals are and where they come from, and what
 * stands beside them without being judged.
 */
export function targetBasis(
  { source, notes }: Pick<Targets, "source" | "notes">,
  { t, unit }: Words,
): string[] {
  const sourceWords = ({ kind, name }: Source) => t(`source-${kind}`, { name });
  return [
    source ? t("rangeSource", { source: sourceWords(source) }) : t("rangeOwn"),
    ...notes.map(({ what, source: of }) =>
      t(what, {
        source: sourceWords(of),
        mean: `${formatEdge(6.1, unit)} ${unit}`,
        from: formatEdge(4.0, unit),
        to: `${formatEdge(5.9, unit)} ${unit}`,
      }),
    ),
  ];
}
