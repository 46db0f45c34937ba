import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useNavigate } from "react-router";
import { parseSerial, serialsAmong } from "#contract/serial.ts";
import { deviceQueries } from "../api/devices.ts";
import { useMessages } from "../i18n.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import prose from "../ui/prose.module.css";
import { TextField } from "../ui/text-field.tsx";
import { CameraScan } from "./camera-scan.tsx";
import classes from "./serial.module.css";
import { readSerial, type SerialProblem } from "./serial.ts";
import { SerialText } from "./serial-text.tsx";

function useProblemText(): (problem: SerialProblem) => string {
  const t = useMessages("device", "search");
  return (problem) => {
    switch (problem.kind) {
      case "empty":
        return t("empty");
      case "too-long":
        return t("tooLong", { length: problem.length });
      case "characters":
        return t("characters", { characters: problem.characters.join(" ") });
    }
  };
}

const pauseMs = 800;

/**
 * What will be looked up is said once a whole serial number stands there and the hand
 * rests, not of every letter on the way.
 */
function useSaySerial(text: string): void {
  const t = useMessages("device", "search");
  const words = t("willLookUpSerial", { serial: parseSerial(text) ?? "" });
  const isWhole = serialsAmong(text).length === 1;
  useEffect(() => {
    if (!isWhole) return;
    const timer = setTimeout(() => announce(words), pauseMs);
    return () => clearTimeout(timer);
  }, [isWhole, words]);
}

/** Opens a sensor's page, and asks the platform anew rather than read what this page still holds. */
function useOpenDevice(): (serial: string) => void {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return (serial) => {
    void queryClient.invalidateQueries(deviceQueries.all(serial));
    void navigate(`/devices/${encodeURIComponent(serial)}`, { state: { fromField: true } });
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
}

export function SerialForm({ initial, takeFocus, isCompact = false }: SerialFormProps) {
  const t = useMessages("device", "search");
  const problemText = useProblemText();
  const openDevice = useOpenDevice();
  const [text, setText] = useState(initial);
  const [submitted, setSubmitted] = useState(initial !== "");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takeFocus && window.matchMedia("(pointer: fine)").matches) field.current?.select();
  }, [takeFocus]);

  useSaySerial(text === initial ? "" : text);

  const size = isCompact ? "md" : "xl";
  const read = readSerial(text);
  const problem = "problem" in read ? read.problem : null;
  const found = new Set(problem ? serialsAmong(text) : []);
  const named = found.size === 1 ? [...found][0] : undefined;
  const shown = problem && (submitted || problem.kind !== "empty") ? problem : null;

  const lookUp = (typed: string) => {
    setSubmitted(true);
    field.current?.select();
    const asked = readSerial(typed);
    if ("serial" in asked) openDevice(asked.serial);
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
        onChange={(event) => {
          setText(event.currentTarget.value);
          setSubmitted(false);
        }}
        error={shown && <span role="alert">{problemText(shown)}</span>}
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
      <p className={`${prose.note} ${classes.below}`} data-compact={isCompact || undefined}>
        {"serial" in read && read.serial !== initial && (
          <>
            {t("willLookUp")} <SerialText serial={read.serial} />
          </>
        )}
      </p>
      {shown && named && (
        <Button variant="light" size="compact-md" onClick={() => lookUp(named)}>
          {t("meant", { serial: named })}
        </Button>
      )}
      <ScanButton
        onFound={(code) => {
          setText(code);
          lookUp(code);
        }}
      />
    </form>
  );
}

/** Makes room for the camera's picture, until that has found a code or is closed. */
function ScanButton({ onFound }: { onFound: (code: string) => void }) {
  const t = useMessages("device", "search");
  const [scanning, setScanning] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return scanning ? (
    <CameraScan
      onClose={() => {
        flushSync(() => setScanning(false));
        button.current?.focus();
      }}
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
