import { act, fireEvent, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { GlucoseChart } from "#client/chart/glucose-chart.tsx";
import { Announcer } from "#client/ui/announcer.tsx";
import { edgesMmolL } from "#glucose/bands.ts";
import { type Episode, episodesOf } from "#glucose/episodes.ts";
import { gapsOf } from "#glucose/gaps.ts";
import { readingsOf } from "#test/support/readings.ts";

const hourMs = 3_600_000;
const startMs = Date.UTC(2026, 10, 6);
const extent = { startMs, endMs: startMs + 24 * hourMs };
const times = (n: number, value: number | null) => Array<number | null>(n).fill(value);
/** A low from 02:00 to 03:00 and a gap from about 10:00 to 14:00. */
const readings = readingsOf(
  [...times(40, 6), ...times(20, 3.2), ...times(140, 6), ...times(80, null), ...times(200, 6)],
  {
    startMs,
  },
);
const episodes = episodesOf(readings, extent, "low", edgesMmolL);
/** The plot on a figure of 1000 px. */
const xAt = (hour: number) => 42 + (hour / 24) * (1000 - 42 - 12);

function Chart({ nowMs = extent.endMs, more = [] }: { nowMs?: number; more?: readonly Episode[] }) {
  return (
    <>
      <GlucoseChart
        readings={readings}
        extent={extent}
        nowMs={nowMs}
        gaps={gapsOf(readings, extent, new Map())}
        episodes={[...more, ...episodes]}
        edges={edgesMmolL}
        timeZone="UTC"
        unit="mmol/L"
      />
      <Announcer />
    </>
  );
}

const frames = () =>
  act(
    () =>
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined)))),
  );
const slider = () => screen.getByRole("slider");
const readout = () => slider().previousElementSibling?.textContent ?? "";
const pointer = async (
  type: "pointerDown" | "pointerMove" | "pointerUp" | "pointerCancel" | "pointerLeave",
  hour: number,
  more: { pointerType?: string; clientY?: number } = {},
) => {
  const { pointerType = "mouse", clientY = 100 } = more;
  fireEvent[type](slider(), { clientX: xAt(hour), clientY, pointerType, pointerId: 1, button: 0 });
  await frames();
};

test("a gap's reason stays under a resting pointer when the page is rendered anew, with its end", async () => {
  const { rerender } = render(<Chart />);
  await frames();
  await pointer("pointerMove", 12);
  expect(readout()).toMatch(/No readings.*6 Nov 2026, 09:57 – 14:00 \(4\u00a0hours 3\u00a0minutes\)/);
  rerender(<Chart nowMs={extent.endMs + 60_000} />);
  await frames();
  expect(readout()).toMatch(/No readings.*09:57 – 14:00/);
});

test("a finger that scrolls the page moves no reading, a tap reads one, and a slide reads on", async () => {
  render(<Chart />);
  await frames();
  const touch = { pointerType: "touch" };
  await pointer("pointerDown", 5, touch);
  await pointer("pointerMove", 5.01, { ...touch, clientY: 140 });
  await pointer("pointerCancel", 5.01, touch);
  expect(readout()).toMatch(/to read single values/);
  await pointer("pointerDown", 2.5, touch);
  await pointer("pointerUp", 2.5, touch);
  expect(readout()).toMatch(/^ ?3\.2 mmol\/L/);
  await pointer("pointerDown", 5, touch);
  await pointer("pointerMove", 5, { ...touch, clientY: 160 });
  await pointer("pointerCancel", 5, touch);
  expect(readout()).toMatch(/^ ?3\.2 mmol\/L/);
});

test("the page scrolled under a resting mouse moves no reading that was chosen by key", async () => {
  render(<Chart />);
  await frames();
  await pointer("pointerMove", 8);
  slider().focus();
  await userEvent.keyboard("{Home}");
  expect(readout()).toContain("00:00");
  await pointer("pointerMove", 8);
  await pointer("pointerLeave", 8);
  expect(readout()).toContain("00:00");
});

test("the first E reads the episode, with how low, when and for how long", async () => {
  render(<Chart />);
  await frames();
  slider().focus();
  await userEvent.keyboard("e");
  expect(slider().getAttribute("aria-valuetext")).toBe(
    "Low, lowest 3.2\u00a0mmol/L at 02:00, 6 Nov 2026, 02:00 – 03:00 (1\u00a0hour)",
  );
});

test("what a tap or a slide of a finger reads is the slider's value, without the keyboard's focus", async () => {
  render(<Chart />);
  await frames();
  const touch = { pointerType: "touch" };
  await pointer("pointerDown", 5, touch);
  await pointer("pointerUp", 5, touch);
  expect(slider().getAttribute("aria-valuetext")).toMatch(/^6\.0 mmol\/L.*05:00/);
  await pointer("pointerDown", 2.5, touch);
  await pointer("pointerUp", 2.5, touch);
  expect(slider().getAttribute("aria-valuetext")).toMatch(/^3\.2 mmol\/L.*02:30/);
});

const heard = () => slider().getAttribute("aria-valuetext");

test("the keyboard's focus hears of keys, and the line for the eyes of the pointer too", async () => {
  render(<Chart />);
  await frames();
  slider().focus();
  expect(heard()).toMatch(/^Arrow keys read single values/);
  expect(readout()).toMatch(/Point at the curve/);
});

test("zoom and pan by key say the window, and no reading that has left it is heard when the curve is come back to", async () => {
  const { rerender } = render(<Chart />);
  await frames();
  slider().focus();
  await userEvent.keyboard("{Home}++");
  expect(heard()).toBe("Now shown: 6 Nov 2026, 00:00 – 6 Nov 2026, 08:38");
  await userEvent.keyboard("]");
  expect(heard()).toBe("Now shown: 6 Nov 2026, 04:19 – 6 Nov 2026, 12:57");
  rerender(<Chart nowMs={extent.endMs + 60_000} />);
  await frames();
  expect(heard()).toBe("Now shown: 6 Nov 2026, 04:19 – 6 Nov 2026, 12:57");
  slider().blur();
  slider().focus();
  expect(heard()).toBe("Now shown: 6 Nov 2026, 04:19 – 6 Nov 2026, 12:57");
  await userEvent.keyboard("{ArrowRight}");
  expect(heard()).toMatch(/^6\.0 mmol\/L.*04:21/);
});

test("L goes from low to low and passes the highs, from either end", async () => {
  const [low] = episodes;
  if (!low) throw new Error("no low");
  const high: Episode = { ...low, kind: "high", startMs: startMs + hourMs, endMs: startMs + 1.5 * hourMs };
  render(<Chart more={[high]} />);
  await frames();
  slider().focus();
  await userEvent.keyboard("e");
  expect(heard()).toMatch(/^High, /);
  await userEvent.keyboard("{Escape}l");
  expect(heard()).toMatch(/^Low, lowest 3\.2/);
  await userEvent.keyboard("L");
  expect(heard()).toMatch(/^Low, lowest 3\.2/);
  expect(slider().getAttribute("aria-keyshortcuts")).toContain(" L Shift+L ");
});

/** The sound's clock, moved by the test. */
function stubAudio() {
  const clock = { nowS: 0 };
  const param = { setValueAtTime: () => {}, linearRampToValueAtTime: () => {} };
  const node = {
    connect: (to: unknown) => to,
    gain: param,
    frequency: param,
    start: () => {},
    stop: () => {},
  };
  vi.stubGlobal(
    "AudioContext",
    class {
      get currentTime() {
        return clock.nowS;
      }
      destination = {};
      createOscillator = () => node;
      createGain = () => node;
      close = () => {};
    },
  );
  return clock;
}
afterEach(() => void Reflect.deleteProperty(globalThis, "AudioContext"));
const announced = () => screen.getByTestId("announcer").textContent;

test("P plays a chosen episode with a quarter of an hour around it, says that it has ended, and the episode stays chosen", async () => {
  const clock = stubAudio();
  render(<Chart />);
  await frames();
  slider().focus();
  await userEvent.keyboard("l");
  const episode = heard();
  await userEvent.keyboard("p");
  await frames();
  expect(readout()).toContain("01:45");
  clock.nowS = 31;
  await frames();
  expect(announced()).toBe("The sound has ended, at 6 Nov 2026, 03:15.");
  expect(heard()).toBe(episode);
});

test("a sound that is stopped says where", async () => {
  const clock = stubAudio();
  render(<Chart />);
  await frames();
  slider().focus();
  await userEvent.keyboard("p");
  clock.nowS = 15.05;
  await frames();
  await userEvent.keyboard("{Escape}");
  expect(announced()).toBe("Stopped at 6 Nov 2026, 12:00.");
});

test("a finger marks the reading it has read with a second tap nearby, not only on the same minutes", async () => {
  render(<Chart />);
  await frames();
  const touch = { pointerType: "touch" };
  const tap = async (hour: number) => {
    await pointer("pointerDown", hour, touch);
    await pointer("pointerUp", hour, touch);
  };
  await tap(5);
  await tap(5.4);
  expect(readout()).toContain("marked");
  expect(readout()).toContain("05:00");
  await tap(7);
  expect(readout()).toContain("05:00");
  expect(readout()).toContain("07:00");
});
