import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { forgetLookup, forgetLookups, rememberLookup, useLookups } from "#client/device/recent-lookups.ts";

const lookUp = (account: string, serial: string, atMs = 1) =>
  act(() => rememberLookup(account, { serial, state: null, atMs }));

test("the last eight look-ups are kept, newest first, each serial once", () => {
  const { result } = renderHook(() => useLookups("agent-a"));
  for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9, 3]) lookUp("agent-a", `LT${n}`, n);
  expect(result.current.map(({ serial }) => serial)).toEqual([
    "LT3",
    "LT9",
    "LT8",
    "LT7",
    "LT6",
    "LT5",
    "LT4",
    "LT2",
  ]);
});

test("a look-up that got no answer keeps the state an earlier one got", () => {
  const { result } = renderHook(() => useLookups("agent-b"));
  act(() => rememberLookup("agent-b", { serial: "LT1", state: "bound", atMs: 1 }));
  lookUp("agent-b", "LT1", 2);
  expect(result.current).toEqual([{ serial: "LT1", state: "bound", atMs: 2 }]);
});

test("look-ups can be removed one by one and all at once, and belong to one account", () => {
  const { result } = renderHook(() => useLookups("agent-c"));
  for (const serial of ["LT1", "LT2", "LT3"]) lookUp("agent-c", serial);
  lookUp("agent-d", "LT9");
  act(() => forgetLookup("agent-c", "LT2"));
  expect(result.current.map(({ serial }) => serial)).toEqual(["LT3", "LT1"]);
  act(() => forgetLookups("agent-c"));
  expect(result.current).toEqual([]);
  expect(renderHook(() => useLookups("agent-d")).result.current).toHaveLength(1);
});

test("a damaged list in the browser is an empty one", () => {
  localStorage.setItem("trendline-lookups-agent-e", '[{"serial":5}]');
  expect(renderHook(() => useLookups("agent-e")).result.current).toEqual([]);
});
