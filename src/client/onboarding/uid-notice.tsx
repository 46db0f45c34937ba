import { Alert, Anchor } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { Patient } from "#contract/patient.ts";
import { useOnboardingMessages } from "./messages.ts";
import { lookupQuery } from "./queries.ts";

const pauseMs = 250;
const usual = /^[A-Za-z0-9._@:/+-]+$/;

/** The patient who has this ID already; null when nobody has or it is not known yet. */
export function useKnownPatient(partnerUid: string) {
  const uid = partnerUid.trim();
  const [settled] = useDebouncedValue(uid, pauseMs);
  const { data } = useQuery(lookupQuery(settled));
  return settled === uid ? (data ?? null) : null;
}

/** What the ID that is being typed should make one think of: it is taken, nearly taken, or has odd characters. */
export function UidNotice({
  partnerUid,
  known,
}: {
  partnerUid: string;
  known: ReturnType<typeof useKnownPatient>;
}) {
  const t = useOnboardingMessages();
  const uid = partnerUid.trim();
  const link = ({ id, name }: Patient) => (
    <Anchor component={Link} to={`/patients/${id}`}>
      {t("open", { name })}
    </Anchor>
  );
  const odd = usual.test(uid) ? [] : [...new Set([...uid].filter((character) => !usual.test(character)))];
  return (
    <div role="status">
      {known?.patient && (
        <Alert color="red">
          {t("taken", { name: known.patient.name })} {link(known.patient)}
        </Alert>
      )}
      {known?.similar && (
        <Alert color="yellow">
          {t("similar", { name: known.similar.name, partnerUid: known.similar.partnerUid })}{" "}
          {link(known.similar)}
        </Alert>
      )}
      {uid !== "" && odd.length > 0 && (
        <Alert color="yellow">
          {t("odd", {
            characters: odd.map((character) => (character === " " ? t("space") : character)).join(" "),
          })}
        </Alert>
      )}
    </div>
  );
}
