import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import {
  type PlacedSensor,
  type Recall,
  type RecallPerson,
  type RecallPlace,
  recallPlaces,
} from "#contract/recalls.ts";
import { lookupMutations } from "../api/lookups.ts";
import { readAllPeople, readAllWithoutWearer } from "../api/recalls.ts";
import { reportAuditEvent } from "../audit-events.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import print from "../ui/print.module.css";

interface PeopleActionsProps {
  recall: Pick<Recall, "id" | "name" | "instructedAtMs">;
  /** Only of those whom nobody has dealt with. */
  open: boolean;
}

/** Who is in a recall as a file, and their sensors as a list that is looked up. */
export function PeopleActions({ recall, open }: PeopleActionsProps) {
  const t = useMessages("recalls");
  const navigate = useNavigate();
  const { id, name, instructedAtMs } = recall;
  const cellsOf = usePersonCells();
  const save = useMutation({
    mutationFn: async () => {
      const people = await readAllPeople(id, open);
      const unworn = (await readAllWithoutWearer(id)).map((sensor) => [
        t("unworn"),
        "",
        "",
        "",
        t(`place-${sensor.place}`),
        ...recallPlaces.map((place) => (place === sensor.place ? sensor.serial : "")),
        "",
        "",
        "",
        "",
        "",
        "",
        "",
      ]);
      const csv = await import("../ui/csv.ts");
      csv.saveFile(
        `${plain(name)}-${open ? "open-contacts" : "contacts"}.csv`,
        csv.toCsv([header, ...people.map((person) => cellsOf(person, instructedAtMs)), ...unworn]),
      );
      reportAuditEvent("recall.export", id);
    },
  });
  const send = useMutation(lookupMutations.send);
  const lookUp = useMutation({
    mutationFn: async () => {
      const serials = (await readAllPeople(id, open)).flatMap((person) =>
        person.sensors.map(({ serial }) => serial),
      );
      const list = new File([serials.join("\n")], t("lookUpName", { name: plain(name) }));
      return send.mutateAsync(list);
    },
    onSuccess: (list) => navigate(`/look-ups/${list.id}`),
  });
  return (
    <div className={`${layout.belowSm} ${print.screenOnly}`}>
      <div className={layout.row} data-gap="xs">
        <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
          {t("action.csv")}
        </Button>
        <Button variant="default" loading={lookUp.isPending} onClick={() => lookUp.mutate()}>
          {t("lookUp")}
        </Button>
      </div>
      {save.error && <Failure error={save.error} title={t("saveFailed")} />}
      {lookUp.error && <Failure error={lookUp.error} title={t("lookUpFailed")} />}
    </div>
  );
}

/** Told before what wearers are to be told was written, or changed last. */
export const wasToldBefore = (
  { tries: [last] }: Pick<RecallPerson, "tries">,
  instructedAtMs: number | null,
): boolean => last?.outcome === "contacted" && instructedAtMs !== null && last.atMs < instructedAtMs;

export const serialsAt = (sensors: readonly PlacedSensor[], place: RecallPlace): string[] =>
  sensors.filter((sensor) => sensor.place === place).map(({ serial }) => serial);

export const plain = (fileName: string) => fileName.replace(/\.\w+$/, "");

const names: Record<RecallPlace, string> = {
  now: "worn_now",
  box: "not_started",
  unsure: "state_not_known",
  worn: "worn_before",
};
const header = [
  "patient",
  "partner_user_id",
  "phone",
  "archived",
  "where",
  ...recallPlaces.map((place) => `serials_${names[place]}`),
  "still_to_be_dealt_with",
  "outcome",
  "noted_by",
  "noted_utc",
  "told_before_instruction_changed",
  "tries",
  "each_try",
];

function usePersonCells(): (person: RecallPerson, instructedAtMs: number | null) => string[] {
  const t = useMessages("recalls");
  const byOf = ({ byName }: RecallPerson["tries"][number]) => byName ?? t("somebody");
  const utc = (atMs: number) => new Date(atMs).toISOString();
  return ({ name, partnerUid, phone, isArchived, place, sensors, tries }, instructedAtMs) => {
    const [last] = tries;
    const isBefore = wasToldBefore({ tries }, instructedAtMs);
    return [
      name,
      partnerUid,
      phone ?? "",
      isArchived ? "yes" : "no",
      t(`place-${place}`),
      ...recallPlaces.map((of) => serialsAt(sensors, of).join(" ")),
      !last || last.outcome === "not-reached" || isBefore ? "yes" : "no",
      last ? t(`outcome-${last.outcome}`) : "",
      last ? byOf(last) : "",
      last ? utc(last.atMs) : "",
      isBefore ? "yes" : "",
      String(tries.length),
      tries
        .map((one) =>
          t("contactBy", { outcome: t(`outcome-${one.outcome}`), name: byOf(one), when: utc(one.atMs) }),
        )
        .join("; "),
    ];
  };
}
