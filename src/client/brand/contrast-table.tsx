import type { Contrast } from "#contract/brand.ts";
import { useMessages } from "../i18n.ts";
import { StackedTable } from "../ui/table.tsx";
import classes from "./brand.module.css";

export function ContrastTable({ contrasts }: { contrasts: readonly Contrast[] }) {
  const t = useMessages("brand");
  return (
    <StackedTable
      label={t("contrasts")}
      isLabelled
      rows={contrasts.map((one) => ({ ...one, key: `${one.scheme} ${one.place}` }))}
      columns={[
        { key: "place", title: t("place"), cell: ({ place }) => t(`places.${place}`) },
        { key: "scheme", title: t("scheme"), label: t("scheme"), cell: ({ scheme }) => t(scheme) },
        {
          key: "pair",
          title: t("pair"),
          label: t("pair"),
          cell: ({ place, foreground, background }) => (
            <>
              <span
                className={classes.pair}
                data-edge={place === "edge" || undefined}
                style={{ color: foreground, background }}
                aria-hidden="true"
              >
                {place === "edge" ? "" : "Aa"}
              </span>{" "}
              {t("onGround", { foreground, background })}
            </>
          ),
        },
        { key: "ratio", title: t("ratio"), label: t("ratio"), cell: ({ ratio }) => `${ratio.toFixed(1)}:1` },
        {
          key: "needed",
          title: t("needed"),
          label: t("needed"),
          cell: ({ needed }) => `${needed.toFixed(1)}:1`,
        },
      ]}
    />
  );
}
