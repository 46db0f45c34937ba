import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState } from "react";
import type { WardChoice } from "#contract/ward.ts";
import { mostTiles } from "#contract/ward-tiles.ts";
import { patientQueries } from "../api/patients.ts";
import { useMessages } from "../i18n.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { meantBy } from "../ui/meant-by.ts";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import { Segmented } from "../ui/segmented.tsx";
import { SelectField } from "../ui/select-field.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useSettled } from "../ui/use-settled.ts";
import { Who } from "../ui/who.tsx";
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

const pauseMs = 200;

/** Finds patients one by one. */
function Picking({
  picked,
  onChange,
}: {
  picked: readonly NamedPatient[];
  onChange: (picked: readonly NamedPatient[]) => void;
}) {
  const t = useMessages("ward");
  const pick = useMessages("appointments");
  const app = useMessages("app");
  const heading = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  /** Enter may come before the answer does. */
  const [isAsked, setAsked] = useState(false);
  const typed = text.trim();
  const q = useSettled(typed, pauseMs);
  const { data, error } = useQuery(patientQueries.found(q));
  const isPicked = ({ id }: { id: string }) => picked.some((one) => one.id === id);
  const offered = (data?.rows ?? []).filter((patient) => !isPicked(patient));
  const isFull = picked.length >= mostTiles;
  const add = ({ id, name, partnerUid }: NamedPatient & { partnerUid: string }) => {
    const label = `${name} · ${partnerUid}`;
    setText("");
    field.current?.focus();
    onChange([...picked, { id, name: label }]);
    announce(t("added", { name: label }));
  };
  useEffect(() => {
    if (!isAsked || q !== typed || (!data && !error)) return;
    setAsked(false);
    if (!data) return;
    // Of several of one name it is for the user to choose.
    const meant = meantBy(typed, data, isPicked);
    const [only] = meant;
    if (meant.length > 1 || (!only && data.rows.length > 0)) announce(pick("chooseOne"));
    else if (!only || isPicked(only)) announce(t("noneFound"));
    else if (isFull) announce(t("pickedCount", { count: picked.length, most: mostTiles }));
    else add(only);
  });
  return (
    <div className={classes.whole}>
      <TextField
        ref={field}
        label={t("find")}
        description={pick("pickHint")}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setAsked(false);
          setText(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          // The Enter that ends a word in an input method is not meant for the field.
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          if (typed) setAsked(true);
        }}
      />
      {q === typed && error && <Failure error={error} />}
      {typed && q === typed && data && (
        <ul className={classes.people} aria-label={app("searchFor.found")}>
          {offered.map((patient) => (
            <li key={patient.id}>
              <Who patient={patient} />
              <Button size="compact-sm" variant="default" disabled={isFull} onClick={() => add(patient)}>
                {t("action.add")}
              </Button>
            </li>
          ))}
          {offered.length === 0 && <li>{t("noneFound")}</li>}
        </ul>
      )}
      <h2 id={heading} className={prose.lesser}>
        {t("pickedCount", { count: picked.length, most: mostTiles })}
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
