import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { serveWorld } from "./app.tsx";

const open = serveWorld();

async function openExchange() {
  const opened = await open("/exchange");
  await opened.user.click(await screen.findByRole("button", { name: /^Administrator/ }));
  await screen.findByText("Exchange is on");
  await screen.findByText("None yet.");
  return opened;
}

const statusWith = async (
  { request }: Awaited<ReturnType<typeof openExchange>>["world"],
  secret: string,
): Promise<number> => {
  const headers = { authorization: `Bearer ${secret}` };
  return (await request("/api/patients/facets", { headers })).status;
};

test("an administrator makes a key, sees it once, stops all exchange, and revokes the key", async () => {
  const { user, world, router } = await openExchange();
  await user.click(screen.getByRole("button", { name: "Make the key" }));
  expect(await screen.findByText("Please fill this in.")).toBeVisible();
  expect(screen.getByLabelText("Program")).toHaveFocus();
  await user.paste("Night export");
  await user.selectOptions(screen.getByLabelText("Expires"), "30");
  await user.click(screen.getByRole("button", { name: "Make the key" }));
  const field = await screen.findByDisplayValue(/^tl_[0-9a-f]{64}$/);
  await waitFor(() => expect(field).toHaveFocus());
  const secret = (field as HTMLInputElement).value;
  expect(await statusWith(world, secret)).toBe(200);

  await user.click(screen.getByRole("button", { name: "Turn all exchange off" }));
  expect(await statusWith(world, secret)).toBe(200);
  await user.click(screen.getByRole("button", { name: "Yes, turn it off" }));
  expect(await screen.findByText("All exchange is off")).toBeVisible();
  expect(await statusWith(world, secret)).toBe(403);
  await user.click(screen.getByRole("button", { name: "Turn exchange on" }));
  await user.click(screen.getByRole("button", { name: "Yes, turn it on" }));
  expect(await screen.findByText("Exchange is on")).toBeVisible();
  expect(await statusWith(world, secret)).toBe(200);

  const row = screen.getByRole("row", { name: /Night export/ });
  expect(row).toHaveTextContent(`tl_…${secret.slice(-4)}`);
  expect(row).toHaveTextContent("20 Dec 2026");
  await user.click(within(row).getByRole("button", { name: "Revoke the key of Night export" }));
  await user.click(within(row).getByRole("button", { name: "Yes, revoke it" }));
  expect(await within(row).findByText("Revoked")).toBeVisible();
  expect(screen.queryByDisplayValue(secret)).toBeNull();
  expect(await statusWith(world, secret)).toBe(401);

  await router.navigate("/audit");
  const trail = await screen.findByRole("table", { name: /trail/i });
  const said = within(trail)
    .getAllByRole("row")
    .map(({ textContent }) => textContent);
  for (const line of [
    /Demo administrator.*Revoked an API key.*Night export/,
    /Demo administrator.*Made an API key.*clinician, until 20 Dec 2026.*Night export/,
    /Demo administrator.*Turned all exchange with other programs off/,
    /Night export \(API key\).*Was refused: to see patients.*with a revoked API key/,
    /Night export \(API key\).*Was refused: to see patients.*while exchange is off/,
  ])
    expect(said).toContainEqual(expect.stringMatching(line));
});

test("what programs can ask unfolds with a form, an example and a command, and all of it on demand", async () => {
  const { user } = await open("/api-docs");
  await user.click(await screen.findByRole("button", { name: /^Support/ }));
  await screen.findByRole("heading", { level: 2, name: "Glucose" });
  expect(screen.queryByRole("heading", { level: 2, name: "Staff" })).toBeNull();
  await user.click(screen.getByText("/api/patients/{id}/readings", { exact: false, selector: "code" }));
  const answer = await screen.findByRole("figure", { name: /What is answered .*: Form/ });
  expect(answer).toHaveTextContent("valueMmolL: number[]");
  expect(screen.getByRole("figure", { name: /What is answered .*: Example/ })).toHaveTextContent(
    '"valueMmolL": [5.6, 5.6, 5.5]',
  );
  expect(screen.getByRole("figure", { name: "As a command" })).toHaveTextContent(
    /^curl -s 'http.*\/api\/patients\/[\w-]+\/readings\?start=\d+&end=\d+' \\ -H "Authorization: Bearer \$TRENDLINE_KEY"$/,
  );
  expect(screen.getByText(/For clinician, administrator. An API key/)).toBeVisible();
  await user.click(screen.getByRole("switch", { name: "Only what an API key opens" }));
  expect(await screen.findByRole("heading", { level: 2, name: "Staff" })).toBeVisible();
});
