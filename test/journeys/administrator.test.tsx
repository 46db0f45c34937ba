import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { addColleague } from "#test/support/colleague.ts";
import { json } from "#test/support/world.ts";
import { serveWorld } from "./app.tsx";

const open = serveWorld();
const password = "correct horse battery";
const noor = { name: "Noor Haddad", email: "noor@clinic.example", role: "clinician", password } as const;

async function openStaff() {
  const opened = await open("/staff", { registered: false });
  await opened.user.click(await screen.findByRole("button", { name: /^Administrator/ }));
  await screen.findByRole("heading", { level: 1, name: "Staff" });
  // Both lists as they are before: what is asked for again while it is
  // first asked for is not asked for twice.
  await screen.findByRole("button", { name: "Change Demo administrator" });
  await screen.findByText("None.");
  return opened;
}

type User = Awaited<ReturnType<typeof openStaff>>["user"];

/** Pasted: what counts is what arrives. */
async function fill(user: User, label: string, text: string) {
  await user.click(screen.getByLabelText(label));
  await user.paste(text);
}

async function choose(user: User, once: string, again: string) {
  await fill(user, "Password", once);
  await fill(user, "Password again", again);
  await user.click(screen.getByRole("button", { name: "Set the password and sign in" }));
}

async function invite(user: User, email: string) {
  await fill(user, "Name", "Noor Haddad");
  await fill(user, "E-mail address", email);
  await user.click(screen.getByRole("radio", { name: "Support" }));
  await user.click(screen.getByRole("button", { name: "Make the link" }));
}

test("an administrator makes a link, and whoever opens it chooses a password and is in", async () => {
  const { user, router } = await openStaff();
  await invite(user, "noor@clinic.example");
  const link = await screen.findByDisplayValue(/\/invitation#[\w-]{43}$/);
  await waitFor(() => expect(link).toHaveFocus());
  expect(screen.getByText(/It works once, until .* and is shown only now/)).toBeVisible();

  const { pathname, hash } = new URL((link as HTMLInputElement).value);
  await router.navigate(pathname + hash);
  expect(await screen.findByText(/you were invited as: Support/)).toBeVisible();
  expect(screen.getByLabelText("E-mail address")).toHaveValue("noor@clinic.example");
  await choose(user, password, password);
  expect(await screen.findByRole("button", { name: /Noor Haddad/ })).toBeVisible();
});

test("a password that is none is said at its field", async () => {
  const { user, world, router } = await openStaff();
  const cookie = await world.signIn("administrator");
  const made = await world.request("/api/invitations", { ...json({ ...noor, password: undefined }), cookie });
  const { link } = (await made.json()) as { link: string };
  await router.navigate(`/invitation${new URL(link).hash}`);
  await screen.findByText(/you were invited as: Clinician/);
  await choose(user, "short", "other");
  expect(screen.getByText("At least 12 characters.")).toBeVisible();
  expect(screen.getByText("The two are not the same.")).toBeVisible();
  expect(screen.getByLabelText("Password")).toHaveFocus();
});

test("a taken address is said at its field and nothing typed is lost", async () => {
  const { user } = await openStaff();
  await invite(user, "administrator@demo.invalid");
  expect(await screen.findByText("Someone here already has this e-mail address.")).toBeVisible();
  expect(screen.getByLabelText("Name")).toHaveValue("Noor Haddad");
  expect(screen.getByLabelText("E-mail address")).toHaveFocus();
});

test("what is missing is said by field before anything is sent", async () => {
  const { user } = await openStaff();
  await user.type(screen.getByLabelText("E-mail address"), "nobody");
  await user.click(screen.getByRole("button", { name: "Make the link" }));
  expect(screen.getByText("Please fill this in.")).toBeVisible();
  expect(screen.getByText("This is not an e-mail address.")).toBeVisible();
  expect(screen.getByLabelText("Name")).toHaveFocus();
});

test("a withdrawn link is gone from the list and says so to whoever opens it", async () => {
  const { user, router } = await openStaff();
  await invite(user, "noor@clinic.example");
  const link = await screen.findByDisplayValue(/\/invitation#/);
  const { pathname, hash } = new URL((link as HTMLInputElement).value);
  await user.click(await screen.findByRole("button", { name: "Withdraw the link for Noor Haddad" }));
  expect(await screen.findByText("None.")).toBeVisible();
  expect(screen.getByRole("heading", { name: "Open links" })).toHaveFocus();
  await router.navigate(pathname + hash);
  expect(await screen.findByRole("alert")).toHaveTextContent("This link no longer works");
});

test("an administrator changes a colleague's role, makes them inactive and takes them back", async () => {
  const { user, world, queryClient } = await openStaff();
  await addColleague(world, await world.signIn("administrator"), noor);
  await queryClient.invalidateQueries();
  const row = await screen.findByRole("row", { name: /noor@clinic\.example/ });
  expect(within(row).getByText("Clinician")).toBeVisible();
  expect(within(row).getByText("Password")).toBeVisible();

  const openActions = () => user.click(screen.getByRole("button", { name: "Change Noor Haddad" }));
  const dialog = () => screen.findByRole("dialog", { name: "Change Noor Haddad" });
  await openActions();
  await user.click(within(await dialog()).getByRole("radio", { name: "Support" }));
  await user.click(within(await dialog()).getByRole("button", { name: "Save the role" }));
  expect(await within(row).findByText("Support")).toBeVisible();

  await openActions();
  await user.click(within(await dialog()).getByRole("button", { name: "Make inactive" }));
  expect(await within(row).findByText("Inactive")).toBeVisible();
  await openActions();
  await user.click(within(await dialog()).getByRole("button", { name: "Make active again" }));
  await expect.poll(() => within(row).queryByText("Inactive")).toBeNull();
});

test("a role that was chosen and not saved is not there when the same person is opened again", async () => {
  const { user, world, queryClient } = await openStaff();
  await addColleague(world, await world.signIn("administrator"), noor);
  await queryClient.invalidateQueries();
  const openActions = async () => {
    await user.click(await screen.findByRole("button", { name: "Change Noor Haddad" }));
    return within(await screen.findByRole("dialog", { name: "Change Noor Haddad" }));
  };
  await user.click((await openActions()).getByRole("radio", { name: "Administrator" }));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect((await openActions()).getByRole("radio", { name: "Clinician" })).toBeChecked();
});

test("what nobody may do to themselves is not offered", async () => {
  const { user } = await openStaff();
  await user.click(await screen.findByRole("button", { name: "Change Demo administrator" }));
  const dialog = await screen.findByRole("dialog", { name: "Change Demo administrator" });
  await waitFor(() => expect(within(dialog).getByText(/You cannot change your own role/)).toBeVisible());
  expect(within(dialog).queryByRole("button", { name: "Make inactive" })).toBeNull();
  expect(within(dialog).getByRole("button", { name: "Sign out everywhere" })).toBeVisible();
});
