import type { Role } from "#contract/staff.ts";
import { endSession } from "../api/session.ts";
import { signInAs } from "../api/sign-in.ts";
import { readClock, type StageClock, setClock, setOutage } from "../api/stage.ts";
import { clearPersonalData } from "../local-data.ts";
import { notifyOtherTabs } from "../tabs.ts";
import { goTo, setBeginning } from "./control.ts";
import { keepScene } from "./kept.ts";
import { beginOutage, idOf, prepare } from "./prepare.ts";
import type { SceneLink } from "./scene-link.ts";

/** Signs in as somebody of this role, in the place of whoever was signed in. */
export async function become(role: Role): Promise<void> {
  await endSession().catch(() => {});
  clearPersonalData();
  const outcome = await signInAs(role);
  if (outcome.kind !== "signed-in") throw new Error(outcome.kind);
  notifyOtherTabs();
}

const preparedMs = ({ step, atMs }: SceneLink): number => atMs - (step.prepareBeforeMs ?? 0);

/** Whether the scene lies ahead in the sandbox that is there: then nothing has to be forgotten for it. */
export const liesAhead = (link: SceneLink, { seed, startMs, nowMs }: StageClock): boolean =>
  seed === link.seed && startMs === link.startMs && nowMs <= link.atMs;

async function pathOf({ target }: SceneLink["step"], prepared: string | null): Promise<string> {
  if ("path" in target) return target.path;
  if ("prepared" in target) return prepared ?? "/";
  const id = await idOf(target.uid);
  return id === null ? "/patients" : `/patients/${id}${target.query ?? ""}`;
}

/** In a sandbox of its own, put in the place of the one that is there: as it is at every opening. */
export async function openAnew(link: SceneLink): Promise<void> {
  const { seed, startMs } = link;
  await setBeginning({ seed, startMs, clockMs: preparedMs(link) });
  return goOnTo(link);
}

/**
 * Shows a scene that lies ahead. What it needs is made, then the clock goes to its moment, then the platform is out
 * where it is to be.
 */
export async function goOnTo(link: SceneLink): Promise<void> {
  const { atMs, isOutage, step } = link;
  await setOutage(false);
  await become(step.role);
  const { nowMs, speed } = await readClock();
  if (speed !== 1) await setClock({ speed: 1 });
  if (nowMs < preparedMs(link)) await setClock({ toMs: preparedMs(link) });
  const isMadeLater = step.prepare === "read" || step.prepare === "recall" || step.prepare === "file";
  let prepared = isMadeLater ? null : await prepare(step);
  const left = atMs - (await readClock()).nowMs;
  // Also without a way to go: the list is read by then.
  await setClock({ forwardMs: Math.max(0, left) });
  if (isMadeLater) prepared = await prepare(step);
  const path = await pathOf(step, prepared);
  if (isOutage) await beginOutage(step);
  keepScene(step.name);
  goTo(path);
}
