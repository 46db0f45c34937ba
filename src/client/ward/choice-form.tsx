import { useId, useState } from "react";
import type { WardChoice } from "#contract/ward.ts";
import { mostTiles } from "#contract/ward-tiles.ts";
import { useMessages } from "../i18n.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Page } from "../ui/page.tsx";
import { PickPatient } from "../ui/pick-patient.tsx";
import prose from "../ui/prose.module.css";
import { Segmented } from "../ui/segmented.tsx";
import { SelectField } from "../ui/select-field.tsx";
import classes from "./ward.module.css";
import type { NamedView } from "./ward-page.tsx";

interface ChoiceFormProps {
  choice: WardChoice | null;
  views: readonly NamedView[];
  /** Of those who are on the tiles. */
  names: ReadonlyMap<string, string>;
  isPending: boolean;
  error: Error | null;
  onSave: (choice: WardChoice) => void;
  /** Null where nothing was chosen before. */
  onCancel: (() => void) | null;
}

/** Who of the patients stands on the screen, and whether by name. */
export function ChoiceForm({ choice, views, names, isPending, error, onSave, onCancel }: ChoiceFormProps) {
  const t = useMessages("ward");
  const app = useMessages("app");
  const before = choice?.shown;
  const [by, setBy] = useState<"view" | "picked">(before && "ids" in before ? "picked" : "view");
  const [search, setSearch] = useState(
    before && "search" in before ? before.search : (views[0]?.search ?? ""),
  );
  const [picked, setPicked] = useState<readonly NamedPatient[]>(
    before && "ids" in before ? before.ids.map((id) => ({ id, name: names.get(id) ?? id })) : [],
  );
  const [named, setNamed] = useState<WardChoice["named"]>(choice?.named ?? "initials");
  const isKnown = views.some((view) => view.search === search);
  const shown = by === "view" ? { search } : { ids: picked.map(({ id }) => id) };
  return (
    <Page title={app("ward")} lead={t("lead")}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          onSave({ shown, named });
        }}
      >
        {error && <Failure error={error} title={t("notSaved")} />}
        <Segmented<"view" | "picked">
          aria-label={t("whom")}
          value={by}
          onChange={setBy}
          options={[
            { value: "view", label: t("ofView") },
            { value: "picked", label: t("picked") },
          ]}
        />
        {by === "view" ? (
          <SelectField
            className={classes.whole}
            label={t("view")}
            description={t("viewHint", { most: mostTiles })}
            value={search}
            options={[
              ...views.map((view) => ({ value: view.search, label: view.name })),
              ...(isKnown ? [] : [{ value: search, label: t("ownView") }]),
            ]}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        ) : (
          <Picking picked={picked} onChange={setPicked} />
        )}
        <div>
          <Segmented<WardChoice["named"]>
            aria-label={t("named")}
            value={named}
            onChange={setNamed}
            options={[
              { value: "initials", label: t("initials") },
              { value: "name", label: t("names") },
            ]}
          />
          <p className={`${prose.note} ${layout.belowXs}`}>{t("namedHint")}</p>
        </div>
        <p>
          <strong>{t("noAlarm")}</strong>
        </p>
        <div className={layout.row} data-gap="xs">
          <Button type="submit" loading={isPending} disabled={by === "picked" && picked.length === 0}>
            {t("action.show")}
          </Button>
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              {t("action.cancel")}
            </Button>
          )}
        </div>
      </form>
    </Page>
  );
}

interface NamedPatient {
  id: string;
  name: string;
}

/** Finds patients one by one. */
function Picking({
  picked,
  onChange,
}: {
  picked: readonly NamedPatient[];
  onChange: (picked: readonly NamedPatient[]) => void;
}) {
  const t = useMessages("ward");
  const heading = useId();
  const count = t("pickedCount", { count: picked.length, most: mostTiles });
  return (
    <div className={classes.whole}>
      <PickPatient
        label={t("find")}
        isChosen={({ id }) => picked.some((one) => one.id === id)}
        already={t("noneFound")}
        full={picked.length >= mostTiles ? count : null}
        onPick={({ id, name, partnerUid }) => {
          const label = `${name} · ${partnerUid}`;
          onChange([...picked, { id, name: label }]);
          announce(t("added", { name: label }));
        }}
      />
      <h2 id={heading} className={prose.lesser}>
        {count}
      </h2>
      <ul className={classes.people} aria-labelledby={heading}>
        {picked.map(({ id, name }) => (
          <li key={id}>
            <span>{name}</span>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => onChange(picked.filter((one) => one.id !== id))}
            >
              {t("remove")}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
