import { type Ref, type RefObject, useEffect, useImperativeHandle, useRef, useState } from "react";
import type { Edges } from "#glucose/bands.ts";
import type { Gap } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import { type Area, xOf } from "#report/chart/plot.ts";
import { formatDateTime } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import { SelectField } from "../ui/select-field.tsx";
import { stretchOf } from "./cursor.ts";
import classes from "./glucose-chart.module.css";
import { play } from "./play.ts";
import { scoreOf } from "./score.ts";
import type { CursorHandle } from "./use-cursor.ts";
import type { ViewStore } from "./view.ts";
import type { Place } from "./walk.ts";

interface SoundControlsProps {
  /** Begins and ends playing, for the curve's own key: the stretch that is chosen, or all that is shown. */
  ref: Ref<(place: Place | null) => void>;
  readings: readonly Reading[];
  gaps: readonly Gap[];
  edges: Edges;
  timeZone: string;
  view: ViewStore;
  area: Area;
  /** The mark that moves along the curve. */
  playhead: () => HTMLElement | null | undefined;
  /** Says what is read where the sound is. */
  cursor: RefObject<CursorHandle | null>;
}

const lengthsS = { slow: 60, normal: 30, fast: 12 } as const;
type Speed = keyof typeof lengthsS;
const speeds = Object.keys(lengthsS) as Speed[];

/** Plays what the curve shows as tone; Escape stops it, and so does moving the window. */
export function SoundControls(props: SoundControlsProps) {
  const { ref, readings, gaps, edges, timeZone, view, area, playhead, cursor } = props;
  const t = useMessages("chart", "sound");
  const { language } = usePreferences();
  const [speed, setSpeed] = useState<Speed>("normal");
  const [isPlaying, setPlaying] = useState(false);
  const stop = useRef<() => void>(() => {});
  useEffect(() => () => stop.current(), []);
  useEffect(() => {
    if (!isPlaying) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      stop.current();
    };
    window.addEventListener("keydown", onKey, true);
    const unwatch = view.onFrame(() => stop.current());
    return () => {
      window.removeEventListener("keydown", onKey, true);
      unwatch();
    };
  }, [isPlaying, view]);

  const toggle = (place: Place | null) => {
    if (isPlaying) return stop.current();
    const stretch = stretchOf(place);
    const { startMs, endMs } = stretch ?? view.get();
    const score = scoreOf(readings, gaps, { startMs, endMs }, { edges, timeZone, lengthS: lengthsS[speed] });
    const mark = playhead();
    let atMs = startMs;
    setPlaying(true);
    stop.current = play(
      score,
      (share) => {
        atMs = startMs + share * (endMs - startMs);
        cursor.current?.readAt(atMs, false);
        if (!mark) return;
        mark.style.visibility = "visible";
        mark.style.transform = `translateX(${xOf({ ...area, ...view.get() }, atMs).toFixed(1)}px)`;
      },
      (isWhole) => {
        if (mark) mark.style.visibility = "hidden";
        if (place && stretch) cursor.current?.choose(place);
        else cursor.current?.readAt(atMs, true);
        setPlaying(false);
        const at = formatDateTime(isWhole ? endMs : atMs, timeZone, language);
        announce(t(isWhole ? "ended" : "stoppedAt", { at }));
      },
    );
  };
  useImperativeHandle(ref, () => toggle);
  if (typeof AudioContext === "undefined") return null;
  return (
    <div className={`${layout.row} ${classes.sound}`} data-gap="xs">
      <Button variant="default" size="compact-sm" onClick={() => toggle(null)}>
        <span aria-hidden="true">{isPlaying ? "■" : "▶"}</span>&nbsp;{t(isPlaying ? "stop" : "play")}
      </Button>
      <SelectField
        size="xs"
        aria-label={t("speed")}
        value={speed}
        disabled={isPlaying}
        onChange={(event) => setSpeed(event.currentTarget.value as Speed)}
        options={speeds.map((value) => ({ value, label: t(value, { seconds: lengthsS[value] }) }))}
      />
    </div>
  );
}
