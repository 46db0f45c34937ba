import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { serveWorld } from "./app.tsx";

const open = serveWorld();

test("an administrator adds a colleague; a taken address is said at its field and nothing typed is lost", async () => {
  const { user } = await open("/staff");
  await user.click(await screen.findByRole("button", { name: /^Administrator/ }));
  const add = async (email: string) => {
    await user.type(screen.getByLabelText("Name"), "Noor Haddad");
    await user.type(screen.getByLabelText("E-mail address"), email);
    await user.click(screen.getByRole("radio", { name: "Support" }));
    await user.type(screen.getByLabelText("First password"), "correct horse battery");
    await user.click(screen.getByRole("button", { name: "Add" }));
  };
  await screen.findByRole("heading", { level: 1, name: "Staff" });
  await add("noor@clinic.example");
  expect(await screen.findByText("Noor Haddad can sign in now.")).toBeVisible();
  const row = await screen.findByRole("row", { name: /noor@clinic\.example/ });
  expect(within(row).getByText("Support")).toBeVisible();

  await add("noor@clinic.example");
  expect(await screen.findByText("Someone here already has this e-mail address.")).toBeVisible();
  expect(screen.getByLabelText("Name")).toHaveValue("Noor Haddad");
});

test("what is missing is said by field before anything is sent", async () => {
  const { user } = await open("/staff");
  await user.click(await screen.findByRole("button", { name: /^Administrator/ }));
  await screen.findByRole("heading", { level: 1, name: "Staff" });
  await user.type(screen.getByLabelText("E-mail address"), "nobody");
  await user.type(screen.getByLabelText("First password"), "short");
  await user.click(screen.getByRole("button", { name: "Add" }));
  expect(screen.getByText("Please fill this in.")).toBeVisible();
  expect(screen.getByText("This is not an e-mail address.")).toBeVisible();
  expect(screen.getByText("At least 12 characters.")).toBeVisible();
});
