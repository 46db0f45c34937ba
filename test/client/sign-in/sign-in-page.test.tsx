import { render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { sessionQuery } from "#client/api/session.ts";
import { createQueryClient } from "#client/app/query-client.ts";
import { Root } from "#client/app/root.tsx";
import { about, renderApp, serveFaults, signedInAs } from "#test/client/app/render-app.tsx";
import { openAddress } from "#test/support/address.ts";

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
  expect(screen.getByLabelText("E-mail address")).toHaveFocus();
  await userEvent.keyboard("lin@example.org");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
  expect(screen.getByLabelText("Password")).toHaveFocus();
});

test.each(["/sign-in", "/"])(
  "the page takes no focus where it is the first one, loaded at %s",
  async (path) => {
    server.use(about({ platform: "partner" }), signedInAs(null));
    renderApp(path);
    await screen.findByLabelText("Password");
    expect(document.body).toHaveFocus();
  },
);

test("one-click sign-in is offered for the three roles on the sandbox", async () => {
  server.use(about(), signedInAs(null));
  renderApp("/sign-in");
  for (const name of [/^Clinician/, /^Support.*No glucose values/, /^Administrator/])
    expect(await screen.findByRole("button", { name })).toBeVisible();
});

test("one-click sign-in is offered nowhere but on the sandbox", async () => {
  server.use(about({ platform: "partner" }), signedInAs(null));
  const { queryClient } = renderApp("/sign-in");
  await screen.findByLabelText("Password");
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  expect(screen.getAllByRole("button")).toHaveLength(1);
});

const challenged = (answer: () => Response) => {
  answering(() => HttpResponse.json({ twoFactorRedirect: true, twoFactorMethods: ["totp"] }));
  server.use(
    http.post("*/api/auth/two-factor/verify-totp", answer),
    http.post("*/api/auth/two-factor/verify-backup-code", answer),
  );
};

test("an account with a second factor is asked for a code, and a wrong one stays to be mended", async () => {
  challenged(() => HttpResponse.json({ code: "INVALID_CODE" }, { status: 401 }));
  await attempt();
  const code = await screen.findByLabelText("Code");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
  expect(code).toHaveFocus();
  await userEvent.type(code, "123 456{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("wrong or has been used");
  expect(screen.getByLabelText("Code")).toHaveValue("123 456");
  expect(screen.queryByLabelText("Password")).toBeNull();
});

test("after too many wrong codes the password is asked for again", async () => {
  challenged(() => HttpResponse.json({ code: "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE" }, { status: 400 }));
  await attempt();
  await userEvent.click(await screen.findByRole("button", { name: "Use a recovery code" }));
  await userEvent.type(await screen.findByLabelText("Recovery code"), "abcde-fghij{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("Enter your password again");
  expect(screen.getByLabelText("Password")).toBeVisible();
});

test("a long lock is told in minutes", async () => {
  answering(() => HttpResponse.json({}, { status: 429, headers: { "retry-after": "480" } }));
  await attempt();
  expect(await screen.findByRole("alert")).toHaveTextContent("Wait 8 minutes");
});

test("single sign-on is offered by the name that the operator gave it, above the password", async () => {
  server.use(about({ platform: "partner", singleSignOn: "Clinic account" }), signedInAs(null));
  renderApp("/sign-in");
  const button = await screen.findByRole("button", { name: "Sign in with Clinic account" });
  const password = screen.getByRole("button", { name: "Sign in" });
  expect(button.compareDocumentPosition(password)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
});

test("a sign-in service that does not answer is said, and the password stays a way in", async () => {
  server.use(
    about({ platform: "partner", singleSignOn: "Clinic account" }),
    signedInAs(null),
    http.post("*/api/auth/sign-in/social", () =>
      HttpResponse.json({ code: "provider_unreachable" }, { status: 503 }),
    ),
  );
  renderApp("/sign-in");
  await userEvent.click(await screen.findByRole("button", { name: "Sign in with Clinic account" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("The sign-in service does not answer.");
  expect(screen.getByLabelText("Password")).toBeEnabled();
});

test.each([
  ["no_role", "Your account has no role here."],
  ["email_unverified", "Your e-mail address is not verified."],
  ["account_not_linked", "Your e-mail address is not verified."],
  ["last_administrator", "You are the last administrator here."],
  ["BANNED_USER", "Your account here is inactive."],
  ["access_denied", "The sign-in service did not let you through."],
  ["state_mismatch", "This sign-in was not finished in time, or began elsewhere."],
  ["provider_unreachable", "The sign-in service does not answer."],
  ["invalid_code", "Signing in did not work."],
])("what the sign-in service's way back says is told in words: %s", async (error, words) => {
  server.use(about({ platform: "partner", singleSignOn: "Clinic account" }), signedInAs(null));
  renderApp(`/sign-in?error=${error}&error_description=anything`);
  expect(await screen.findByRole("alert")).toHaveTextContent(words);
});

test("an address cannot put words of its own on the page", async () => {
  server.use(about({ platform: "partner" }), signedInAs(null));
  renderApp("/sign-in?error=Call+555-1234&error_description=Call+555-1234");
  expect(await screen.findByRole("alert")).toHaveTextContent("Signing in did not work.");
  expect(document.body).not.toHaveTextContent("555");
});

test("an inactive account is told as that", async () => {
  answering(() => HttpResponse.json({ code: "BANNED_USER" }, { status: 403 }));
  await attempt();
  expect(await screen.findByRole("alert")).toHaveTextContent("Your account here is inactive.");
});

test("a link without its token is said to be incomplete", async () => {
  server.use(about({ platform: "partner" }), signedInAs(null));
  renderApp("/invitation");
  expect(await screen.findByRole("alert")).toHaveTextContent("This link is not complete");
});

test("who is known to be nobody before anything is drawn comes to the sign-in page too", async () => {
  server.use(about({ platform: "partner" }));
  const queryClient = createQueryClient();
  queryClient.setQueryData(sessionQuery.queryKey, null);
  const router = openAddress("/patients?tag=diet");
  render(<Root queryClient={queryClient} />);
  expect(await screen.findByLabelText("Password")).toBeVisible();
  expect(router.state.location).toMatchObject({
    pathname: "/sign-in",
    state: { from: "/patients?tag=diet", ended: false },
  });
});
