import { getDocumentProxy } from "unpdf";
import { expect, test } from "vitest";
import type { Device } from "#contract/device.ts";
import { toReadings } from "#contract/reading-columns.ts";
import { type ReadingsResponse, readingsResponse } from "#contract/readings.ts";
import { gapsOf } from "#glucose/gaps.ts";
import { statisticsOf } from "#glucose/statistics.ts";
import { type TargetChoice, targetsFor } from "#glucose/targets.ts";
import { dayMs, hourMs } from "#glucose/time.ts";
import type { GlucoseUnit } from "#glucose/units.ts";
import { patientSpeech } from "#proxy/pdf/patient-speech.ts";
import { axisTopMmolL } from "#report/chart/axis.ts";
import { curveSummary } from "#report/chart/curve-summary.ts";
import { dayLines, dayName } from "#report/patient/day-tile-view.ts";
import { episodeInWords } from "#report/patient/episode-words.ts";
import { episodeRows, printedLows } from "#report/patient/episodes-view.ts";
import { gapInWords, gapsView } from "#report/patient/gaps-view.ts";
import { episodesIn, type PeriodData } from "#report/patient/period-data.ts";
import { profileNotes, shownProfile } from "#report/patient/profile-view.ts";
import { griOfPeriod, griStatistic, statisticsView } from "#report/patient/statistics-view.ts";
import { timeInRangesView } from "#report/patient/time-in-ranges-view.ts";
import { readPdf, sheetsOf } from "#test/support/pdf.ts";
import { createWorld, json } from "#test/support/world.ts";
import type { Language } from "#words/language.ts";
import { formatSentences } from "#words/list.ts";

async function openClinic(partnerUid = "clinic-0011", targets?: TargetChoice) {
  const world = await createWorld();
  const person = world.sandbox.cohort.find((one) => one.partnerUid === partnerUid);
  if (!person) throw new Error(`nobody has the ID ${partnerUid}`);
  const { patient } = await world.proxy.registerPatient(person);
  const { id } = patient;
  const cookie = await world.signIn("clinician");
  const get = (path: string) => world.request(path, { cookie });
  const path = `/api/patients/${id}`;
  if (targets)
    await world.request(path, { ...json({ targets, targetsReason: "frail" }), method: "PATCH", cookie });
  return {
    ...world,
    id,
    timeZone: person.timeZone,
    get,
    report: (period: string, how = "language=en&unit=mmol/L&paper=a4") =>
      get(`${path}/report.pdf?${period}&${how}`),
    readings: async (startMs: number, endMs: number): Promise<ReadingsResponse> =>
      readingsResponse.parse(await (await get(`${path}/readings?start=${startMs}&end=${endMs}`)).json()),
    device: async (serial: string) => (await (await get(`/api/devices/${serial}`)).json()) as Device,
    exports: () =>
      world.database.db
        .selectFrom("audit")
        .select(["subject", "outcome", "details"])
        .where("action", "=", "patient.export")
        .execute(),
  };
}
type Clinic = Awaited<ReturnType<typeof openClinic>>;

/** What the page makes of the server's answers. */
async function pageData(clinic: Clinic, startMs: number, endMs: number, targetChoice: TargetChoice) {
  const answer = await clinic.readings(startMs, endMs);
  const readings = toReadings(answer.readings);
  const serials = [...new Set(readings.map(({ sensor }) => sensor))];
  const devices = await Promise.all(serials.map(clinic.device));
  const lives = new Map(devices.map((device) => [device.serial, device]));
  const targets = targetsFor(targetChoice);
  const period = { startMs, endMs };
  const data: PeriodData = {
    ...period,
    readings,
    lives,
    targets,
    statistics: statisticsOf(readings, period, targets.edges, lives),
    episodes: episodesIn(readings, period, targets),
    extentEndMs: endMs,
    timeZone: clinic.timeZone,
    asOfMs: answer.asOfMs,
  };
  return { data, gaps: gapsOf(readings, period, lives, answer.unread, answer.unreadable) };
}

const own: TargetChoice = { low: 4.2, high: 9.4, inRangeMin: 66 };

test.each<[Language, GlucoseUnit, "a4" | "letter", TargetChoice]>([
  ["en", "mmol/L", "a4", "most-adults"],
  ["zh-CN", "mg/dL", "letter", own],
])("in %s and %s every number and word of the page is read back out of the file", async (...how) => {
  const [language, unit, paper, targets] = how;
  const clinic = await openClinic("clinic-0011", targets);
  const endMs = clinic.now() - 5 * hourMs;
  const startMs = endMs - 14 * dayMs;
  const answer = await clinic.report(
    `start=${startMs}&end=${endMs}`,
    `language=${language}&unit=${unit}&paper=${paper}`,
  );
  expect(answer.status).toBe(200);
  const { beside, says } = await readPdf(await answer.bytes());
  const { data, gaps } = await pageData(clinic, startMs, endMs, targets);
  const { page: t, details, define, curve } = patientSpeech({ language, unit });
  const { timeZone } = clinic;
  const { timeIn } = data.statistics;
  const gri = griOfPeriod(data);
  if (!timeIn || !gri) throw new Error("no readings");
  const rows = episodeRows(data);
  const speech = { t: details, unit, language, timeZone, namesSensors: false };
  const lows = printedLows(rows, data, clinic.now());
  const { newestFirst, printed } = gapsView(gaps);
  const { rows: ranges, tight } = timeInRangesView(data, timeIn, { t, unit });
  const texts = [
    ...ranges.flatMap(({ name, range, percent }) => [name, range ?? name, t("percent", { value: percent })]),
    `${tight?.name} ${unit} TITR${t("colon")}${t("percent", { value: tight?.percent ?? "" })}`,
    ...[...statisticsView(data, { t, define, unit, language }), griStatistic(gri, { t, define })].flatMap(
      ({ name, value, unit: of, also, note }) => [
        `${name}${value}${of}${also ? also.value + also.unit : ""}${note ?? ""}`,
      ],
    ),
    ...profileNotes(
      shownProfile(data, null),
      { timeZone, isCompared: false },
      { t: details, curve, unit, language },
    ),
    ...rows.map(({ key, counts, episodes }) => `${details(`of-${key}`)}${counts.join("")}${episodes.length}`),
    ...lows.kept.map((low) => {
      const { when, what, reached, facts } = episodeInWords(low, speech);
      return when + [what, ...(reached ? [reached] : []), facts].join(details("comma"));
    }),
    ...newestFirst
      .filter((gap) => printed.has(gap))
      .map((gap) => Object.values(gapInWords(gap, { words: curve, language, timeZone })).join("")),
  ];
  expect(texts.length).toBeGreaterThan(40);
  expect(texts.filter((text) => !says(text))).toEqual([]);
  expect(beside).toHaveLength(2);
  for (const [index, text] of beside.entries()) {
    expect(text).toContain("SofiaRamirez");
    expect(text).toContain("clinic-0011");
    expect(text).toContain(language === "en" ? `Page${index + 1}of2` : `第${index + 1}页，共2页`);
  }
});

interface Node {
  role: string;
  alt?: string;
  children: Node[];
}

async function figuresIn(bytes: Uint8Array): Promise<string[]> {
  const file = await getDocumentProxy(new Uint8Array(bytes));
  const alts: string[] = [];
  const walk = (node: Node) => {
    if (node.role === "Figure") alts.push(node.alt ?? "");
    for (const child of node.children ?? []) walk(child);
  };
  for (let number = 1; number <= file.numPages; number += 1)
    walk((await (await file.getPage(number)).getStructTree()) as Node);
  return alts;
}

test("each chart is a figure that says what the page says of it, and a day that is cut is told whole", async () => {
  const clinic = await openClinic();
  const endMs = clinic.now();
  const startMs = endMs - dayMs;
  const bytes = await (await clinic.report("days=1")).bytes();
  const { data, gaps } = await pageData(clinic, startMs, endMs, "most-adults");
  const { curve: t, page, details } = patientSpeech({ language: "en", unit: "mmol/L" });
  const { readings, timeZone } = data;
  const words = { t, unit: "mmol/L", language: "en" } as const;
  const span = { startMs, endMs };
  const shown = { readings, gaps, shown: span, topMmolL: axisTopMmolL(readings, span), timeZone };
  const figures = await figuresIn(bytes);
  expect(figures).toContain(formatSentences(curveSummary(shown, words), "en"));
  const gri = griOfPeriod(data);
  expect(figures).toContain(
    page("griGrid", {
      hypo: gri?.hypoPercent.toFixed(1) ?? "",
      hyper: gri?.hyperPercent.toFixed(1) ?? "",
      zone: gri?.zone ?? "",
    }),
  );
  // Two calendar days, the bar, the curve and the risk index.
  expect(figures).toHaveLength(5);

  // Los Angeles is eight hours behind: yesterday began 25.5 hours ago.
  const wholeStartMs = Date.UTC(2026, 10, 19, 8);
  const whole = { startMs: wholeStartMs, endMs: wholeStartMs + dayMs };
  const day = await pageData(clinic, whole.startMs, whole.endMs, "most-adults");
  const { says } = await readPdf(bytes);
  const lines = dayLines({ day: whole, whole, statistics: day.data.statistics }, details, "en");
  expect(says(dayName(whole, timeZone, "en") + lines.join(""))).toBe(true);
});

test("a file stands in the trail before it is sent, with what it held, and is named for its days", async () => {
  const clinic = await openClinic();
  const answer = await clinic.report("days=14", "language=zh-CN&unit=mg/dL&paper=letter");
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "application/pdf",
    "content-disposition": 'attachment; filename="glucose-2026-11-07-to-2026-11-20.pdf"',
    "cache-control": "no-store",
  });
  expect(await clinic.exports()).toEqual([
    {
      subject: clinic.id,
      outcome: "ok",
      details: JSON.stringify({
        days: 14,
        file: "pdf",
        language: "zh-CN",
        unit: "mg/dL",
        paper: "letter",
        audience: "clinic",
      }),
    },
  ]);
});

test("the same readings have the same bytes on another day, and with another language others", async () => {
  const clinic = await openClinic();
  const period = `start=${clinic.now() - 9 * dayMs}&end=${clinic.now() - 2 * dayMs}`;
  const first = await (await clinic.report(period)).bytes();
  clinic.advance(3 * dayMs);
  const second = await (await clinic.report(period)).bytes();
  expect(Buffer.from(second).equals(Buffer.from(first))).toBe(true);
  const chinese = await (await clinic.report(period, "language=zh-CN&unit=mmol/L&paper=a4")).bytes();
  expect(Buffer.from(chinese).equals(Buffer.from(first))).toBe(false);
  const { info } = await (await getDocumentProxy(new Uint8Array(first))).getMetadata();
  expect(info).toMatchObject({ Language: "en", CreationDate: expect.stringMatching(/^D:20261118/) });
});

test("while the platform cannot be read the file says so, and of when its readings are", async () => {
  const clinic = await openClinic();
  const readBefore = (await clinic.report("days=14")).status;
  clinic.advance(2 * 60_000);
  clinic.sandbox.inject({ kind: "outage" });
  const answer = await clinic.report("days=14");
  expect([readBefore, answer.status]).toEqual([200, 200]);
  const { says } = await readPdf(await answer.bytes());
  expect(says("Not updating:")).toBe(true);
});

test("what cannot be read at all is refused and stands in the trail as failed", async () => {
  const clinic = await openClinic();
  clinic.sandbox.inject({ kind: "outage" });
  const answer = await clinic.report("days=14");
  expect(answer.status).toBe(502);
  expect(await clinic.exports()).toMatchObject([{ subject: clinic.id, outcome: "failed" }]);
});

test("a period without readings is a file that says so", async () => {
  const clinic = await openClinic();
  const endMs = clinic.now() - 600 * dayMs;
  const { says } = await readPdf(await (await clinic.report(`start=${endMs - dayMs}&end=${endMs}`)).bytes());
  expect(says("The platform has no readings in this period.")).toBe(true);
});

test.each([
  ["days=5&language=en&unit=mmol/L&paper=a4", "days"],
  ["language=en&unit=mmol/L&paper=a4", "days"],
  ["days=3&start=1&end=2&language=en&unit=mmol/L&paper=a4", "days"],
  ["start=2&end=1&language=en&unit=mmol/L&paper=a4", "end"],
  ["start=1&end=40000000000&language=en&unit=mmol/L&paper=a4", "end"],
  ["start=4000000000000&end=4000000100000&language=en&unit=mmol/L&paper=a4", "start"],
  ["days=14&language=de&unit=mmol/L&paper=a4", "language"],
  ["days=14&language=en&unit=g/L&paper=a4", "unit"],
  ["days=14&language=en&unit=mmol/L&paper=a5", "paper"],
])("%s makes no file and says what is wrong", async (query, field) => {
  const clinic = await openClinic();
  const answer = await clinic.get(`/api/patients/${clinic.id}/report.pdf?${query}`);
  expect(answer.status).toBe(400);
  expect((await answer.json()) as object).toMatchObject({
    fields: expect.arrayContaining([expect.objectContaining({ field })]),
  });
});

test.each([
  ["clinic-0012", "days=14", "language=en&unit=mg/dL&paper=letter"],
  ["clinic-0012", "days=90", "language=en&unit=mmol/L&paper=letter"],
  ["clinic-0012", "days=3", "language=zh-CN&unit=mmol/L&paper=letter"],
  ["clinic-0018", "days=14", "language=en&unit=mmol/L&paper=a4"],
  ["clinic-0029", "days=1", "language=zh-CN&unit=mg/dL&paper=a4"],
])(
  "%s, %s, %s: two sheets, nothing beyond their margins and no type below 7 pt",
  async (uid, period, how) => {
    const clinic = await openClinic(uid);
    const sheets = await sheetsOf(Buffer.from(await (await clinic.report(period, how)).bytes()));
    expect(sheets).toHaveLength(2);
    const widthPt = how.endsWith("a4") ? 595.28 : 612;
    for (const { texts } of sheets) {
      expect(texts.filter(({ sizePt }) => sizePt < 7)).toEqual([]);
      const xs = texts.map(({ x }) => x);
      expect(Math.min(...xs)).toBeGreaterThanOrEqual(40);
      expect(Math.max(...xs)).toBeLessThanOrEqual(widthPt - 40);
    }
  },
);
