import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { lotPattern } from "#contract/box.ts";
import type { BoxDetails } from "#contract/device.ts";
import { keepBox } from "../api/devices.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import { PlainFailure } from "../ui/plain-failure.tsx";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { TextField } from "../ui/text-field.tsx";
import { useScannedBox } from "./scanned-box.ts";

interface BoxCorrectionProps {
  serial: string;
  known: BoxDetails;
}

/** Lot and date as whoever holds the box reads them. */
export function BoxCorrection({ serial, known }: BoxCorrectionProps) {
  const t = useMessages("device", "box");
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={`${layout.column} ${layout.aboveXs} ${print.screenOnly}`} data-gap="xs">
      <div>
        <Button size="xs" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t("correct")}
        </Button>
      </div>
      {isOpen && <CorrectionForm serial={serial} known={known} onKept={() => setOpen(false)} />}
    </div>
  );
}

function CorrectionForm({ serial, known, onKept }: BoxCorrectionProps & { onKept: () => void }) {
  const t = useMessages("device", "box");
  const { drop } = useScannedBox();
  const [lot, setLot] = useState(known.lot ?? "");
  const [expiry, setExpiry] = useState(known.expiry ?? "");
  const keep = useMutation(keepBox(serial, true));
  const isUnusable = lot.trim() !== "" && !lotPattern.test(lot.trim());
  const isCrossed = expiry !== "" && known.producedOn !== null && expiry < known.producedOn;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isUnusable || isCrossed || keep.isPending) return;
    const box = { ...known, lot: lot.trim() || null, expiry: expiry || null };
    // What was scanned from it contradicts it no more.
    drop();
    keep.mutate(box, { onSuccess: onKept });
  };
  return (
    <form className={layout.column} data-gap="xs" onSubmit={submit}>
      <p className={prose.note}>{t("correctHint")}</p>
      <TextField
        label={t("field.lot")}
        autoComplete="off"
        value={lot}
        error={isUnusable && t("lotUnusable")}
        onChange={(event) => setLot(event.currentTarget.value)}
      />
      <TextField
        label={t("expiry")}
        type="date"
        min="2000-01-01"
        max="2099-12-31"
        value={expiry}
        error={isCrossed && t("fault-before-production")}
        onChange={(event) => setExpiry(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" size="xs" loading={keep.isPending}>
          {t("action.save")}
        </Button>
      </div>
      {keep.isError && <PlainFailure error={keep.error} title={t("notTaken")} />}
    </form>
  );
}
