import { setImmediate as nextTurn } from "node:timers/promises";
import type { DeviceWorklistPage, DeviceWorklistQuery } from "#contract/device-worklist.ts";
import type { LikelyDuplicate } from "#contract/identity.ts";
import type { Patient } from "#contract/patient.ts";
import type { Reason as MarkedReason, Review } from "#contract/patient-marks.ts";
import type { PatientReasons, RosterFacets, RosterPage } from "#contract/roster.ts";
import type { RosterQuery } from "#contract/roster-query.ts";
import { deviceReasonsOf } from "#glucose/device-reasons.ts";
import { reasonsOf } from "#glucose/reasons.ts";
import { createSingleFlight } from "../single-flight.ts";
import type { PatientStore } from "../store/patients.ts";
import type { LimitsStore } from "../store/worklist-limits.ts";
import { deviceRowOf, deviceStateOf, type KeptDeviceRow } from "./device-list.ts";
import { lookOf } from "./entry.ts";
import { checksOf, facetsOf } from "./facets.ts";
import type { Asking } from "./filter.ts";
import { createFollowLimits } from "./follow-limits.ts";
import type { Identity } from "./identities.ts";
import { inOrder } from "./in-order.ts";
import { knownOf } from "./known.ts";
import { createLineLookup, type LineLookup } from "./line-lookup.ts";
import { createMembers } from "./members.ts";
import { type RowFigures, reviewFiguresOf } from "./review-figures.ts";
import { newSinceReview, stateOf } from "./row-state.ts";
import { createSearch, nearTo } from "./search.ts";
import { byKey, byName } from "./sort.ts";
import { searchWords } from "./terms.ts";

interface ReasonsNow {
  reasons: MarkedReason[];
  /** When the first of those arose that are new since the last review; null where nobody knows. */
  newSinceMs: number | null;
  /** Whether nothing is new or worse since this review. */
  isReviewedBy: (review: Review) => boolean;
}

interface FoundDevices extends Omit<DeviceWorklistPage, "rows"> {
  rows: KeptDeviceRow[];
}

/** The list of patients in memory: who they are and what was last found out about them, never a reading. */
export interface Roster {
  search(query: RosterQuery, asking: Asking): Promise<RosterPage>;
  /** Those with a reason about devices, or handed over to support; see `createDeviceList`. */
  searchDevices(query: DeviceWorklistQuery): Promise<FoundDevices>;
  /**
   * Who is meant by a name, an ID, a sensor's serial number or a whole phone number, in the order of their names;
   * who is archived is not. Of a name that nobody has, who has nearly it.
   */
  searchPeople(q: string, most: number): Promise<{ people: Patient[]; total: number; isNear: boolean }>;
  /** Finds those who are here now in the words of a text. */
  lineLookup(): Promise<LineLookup>;
  /** Who was low or near it when last read, the lowest first, then whoever was not read for longest. */
  lastLow(): Promise<string[]>;
  /** Why somebody is to be looked at now. */
  reasonsNow(patientId: string): Promise<ReasonsNow>;
  /** What the list says of somebody's row; null where they are not in it. */
  rowNow(patientId: string): Promise<PatientReasons | null>;
  /** How the list is kept up with; `reviewed` counts from `fromMs` on. */
  reviewFigures(fromMs: number): Promise<RowFigures>;
  /** Those about devices alone. */
  deviceReasonsNow(patientId: string): Promise<{ reasons: MarkedReason[]; isReviewed: boolean }>;
  facets(): Promise<RosterFacets>;
  /** By each of these partner user IDs, who has one that is not the same and easily taken for it. */
  withUidsLike(partnerUids: readonly string[]): Promise<ReadonlyMap<string, Patient>>;
  /** For each of these in their order, who is likely the same person and not of that ID or partner user ID. */
  duplicatesOf(
    people: readonly (Identity & { id?: string | null; partnerUid?: string })[],
  ): Promise<LikelyDuplicate[][]>;
}

const pageSize = 2000;
const mostNear = 5;

/**
 * The database remains the record. Every search first reads what has changed in it since the last one, so
 * that it does not matter which server changed it.
 */
export function createRoster(
  store: PatientStore,
  limits: Pick<LimitsStore, "read">,
  now: () => number,
): Roster {
  const members = createMembers(now);
  const search = createSearch(members, store.wearersOf);
  const lineLookup = createLineLookup(members);
  const followLimits = createFollowLimits(members, store, limits, now);
  /** The number of the last change that is in here. */
  let readSeq = 0;
  const shareRefresh = createSingleFlight<void>();

  async function readChanges(): Promise<void> {
    const judgedAnew = await followLimits(readSeq);
    if (judgedAnew) readSeq = judgedAnew.throughSeq;
    for (;;) {
      const changed = await store.changedAfter(readSeq, pageSize);
      for (const one of changed) members.put(one);
      readSeq = changed.at(-1)?.seq ?? readSeq;
      if (changed.length < pageSize) break;
      // A hundred thousand patients are read at the first search; others' requests go in between.
      await nextTurn();
    }
    members.sort();
  }

  const refresh = () => shareRefresh(readChanges);

  /** What is known of somebody now; null where nobody has looked. */
  async function knownNow(patientId: string) {
    await refresh();
    const row = members.rows[members.memberOf(patientId) ?? -1];
    if (!row?.status) return null;
    const kept = (await store.figuresOf([patientId])).get(patientId) ?? null;
    return { marks: row.marks, aroseMs: kept?.aroseMs ?? {}, known: knownOf(row, kept?.figures ?? null) };
  }

  /** How many of these are not of that standing. */
  function otherStandings(
    ids: readonly string[],
    standing: "listed" | "archived",
  ): RosterPage["outsideFilter"] {
    const outside = { listed: 0, archived: 0 };
    for (const id of ids) {
      const other = members.standings[members.memberOf(id) ?? -1];
      if (other && other !== "merged" && other !== standing) outside[other] += 1;
    }
    return outside;
  }

  const marked = (reasons: ReturnType<typeof reasonsOf>): MarkedReason[] =>
    reasons.map(({ key, value }) => ({ key, value }));

  async function reasonsNow(patientId: string): Promise<ReasonsNow> {
    const found = await knownNow(patientId);
    if (!found) return { reasons: [], newSinceMs: null, isReviewedBy: () => true };
    const { marks, aroseMs, known } = found;
    const nowMs = now();
    const reasons = reasonsOf(known, members.judged().by.limits, nowMs);
    const arose = newSinceReview(reasons, marks, nowMs)
      .flatMap((key) => aroseMs[key] ?? [])
      // One that is worse by now is new for a time that nobody knows.
      .filter((sinceMs) => sinceMs > (marks?.review?.atMs ?? 0));
    return {
      reasons: marked(reasons),
      newSinceMs: arose.length > 0 ? Math.min(...arose) : null,
      isReviewedBy: (review) => stateOf(reasons, { review, snooze: null }, nowMs) !== "open",
    };
  }

  return {
    lastLow: async () => {
      await refresh();
      const { worklist } = members.judged();
      const low = members.rows.flatMap(({ id, status }, member) => {
        const rank = members.standings[member] === "listed" ? worklist.wasLow(member) : 0;
        return rank === 0 ? [] : [{ id, rank, readMs: status?.checkedAtMs ?? 0 }];
      });
      return low.sort((a, b) => a.rank - b.rank || a.readMs - b.readMs).map(({ id }) => id);
    },
    search: async (query, asking) => {
      await refresh();
      const { q, filter, down, limit, offset } = query;
      const nowMs = now();
      // Others may be in its place before this search is through.
      const judged = members.judged();
      const { by, worklist } = judged;
      const marks = new Uint8Array(members.rows.length);
      const matches = members.filter.matches(filter, asking, nowMs);
      const standing = filter.archived ? "archived" : "listed";
      const passes = (member: number) =>
        members.standings[member] === standing &&
        matches(member) &&
        (!filter.reason || worklist.has(member, filter.reason, nowMs)) &&
        (!filter.lowNow || worklist.isLowNow(member, nowMs)) &&
        (!filter.wentVeryLow || worklist.wentVeryLow(member)) &&
        (!filter.state || worklist.stateOf(member, nowMs) === filter.state) &&
        (!filter.isNew || worklist.isNew(member, nowMs));
      const found = await search(marks, q, passes);
      const { total } = found;
      const isWholeDay = filter.appointments && searchWords(q).length === 0;
      const outsideFilter = isWholeDay
        ? otherStandings(asking.appointments ?? [], standing)
        : found.outsideFilter;
      const exact = members.called(q).filter((member) => marks[member] === 1);
      for (const member of exact) marks[member] = 2;
      const section = {
        down,
        from: Math.max(0, offset - exact.length),
        to: Math.max(0, Math.min(total, offset + limit) - exact.length),
      };
      const shown = [
        ...exact.slice(offset, offset + limit),
        ...inOrder(members, query, asking, marks, section, judged, nowMs),
      ];
      const kept = await store.figuresOf(shown.flatMap((member) => members.rows[member]?.id ?? []));
      const rows = shown.flatMap((member) =>
        members.listed(member).map((row) => ({
          ...row,
          ...lookOf(row, kept.get(row.id) ?? null, {
            limits: by.limits,
            nowMs,
            query,
            surfTideGroup: () => worklist.surfTideGroup(member),
          }),
        })),
      );
      const isInVain = total + outsideFilter.listed + outsideFilter.archived === 0;
      const near = isInVain ? nearTo(members, q, mostNear) : [];
      return { rows, total, outsideFilter, near: near.flatMap((member) => members.rows[member] ?? []) };
    },
    searchDevices: async ({ q, reason, state, handedOver, limit, offset }) => {
      await refresh();
      const nowMs = now();
      const { by, devices } = members.judged();
      const marks = new Uint8Array(members.rows.length);
      const inState = { open: 0, snoozed: 0, reviewed: 0 };
      const passes = (member: number) => {
        const standing = devices.stateOf(member, nowMs);
        if (
          members.standings[member] !== "listed" ||
          standing === null ||
          (reason && !devices.has(member, reason, nowMs)) ||
          (handedOver && !devices.isHandedOver(member))
        )
          return false;
        inState[standing] += 1;
        return !state || standing === state;
      };
      const { total } = await search(marks, q, passes, "name-and-ids");
      const section = { down: false, from: offset, to: Math.min(total, offset + limit) };
      const found = byKey(members.order(), marks, devices.urgency(nowMs), section);
      const listed = found.flatMap((member) => members.rows[member] ?? []);
      const kept = await store.figuresOf(listed.map(({ id }) => id));
      const rows = listed.flatMap(
        (row) => deviceRowOf(row, kept.get(row.id) ?? null, by.limits, nowMs) ?? [],
      );
      return { rows, total, inState, ...checksOf(members.rows) };
    },
    searchPeople: async (q, most) => {
      await refresh();
      const marks = new Uint8Array(members.rows.length);
      const isListed = (member: number) => members.standings[member] === "listed";
      const { total } = await search(marks, q, isListed, "with-whole-phone");
      const found = byName(members.order(), marks, { down: false, from: 0, to: Math.min(total, most) });
      const called = members.called(q).filter((member) => marks[member] === 1);
      const inOrder = [...new Set([...called, ...found])].slice(0, most);
      const near = total === 0 ? nearTo(members, q, mostNear) : [];
      const people = [...inOrder, ...near].flatMap((member) => members.rows[member] ?? []);
      return { people, total: total || near.length, isNear: near.length > 0 };
    },
    lineLookup: async () => {
      await refresh();
      return lineLookup;
    },
    withUidsLike: async (partnerUids) => {
      await refresh();
      return new Map(
        partnerUids.flatMap((partnerUid) => {
          const alike = members.alike(partnerUid);
          return alike ? [[partnerUid, alike] as const] : [];
        }),
      );
    },
    duplicatesOf: async (people) => {
      await refresh();
      return people.map((person) => members.duplicatesOf(person, person));
    },
    reasonsNow,
    rowNow: async (patientId) => {
      await refresh();
      const row = members.rows[members.memberOf(patientId) ?? -1];
      if (!row) return null;
      const kept = (await store.figuresOf([patientId])).get(patientId) ?? null;
      const { limits } = members.judged().by;
      return { status: row.status, ...lookOf(row, kept, { limits, nowMs: now() }) };
    },
    deviceReasonsNow: async (patientId) => {
      const found = await knownNow(patientId);
      if (!found) return { reasons: [], isReviewed: false };
      const { marks, known } = found;
      const reasons = deviceReasonsOf(known, members.judged().by.limits, now());
      return { reasons: marked(reasons), isReviewed: deviceStateOf(reasons, marks, now()) === "reviewed" };
    },
    reviewFigures: async (fromMs) => {
      await refresh();
      return reviewFiguresOf(members.rows, members.judged().worklist, fromMs, now());
    },
    facets: async () => {
      await refresh();
      return facetsOf(members.rows, members.judged().worklist, now());
    },
  };
}
