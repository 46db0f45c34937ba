import { useMemo, useSyncExternalStore } from "react";
import * as z from "zod/mini";
import { deviceStates } from "#contract/device.ts";
import { onClear } from "../local-data.ts";

const lookups = z.array(
  z.object({
    serial: z.string(),
    state: z.nullable(z.enum([...deviceStates, "device-unknown", "platform-refused"])),
    atMs: z.number(),
  }),
);
/** `state` is the last answer of the platform; null when it never answered for this serial. */
export type Lookup = z.infer<typeof lookups>[number];

const mostKept = 8;
const keyOf = (account: string) => `trendline-lookups-${account}`;
const listeners = new Set<() => void>();
/** Stands in where the browser blocks storage; the list then lasts as long as the page. */
const inMemory = new Map<string, string>();

onClear(() => {
  inMemory.clear();
  for (const listener of listeners) listener();
});

function read(account: string): string {
  try {
    return localStorage.getItem(keyOf(account)) ?? "[]";
  } catch {
    return inMemory.get(account) ?? "[]";
  }
}

function parse(stored: string): Lookup[] {
  try {
    return lookups.parse(JSON.parse(stored));
  } catch {
    // Damaged, or written by another version: nothing in it is worth an error on the screen.
    return [];
  }
}

function write(account: string, list: readonly Lookup[]): void {
  const stored = JSON.stringify(list);
  try {
    localStorage.setItem(keyOf(account), stored);
  } catch {
    inMemory.set(account, stored);
  }
  for (const listener of listeners) listener();
}

/** Puts a look-up on top of this account's list. A state that is null stays as it was known. */
export function rememberLookup(account: string, lookup: Lookup): void {
  const list = parse(read(account));
  const known = list.find(({ serial }) => serial === lookup.serial);
  const others = list.filter(({ serial }) => serial !== lookup.serial);
  const state = lookup.state ?? known?.state ?? null;
  write(account, [{ ...lookup, state }, ...others].slice(0, mostKept));
}

export function forgetLookup(account: string, serial: string): void {
  write(
    account,
    parse(read(account)).filter((lookup) => lookup.serial !== serial),
  );
}

export const forgetLookups = (account: string): void => write(account, []);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** The last serials this account looked up in this browser, newest first. */
export function useLookups(account: string): Lookup[] {
  const stored = useSyncExternalStore(subscribe, () => read(account));
  return useMemo(() => parse(stored), [stored]);
}
