import { dayMs } from "#glucose/time.ts";
import { making, readClock, setOutage } from "../api/stage.ts";
import { longestWaitMs, pause } from "./control.ts";
import { type NamedStep, newcomerUid } from "./scenes.ts";

const fileName = "clinic-2026.csv";
const recallName = "TL2026 field notice";

/** Nobody's names. */
const people = [
  ["Hannah Berger", "DE"],
  ["George Whitaker", "GB"],
  ["林晓彤", "CN"],
  ["Noah Lindqvist", "DE"],
  ["郑国强", "CN"],
  ["Amelia Foster", "AU"],
  ["Daniel Okafor", "GB"],
  ["何雨桐", "CN"],
  ["Clara Moreau", "FR"],
  ["Ethan Clarke", "US"],
  ["Yuki Nakamura", "JP"],
  ["赵文博", "CN"],
  ["Sarah Lim", "SG"],
  ["Jonas Keller", "DE"],
  ["Grace Murphy", "AU"],
  ["马俊杰", "CN"],
  ["Olivia Bennett-Shaw", "GB"],
  ["Luis Herrera", "US"],
  ["许静怡", "CN"],
  ["Marie Dubois", "FR"],
] as const;

const csv = [
  "id,name,date of birth,hospital number,region",
  ...people.map(
    ([name, region], i) =>
      `NEW-${3001 + i},${name},${1948 + ((i * 7) % 50)}-${String(1 + (i % 12)).padStart(2, "0")}-${10 + (i % 18)},B-${7001 + i * 13},${region}`,
  ),
].join("\n");

const fileOf = (name: string, text: string) => new File([text], name, { type: "text/csv" });

/** The ID here of somebody at the platform; null where nobody has registered them. */
export const idOf = async (partnerUid: string): Promise<string | null> =>
  (await making.lookUp(partnerUid))?.id ?? null;

async function addNewcomer(): Promise<null> {
  if ((await idOf(newcomerUid)) === null)
    await making.register({
      partnerUid: newcomerUid,
      name: "Martin Vogel",
      dateOfBirth: "1971-05-14",
      hospitalNumber: "B-2041",
      diabetesType: "type-1",
      region: "DE",
      timeZone: "Europe/Berlin",
    });
  return null;
}

async function addFile(): Promise<string> {
  const known = (await making.imports()).find((job) => job.fileName === fileName);
  return (known ?? (await making.addImport(fileOf(fileName, csv)))).id;
}

async function importFile(): Promise<null> {
  const id = await addFile();
  if ((await making.importJob(id)).state === "checked") await making.startImport(id);
  const untilMs = performance.now() + longestWaitMs;
  while ((await making.importJob(id)).state === "running" && performance.now() < untilMs) await pause();
  return null;
}

/** Of sensors that are worn here now, every third. */
async function addRecall(): Promise<string> {
  const known = (await making.recalls()).find(({ name }) => name === recallName);
  if (known) return `/recalls/${known.id}`;
  const worn = (await making.listed()).flatMap(({ status }) => status?.sensor?.serial ?? []).sort();
  const serials = worn.filter((_, index) => index % 3 === 0);
  const { id } = await making.addRecall(fileOf("field-notice.csv", serials.join("\n")));
  await making.beginRecall(id, recallName);
  await making.instruct(id, {
    en: "Please put on a new sensor and keep the old one. We send you a replacement.",
    "zh-CN": "请更换新的传感器，并保留旧传感器。我们会为您寄送替换品。",
  });
  return `/recalls/${id}`;
}

async function readAhead(uid: string): Promise<null> {
  const id = await idOf(uid);
  const { nowMs } = await readClock();
  if (id === null) return null;
  await making.summary(id);
  await making.read(id, nowMs - 30 * dayMs, nowMs);
  return null;
}

/** By a read of what nobody has asked for yet the server finds it out. */
export async function beginOutage({ target }: NamedStep): Promise<void> {
  const id = "uid" in target ? await idOf(target.uid) : null;
  const { nowMs } = await readClock();
  await setOutage(true);
  if (id !== null) await making.read(id, nowMs - 80 * dayMs, nowMs - 70 * dayMs).catch(() => {});
}

/** Makes what a step needs, once; answers with the page of it, where it has one. */
export async function prepare({ prepare: what, target }: NamedStep): Promise<string | null> {
  if (what === "newcomer") return addNewcomer();
  if (what === "file") return `/patients/import/${await addFile()}`;
  if (what === "imported-file") return importFile();
  if (what === "recall") return addRecall();
  return what === "read" && "uid" in target ? readAhead(target.uid) : null;
}
