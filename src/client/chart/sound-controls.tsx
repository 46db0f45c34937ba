import { Button, Group, NativeSelect } from "@mantine/core";
import { type Ref, type RefObject, useEffect, useImperativeHandle, useRef, useState } from "react";
import type { Edges } from "#glucose/bands.ts";
import type { Gap } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import classes from "./glucose-chart.module.css";
import { play } from "./play.ts";
import type { Area } from "./plot.ts";
import { scoreOf } from "./score.ts";
import { useSoundWords } from "./sound-words.ts";
import type { ViewStore } from "./view.ts";

interface SoundControlsProps {
  /** Begins and ends playing, for the curve's own key. */
  ref: Ref<() => void>;
  readings: readonly Reading[];
  gaps: readonly Gap[];
  edges: Edges;
  timeZone: string;
  view: ViewStore;
  area: Area;
  /** The mark that moves along the curve. */
  playhead: () => HTMLElement | null | undefined;
  /** Says what is read where the sound is. */
  readAt: RefObject<((timeMs: number, stays: boolean) => void) | null>;
}

const lengthsS = { slow: 60, normal: 30, fast: 12 } as const;
type Speed = keyof typeof lengthsS;
const speeds = Object.keys(lengthsS) as Speed[];

/** Plays what the curve shows as tone; Escape stops it, and so does moving the window. */
export function SoundControls(props: SoundControlsProps) {
  const { ref, readings, gaps, edges, timeZone, view, area, playhead, readAt } = props;
  const t = useSoundWords();
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

  const toggle = () => {
    if (isPlaying) return stop.current();
    const { startMs, endMs } = view.get();
    const score = scoreOf(readings, gaps, { startMs, endMs }, { edges, timeZone, lengthS: lengthsS[speed] });
    const mark = playhead();
    let atMs = startMs;
    setPlaying(true);
    stop.current = play(
      score,
      (share) => {
        atMs = startMs + share * (endMs - startMs);
        readAt.current?.(atMs, false);
        if (!mark) return;
        mark.style.visibility = "visible";
        mark.style.transform = `translateX(${(area.x + share * area.width).toFixed(1)}px)`;
      },
      () => {
        if (mark) mark.style.visibility = "hidden";
        readAt.current?.(atMs, true);
        setPlaying(false);
      },
    );
  };
  useImperativeHandle(ref, () => toggle);
  if (typeof AudioContext === "undefined") return null;
  return (
    <Group gap="xs" className={classes.sound ?? ""}>
      <Button variant="default" size="compact-sm" onClick={toggle}>
        <span aria-hidden="true">{isPlaying ? "■" : "▶"}</span>&nbsp;{t(isPlaying ? "stop" : "play")}
      </Button>
      <NativeSelect
        size="xs"
        aria-label={t("speed")}
        value={speed}
        disabled={isPlaying}
        onChange={(event) => setSpeed(event.currentTarget.value as Speed)}
        data={speeds.map((value) => ({ value, label: t(value, { seconds: lengthsS[value] }) }))}
      />
    </Group>
  );
}
