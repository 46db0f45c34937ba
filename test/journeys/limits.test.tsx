import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { type Limits, usualLimits } from "#glucose/limits.ts";
import { json, type World } from "#test/support/world.ts";
import { serveWorld } from "./app.tsx";

const open = serveWorld();
const nights = "Lows at night (nights of 7)";
const high = "Very high for long (minutes)";

async function openLimits() {
  const opened = await open("/limits", { registered: false });
  await opened.user.click(await screen.findByRole("button", { name: /^Administrator/ }));
  await screen.findByLabelText(nights);
  return opened;
}

type User = Awaited<ReturnType<typeof openLimits>>["user"];

async function type(user: User, label: string, text: string) {
  await user.clear(screen.getByLabelText(label));
  await user.type(screen.getByLabelText(label), text);
}

const save = (user: User) => user.click(screen.getByRole("button", { name: "Save" }));

/** A colleague elsewhere. */
async function setElsewhere(world: World, change: Partial<Limits>) {
  const cookie = await world.signIn("administrator");
  const body = { limits: { ...usualLimits, ...change }, from: usualLimits };
  const answer = await world.request("/api/worklist/limits", { ...json(body), method: "PUT", cookie });
  expect(answer.status).toBe(200);
}

test("an administrator sets a limit, reads what it will mean, and goes back to the usual ones", async () => {
  const { user } = await openLimits();
  expect(screen.getByText("Nobody has changed them: these are the usual ones.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Save" })).toBeDisabled();
  expect(screen.getByLabelText(high)).toHaveAccessibleDescription(
    /^Above 13\.9.mmol\/L for 2.hours or more\. Usual:.120\.$/,
  );
  await type(user, high, "９０");
  await type(user, nights, "1");
  expect(screen.getByLabelText(high)).toHaveAccessibleDescription(
    /for 1.hour 30.minutes or more\. Usual:.120/,
  );
  expect(screen.getByLabelText(nights)).toHaveAccessibleDescription(/in 1 or more of the last 7 nights/);
  await save(user);
  expect(await screen.findByText(/^Saved\./)).toBeVisible();
  expect(screen.getByText(/^Last changed by Demo administrator, /)).toBeVisible();
  expect(screen.getByLabelText(high)).toHaveValue("90");

  await user.click(screen.getByRole("button", { name: "Fill in the usual ones" }));
  expect(screen.getByLabelText(high)).toHaveValue("120");
  await save(user);
  expect(await screen.findByText(/^Saved\./)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Fill in the usual ones" })).toBeNull();
});

test("what is not a whole number within its bounds is said at its field, and nothing is lost", async () => {
  const { user, router } = await openLimits();
  await type(user, nights, "8");
  await type(user, high, "two hours");
  await save(user);
  expect(screen.getByLabelText(high)).toHaveAccessibleDescription(/A whole number from 30 to 720\./);
  expect(screen.getByLabelText(nights)).toHaveAccessibleDescription(/A whole number from 1 to 7\./);
  await waitFor(() => expect(screen.getByLabelText(high)).toHaveFocus());

  await router.navigate("/staff");
  await screen.findByRole("heading", { level: 1, name: "Staff" });
  await router.navigate("/limits");
  expect(await screen.findByLabelText(high)).toHaveValue("two hours");
  const restored = screen
    .getByText(/^Your unsaved changes .*Very high for long \(minutes\), Lows at night/)
    .closest("div");
  await user.click(within(restored as HTMLElement).getByRole("button", { name: "Discard" }));
  expect(screen.getByLabelText(high)).toHaveValue("120");
});

test("what a colleague has changed meanwhile is shown beside one's own, and is not saved over unseen", async () => {
  const { user, world } = await openLimits();
  await type(user, nights, "4");
  await setElsewhere(world, { nightsWithLows: 3, silencesAWeek: 5 });
  await save(user);
  const clash = await screen.findByRole("group", { name: /^Lows at night .* changed this meanwhile$/ });
  expect(within(clash).getByText("Kept now: 3")).toBeVisible();
  expect(within(clash).getByText("Yours, not saved: 4")).toBeVisible();
  expect(screen.getByRole("button", { name: "Save" })).toHaveAttribute("aria-disabled", "true");

  await user.click(within(clash).getByRole("button", { name: /^Keep mine/ }));
  await save(user);
  expect(await screen.findByText(/^Saved\./)).toBeVisible();
  const cookie = await world.signIn("clinician");
  const kept = await (await world.request("/api/worklist/limits", { cookie })).json();
  expect(kept).toMatchObject({ limits: { ...usualLimits, nightsWithLows: 4, silencesAWeek: 5 } });
});

test("the audit trail says which limits were changed, from what to what", async () => {
  const { user, router } = await openLimits();
  await type(user, nights, "3");
  await save(user);
  await screen.findByText(/^Saved\./);
  await router.navigate("/audit?action=worklist.limits");
  const row = (await screen.findByText("nights with lows: 2 → 3")).closest("tr");
  expect(within(row as HTMLElement).getByText("Changed the limits of the list")).toBeVisible();
});
