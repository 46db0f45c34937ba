import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useLocation, useNavigate } from "react-router";
import { isPlainSerial } from "#contract/serial.ts";
import { separator } from "#sensor/gs1.ts";
import { withoutName } from "#sensor/likely-serials.ts";
import { type FoundSerial, nothing, type SerialsRead } from "#sensor/scanned-code.ts";
import { readTyped, resembles } from "#sensor/typed-serials.ts";
import { deviceQueries } from "../api/devices.ts";
import { useMessages } from "../i18n.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import prose from "../ui/prose.module.css";
import { TextField } from "../ui/text-field.tsx";
import { ByPerson } from "./by-person.tsx";
import { CameraScan, type CameraScanProps } from "./camera-scan.tsx";
import type { LookUpState } from "./scanned-box.ts";
import classes from "./serial.module.css";
import { joinedSerial, readSerial, type SerialProblem } from "./serial.ts";
import { SerialText } from "./serial-text.tsx";

function useProblemText(): (problem: SerialProblem) => string {
  const t = useMessages("device", "search");
  return (problem) => {
    switch (problem.kind) {
      case "empty":
        return t("empty");
      case "no-digit":
        return t("noDigit");
      case "too-long":
        return t("tooLong", { length: problem.length });
      case "characters":
        return t("characters", { characters: problem.characters.join(" ") });
    }
  };
}

function problemIn(text: string): SerialProblem | null {
  const read = readSerial(text);
  return "problem" in read ? read.problem : null;
}

/** Why what stands in the field cannot be looked up as it is; null where it can, or nothing stands there. */
function useDoubtText(): (read: SerialsRead, text: string) => string | null {
  const t = useMessages("device", "search");
  return ({ found, doubt, without }, text) => {
    if (isPersonLike(text)) return t("perhapsPerson");
    const other = found.length > 0 || without ? null : resembles(text);
    if (other) return t(`resembles-${other}`);
    if (without?.lot && !without.gtin) return t("isLot", { lot: without.lot });
    if (without?.lot) return t("namesLot");
    if (without?.gtin) return t("namesProduct");
    if (without) return t("namesNothing");
    if (found.length > 1) return t("several", { count: found.length });
    if (doubt === "letters") return t("otherLetters");
    return doubt && t(doubt === "separator" ? "separatorLost" : "amongWords");
  };
}

/** A phone number with its country's code, or letters and a number as partners name their users: "clinic-0001". */
const isPersonLike = (text: string): boolean =>
  /^\s*\+\s?[\d\s()./-]{7,}$/.test(text.normalize("NFKC")) ||
  (/^\s*[a-z]{4,}[-_]\d+\s*$/i.test(text) && resembles(text) === null);

/** The one serial number that stands in the field. */
function onlyIn({ found, unsure, without }: SerialsRead, text: string): FoundSerial | null {
  if (isPersonLike(text)) return null;
  const [first] = found;
  if (first) return found.length === 1 && /\d/.test(first.serial) ? first : null;
  const read = unsure.length === 0 && !without ? readSerial(text) : null;
  return read && "serial" in read ? { serial: read.serial, box: null } : null;
}

const pauseMs = 800;
const leastOfName = 4;

/**
 * What will be looked up is said once a whole serial number stands there and the hand
 * rests, not of every letter on the way.
 */
function useSaySerial(serial: string): void {
  const t = useMessages("device", "search");
  const words = t("willLookUpSerial", { serial });
  const isWhole = isPlainSerial(serial);
  useEffect(() => {
    if (!isWhole) return;
    const timer = setTimeout(() => announce(words), pauseMs);
    return () => clearTimeout(timer);
  }, [isWhole, words]);
}

/**
 * Opens a sensor's page, and asks the platform anew rather than read what this page still holds. What its code
 * said of the box goes with this look-up.
 */
function useOpenDevice(): (found: FoundSerial) => void {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return ({ serial, box }) => {
    void queryClient.invalidateQueries(deviceQueries.all(serial));
    void navigate(`/devices/${encodeURIComponent(serial)}`, {
      state: { fromField: true, box } satisfies LookUpState,
    });
  };
}

interface SerialFormProps {
  initial: string;
  /**
   * A scanner or a paste goes straight into the field; not on touch screens, whose keyboard would cover all.
   */
  takeFocus: boolean;
  /** Above an answer it takes one line and explains nothing. */
  isCompact?: boolean;
  /** Called with whether what stands in the field was refused: nothing shown below belongs to it then. */
  onRefused?: (isRefused: boolean) => void;
}

export function SerialForm({ initial, takeFocus, isCompact = false, onRefused }: SerialFormProps) {
  const t = useMessages("device", "search");
  const problemText = useProblemText();
  const doubtText = useDoubtText();
  const openDevice = useOpenDevice();
  const navigate = useNavigate();
  const person = (useLocation().state as { person?: string } | null)?.person;
  const [text, setText] = useState(initial);
  const [submitted, setSubmitted] = useState(initial !== "");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takeFocus && window.matchMedia("(pointer: fine)").matches) field.current?.select();
  }, [takeFocus]);

  const size = isCompact ? "md" : "xl";
  const read = readTyped(text);
  const only = onlyIn(read, text);
  useSaySerial(text === initial ? "" : (only?.serial ?? ""));
  const doubt = doubtText(read, text);
  const problem = only || doubt ? null : problemIn(text);
  // The first letters may be those of a serial number.
  const isOnTheWay = problem?.kind === "no-digit" && text.trim().length < leastOfName;
  const isTold = problem && (submitted || !(problem.kind === "empty" || isOnTheWay));
  const isPerhapsPerson =
    isPersonLike(text) ||
    read.doubt === "words" ||
    (isTold && (problem.kind === "no-digit" || problem.kind === "characters"));
  const shown = doubt ?? (isTold ? problemText(problem) : null);

  const isRefused = shown !== null && text !== initial;
  useEffect(() => onRefused?.(isRefused), [onRefused, isRefused]);

  const type = (typed: string) => {
    setText(typed);
    setSubmitted(false);
  };
  const lookUp = (typed: string) => {
    setSubmitted(true);
    field.current?.select();
    const asked = onlyIn(readTyped(typed), typed);
    if (asked) openDevice(asked);
    // Whoever was found for the last caller is not this one's.
    else if (person) void navigate(".", { replace: true, state: null });
  };

  return (
    <form
      aria-label={t("title")}
      onSubmit={(event) => {
        event.preventDefault();
        lookUp(text);
      }}
    >
      <TextField
        ref={field}
        className={classes.field}
        size={size}
        label={t("field.serial")}
        description={isCompact ? undefined : t("hint")}
        value={text}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => {
          // What a hand scanner presses for the separator, and a browser does not write.
          if (!event.ctrlKey || event.key !== "]") return;
          event.preventDefault();
          const box = event.currentTarget;
          box.setRangeText(separator, box.selectionStart ?? 0, box.selectionEnd ?? 0, "end");
          type(box.value);
        }}
        error={shown && <span role="alert">{shown}</span>}
        autoComplete="off"
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="search"
        around={(box) => (
          <div className={classes.row}>
            {box}
            <Button type="submit" size={size}>
              {t("action.lookUp")}
            </Button>
          </div>
        )}
      />
      <p className={`${prose.note} ${classes.below}`} data-compact={isCompact || doubt !== null || undefined}>
        {only && only.serial !== initial && (
          <>
            {t("willLookUp")} <SerialText serial={only.serial} />
          </>
        )}
      </p>
      {isPerhapsPerson && <ByPerson text={text.trim()} onGo={() => setText("")} />}
      {only ? (
        <WithoutMarks found={only} onChoose={openDevice} />
      ) : (
        <Choices read={read} onChoose={openDevice} />
      )}
      <ScanButton
        onFound={(code) => {
          setText(code);
          lookUp(code);
        }}
        onOther={type}
      />
    </form>
  );
}

/** A serial number that was written in groups, with hyphens between them, or behind its name, may have none. */
function WithoutMarks({ found, onChoose }: { found: FoundSerial; onChoose: (found: FoundSerial) => void }) {
  const joined = joinedSerial(found.serial);
  const bare = [joined, withoutName(joined) ?? joined];
  const unsure = [...new Set(bare)]
    .filter((serial) => serial !== found.serial && isPlainSerial(serial))
    .map((serial) => ({ ...found, serial }));
  return <Choices read={{ ...nothing, unsure }} onChoose={onChoose} />;
}

const mostChoices = 6;

/** What of a text may be looked up; who decides is who holds the box. */
function Choices({ read, onChoose }: { read: SerialsRead; onChoose: (found: FoundSerial) => void }) {
  const t = useMessages("device", "search");
  const choices = [...read.found, ...read.unsure];
  if (choices.length === 0) return null;
  return (
    <div className={`${layout.row} ${layout.aboveXs} ${layout.belowXs}`} data-gap="xs">
      {choices.slice(0, mostChoices).map((choice) => (
        <Button
          key={choice.serial}
          variant="light"
          size="compact-md"
          className={classes.choice}
          onClick={() => onChoose(choice)}
        >
          {t(read.doubt === "product" ? "meantAllTheSame" : "meant", { serial: choice.serial })}
        </Button>
      ))}
      {choices.length > mostChoices && (
        <Link className={prose.link} to="/look-ups">
          {t("many")}
        </Link>
      )}
    </div>
  );
}

/** Makes room for the camera's picture, until that has found a code or is closed. */
function ScanButton({ onFound, onOther }: Pick<CameraScanProps, "onFound" | "onOther">) {
  const t = useMessages("device", "search");
  const [scanning, setScanning] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return scanning ? (
    <CameraScan
      onClose={() => {
        flushSync(() => setScanning(false));
        button.current?.focus();
      }}
      onOther={onOther}
      onFound={(code) => {
        setScanning(false);
        onFound(code);
      }}
    />
  ) : (
    <Button ref={button} variant="subtle" size="compact-md" onClick={() => setScanning(true)}>
      {t("scan")}
    </Button>
  );
}
