import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { World } from "#test/support/world.ts";
import { serveWorld } from "./app.tsx";

const open = serveWorld();

/** The sandbox's boxes, as a server with the sandbox makes them known at its start. */
async function noteBoxes({ sandbox, proxy, now }: World): Promise<void> {
  await proxy.noteSensors(
    sandbox.boxes().map((box) => ({
      ...box,
      state: box.endedAtMs === null ? ("activated" as const) : ("ended" as const),
      askedAtMs: now(),
    })),
  );
}

async function openFleet(path: string) {
  const opened = await open(path, { registered: false });
  await noteBoxes(opened.world);
  await opened.user.click(await screen.findByRole("button", { name: /^Support/ }));
  await screen.findByRole("heading", { name: "How long they are worn" });
  return opened;
}

test("support compares two lots, reads who ended on a day, and goes on to the sensor", async () => {
  const { world, user, router } = await openFleet("/fleet?by=lot&ends=early");
  const lots = screen.getByLabelText<HTMLSelectElement>("Compared with");
  const countIn = ({ text }: HTMLOptionElement) => Number(/\((\d+)\)$/.exec(text)?.[1] ?? 0);
  const [largest] = [...lots.options].toSorted((a, b) => countIn(b) - countIn(a));
  await user.selectOptions(lots, largest?.value ?? "");
  expect(
    await screen.findByText(/^(The two differ by more than chance|No difference beyond chance): p [=<]/),
  ).toBeVisible();
  expect(screen.getAllByText(/: median time to an early end .* sensors \d+ ended early\.$/)[0]).toBeVisible();
  expect(screen.getByText(/^Log-rank test/)).toBeVisible();
  await user.click(screen.getAllByText(/^Day by day: /)[0] as HTMLElement);
  const [step] = screen.getAllByRole("button", { name: /^Show \d+ sensors? that ended on day / });
  const count = Number(/Show (\d+)/.exec(step?.getAttribute("aria-label") ?? "")?.[1]);
  await user.click(step as HTMLElement);
  const list = await screen.findByRole("region", { name: /^Ended on day \d+: / });
  expect(await within(list).findByText(new RegExp(`^${count} sensors?$`))).toBeVisible();
  const links = within(list).getAllByRole("link");
  expect(links).toHaveLength(count);
  const serial = links[0]?.textContent ?? "";
  await user.click(links[0] as HTMLElement);
  expect(await screen.findByRole("heading", { level: 1, name: new RegExp(serial) })).toBeVisible();
  expect(router.state.location.pathname).toBe(`/devices/${serial}`);
  const cookie = await world.signIn("administrator");
  const trail = await (await world.request("/api/audit", { cookie })).text();
  expect(trail).toContain("fleet.view");
  expect(trail).toContain("fleet-sensors.view");
});

test("the lots worn now come first, and every lot can be shown and chosen", async () => {
  const { world, user, router } = await openFleet("/fleet");
  const boxes = world.sandbox.boxes();
  const lots = new Set(boxes.map(({ lot }) => lot));
  const newest = boxes.toSorted((a, b) => Number(b.activatedAtMs) - Number(a.activatedAtMs))[0];
  const said =
    /: median wear ([\d.]+) days \(95% interval ([\d.–]+) to ([\d.–]+)(, where – is not reached)?\); of \d+ sensors \d+ ended\.$/;
  const [, median, low, high] =
    said.exec((screen.getByText(said).textContent ?? "").replace(/\s/g, " ")) ?? [];
  expect(screen.getAllByText(`${median} (${low} to ${high})`)[0]).toBeVisible();
  const choices = () => [...screen.getByLabelText<HTMLSelectElement>("Curve of").options];
  expect(choices()[0]?.value).toBe(`=${newest?.lot}`);
  expect(choices().length).toBeLessThan(lots.size);
  await user.click(screen.getByRole("button", { name: `Show all ${lots.size} groups` }));
  await waitFor(() => expect(choices()).toHaveLength(lots.size));
  expect(screen.queryByText(/not shown/)).toBeNull();
  const oldest = choices().at(-1)?.value ?? "";
  await user.selectOptions(screen.getByLabelText("Curve of"), oldest);
  expect(new URLSearchParams(router.state.location.search).get("first")).toBe(oldest);
  expect(screen.getByLabelText("Curve of")).toHaveValue(oldest);
});

test("of too few sensors there is no curve, and it is said how many there are and would have to be", async () => {
  const { user } = await openFleet("/fleet?by=week&first=%3D2026-11-16");
  expect(await screen.findByText(/^Too few sensors to draw a curve: Week from 16 Nov 2026$/)).toBeVisible();
  expect(screen.getByText(/A curve needs at least 10.sensors and 5.ends/)).toBeVisible();
  expect(screen.queryByRole("img", { name: /median wear/ })).toBeNull();
  // Nor any share of them, in their row or day by day.
  const few = screen.getAllByText("too few").map((cell) => cell.closest("tr"));
  expect(few.length).toBeGreaterThan(0);
  for (const row of few) expect(row).not.toHaveTextContent("%");
  await user.click(screen.getByText("Day by day: Week from 16 Nov 2026"));
  expect(screen.queryByText("Share after it")).toBeNull();
});

test("an address that asks for what is not there shows the usual", async () => {
  await openFleet("/fleet?by=nonsense&ends=never&first=%3Dnobody&second=%3Dnobody&sensors=rubbish");
  expect(screen.getByLabelText("Group by")).toHaveValue("lot");
  expect(screen.getByLabelText("Compared with")).toHaveValue("");
});
