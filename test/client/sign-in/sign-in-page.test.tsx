import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { about, renderApp, serveFaults, signedInAs } from "#test/client/app/render-app.tsx";

const server = serveFaults();

const answering = (answer: () => Response) => {
  server.use(about({ platform: "partner" }), signedInAs(null), http.post("*/api/auth/sign-in/email", answer));
  renderApp("/sign-in");
};

async function attempt() {
  await userEvent.type(await screen.findByLabelText("E-mail address"), "lin@example.org");
  await userEvent.type(screen.getByLabelText("Password"), "a wrong password{Enter}");
}

function expectKept() {
  expect(screen.getByLabelText("E-mail address")).toHaveValue("lin@example.org");
  expect(screen.getByLabelText("Password")).toHaveValue("a wrong password");
}

test("a wrong password is said and what was typed stays", async () => {
  answering(() => HttpResponse.json({ code: "INVALID_EMAIL_OR_PASSWORD" }, { status: 401 }));
  await attempt();
  expect(await screen.findByRole("alert")).toHaveTextContent("do not belong together");
  expectKept();
});

test("too many attempts are told with the time to wait", async () => {
  answering(() => HttpResponse.json({}, { status: 429, headers: { "x-retry-after": "7" } }));
  await attempt();
  expect(await screen.findByRole("alert")).toHaveTextContent("Wait 7 seconds");
  expectKept();
});

test("no connection is told apart from a wrong password", async () => {
  answering(() => HttpResponse.error());
  await attempt();
  expect(await screen.findByRole("alert")).toHaveTextContent("No connection");
  expectKept();
});

test("empty fields are named and nothing is sent", async () => {
  server.use(about({ platform: "partner" }), signedInAs(null));
  renderApp("/sign-in");
  await userEvent.click(await screen.findByRole("button", { name: "Sign in" }));
  expect(screen.getByText("Enter your e-mail address.")).toBeVisible();
  expect(screen.getByText("Enter your password.")).toBeVisible();
});

test("one-click sign-in is offered for the three roles on the sandbox", async () => {
  server.use(about(), signedInAs(null));
  renderApp("/sign-in");
  for (const name of [/^Clinician/, /^Support.*No glucose values/, /^Administrator/])
    expect(await screen.findByRole("button", { name })).toBeVisible();
});

test("one-click sign-in is offered nowhere but on the sandbox", async () => {
  server.use(about({ platform: "partner" }), signedInAs(null));
  renderApp("/sign-in");
  await screen.findByLabelText("Password");
  expect(screen.getAllByRole("button")).toHaveLength(1);
});
