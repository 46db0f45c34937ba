import { screen, waitFor, within } from "@testing-library/react";
import { http } from "msw";
import { expect, test } from "vitest";
import { localDayOf, previousLocalDay } from "#glucose/local-time.ts";
import { serveWorld } from "./app.tsx";

const open = serveWorld();
const zone = "Europe/London";

async function openOliver() {
  const opened = await open("/patients");
  await opened.user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await opened.user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));
  await screen.findByTestId("curve");
  return opened;
}

const inAddress = (search: string) => {
  const params = new URLSearchParams(search);
  return { startMs: Number(params.get("from")), endMs: Number(params.get("to")) };
};
const shareIn = (text: string | null) => /In range([\d.]+) %/.exec(text ?? "")?.[1];
const tileShare = (tile: HTMLElement) =>
  /(?:\d\d:\d\d)?([\d.]+) % in range/.exec(tile.textContent ?? "")?.[1];

test("a chosen day stands in the address from midnight to midnight, with the shares of its tile; [ and ] go to the days beside it", async () => {
  const { user, world, router } = await openOliver();
  const days = await screen.findByRole("region", { name: "Days" });
  const tiles = () => within(days).getAllByRole("button", { name: /% in range|no readings/ });
  const today = localDayOf(world.now(), zone);
  const yesterday = previousLocalDay(today, zone);
  const [ofYesterday, ofToday] = tiles().slice(-2);
  if (!ofYesterday || !ofToday) throw new Error("no tiles");
  const shares = [tileShare(ofYesterday), tileShare(ofToday)];
  expect(ofToday).toHaveTextContent(/00:00 – 09:3\d/);
  await user.click(ofYesterday);

  const chosen = await screen.findByRole("region", { name: "The chosen day" });
  expect(inAddress(router.state.location.search)).toEqual(yesterday);
  expect(shareIn(chosen.textContent)).toBe(shares[0]);
  expect(chosen).toHaveTextContent(/Thursday 19 Nov 2026/);

  screen.getByRole("slider", { name: "Readings of the curve, one by one" }).focus();
  await user.keyboard("]");
  await waitFor(() => expect(inAddress(router.state.location.search)).toEqual(today));
  expect(await screen.findByText(/Friday 20 Nov 2026 · 00:00 – 09:3\d/)).toBeVisible();
  expect(shareIn(screen.getByRole("region", { name: "The chosen day" }).textContent)).toBe(shares[1]);
  expect(screen.getByRole("button", { name: /Day after/ })).toBeDisabled();
  await user.keyboard("]");
  expect(inAddress(router.state.location.search)).toEqual(today);
  await user.keyboard("[[");
  await waitFor(() => expect(inAddress(router.state.location.search)).toEqual(yesterday));
});

test("the day that a period begins in is whole, and the day before it is one too", async () => {
  const { user, world, router } = await openOliver();
  const { pathname } = router.state.location;
  const today = localDayOf(world.now(), zone);
  const yesterday = previousLocalDay(today, zone);
  const before = previousLocalDay(yesterday, zone);
  await router.navigate(`${pathname}?days=1&from=${yesterday.startMs}&to=${yesterday.endMs}`);
  const chosen = () => screen.getByRole("region", { name: "The chosen day" });
  await waitFor(() =>
    expect(chosen()).toHaveTextContent(/Thursday 19 Nov 2026.*In range[\d.]+ %.* of 480 expected/),
  );
  const whole = shareIn(chosen().textContent);
  expect(chosen()).not.toHaveTextContent(/Thursday 19 Nov 2026 ·/);
  expect(inAddress(router.state.location.search)).toEqual(yesterday);

  await user.click(screen.getByRole("button", { name: /Day before/ }));
  await waitFor(() => expect(chosen()).toHaveTextContent(/Wednesday 18 Nov 2026.*In range[\d.]+ %/));
  expect(inAddress(router.state.location.search)).toEqual(before);
  await user.click(screen.getByRole("button", { name: /Day after/ }));
  await waitFor(() => expect(chosen()).toHaveTextContent(/Thursday 19 Nov 2026.*In range[\d.]+ %/));
  expect(shareIn(chosen().textContent)).toBe(whole);
});

test("once it is known that time has passed unasked, the value says its age without an arrow and the time is not called unsent, until all was asked for anew by itself", async () => {
  const { world, server, queryClient } = await openOliver();
  const now = () => screen.getByRole("region", { name: "Now" });
  const gaps = await screen.findByRole("region", { name: "Gaps" });
  expect(gaps).not.toHaveTextContent("not read yet");
  const held = Promise.withResolvers<void>();
  // Answers nothing itself: what is asked of a patient waits, and goes on to the proxy.
  server.use(http.get("*/api/patients/:id/*", () => held.promise));
  world.advance(40 * 60_000);
  await queryClient.refetchQueries({ queryKey: ["about"] });
  await waitFor(() => expect(now()).toHaveTextContent(/measured 4\d minutes ago/i));
  expect(now()).toHaveTextContent("no current data");
  expect(gaps).toHaveTextContent("not read yet");
  held.resolve();
  await waitFor(() => expect(gaps).not.toHaveTextContent("not read yet"));
  await waitFor(() => expect(now()).toHaveTextContent(/measured (just now|\d minutes? ago)/i));
  expect(now()).not.toHaveTextContent("no current data");
});
