import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { about, failing, renderApp, serveFaults, signedInAs } from "#test/client/app/render-app.tsx";

const server = serveFaults();

const own = (change: object = {}) =>
  http.get("*/api/account", () =>
    HttpResponse.json({
      hasPassword: true,
      secondFactor: false,
      secondFactorRequired: false,
      recoveryCodesLeft: null,
      ...change,
    }),
  );
const sessions = http.get("*/api/account/sessions", () =>
  HttpResponse.json({
    sessions: [
      {
        id: "s1",
        isCurrent: true,
        begunAtMs: Date.now() - 3_600_000,
        usedAtMs: Date.now(),
        address: "198.51.100.7",
        userAgent:
          "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1",
      },
    ],
  }),
);
const open = (change: object = {}) => {
  server.use(about({ platform: "partner" }), signedInAs("clinician"), own(change), sessions);
  renderApp("/account");
};

test("a password that breaks a rule is said before anything is sent", async () => {
  open();
  await userEvent.type(await screen.findByLabelText("Your password"), "what I have now");
  const next = screen.getByLabelText("New password");
  for (const [typed, words] of [
    ["short", "^At least 12 characters\\.$"],
    ["Password 1234", "one of the commonest passwords"],
    ["lin@example.org", "Your e-mail address cannot be your password."],
  ] as const) {
    await userEvent.clear(next);
    await userEvent.type(next, typed);
    await userEvent.click(screen.getByRole("button", { name: "Change password" }));
    expect(screen.getByText(new RegExp(words))).toBeVisible();
    expect(next).toHaveFocus();
  }
});

test("a wrong password is said at its field and stays to be mended", async () => {
  open();
  server.use(
    http.put("*/api/account/password", () =>
      failing({ status: 400, code: "invalid-request", fields: [{ field: "password", reason: "wrong" }] }),
    ),
  );
  await userEvent.type(await screen.findByLabelText("Your password"), "not the one");
  await userEvent.type(screen.getByLabelText("New password"), "four quite plain words{Enter}");
  expect(await screen.findByText("This is wrong.")).toBeVisible();
  expect(screen.getByLabelText("Your password")).toHaveValue("not the one");
  expect(screen.getByLabelText("Your password")).toHaveFocus();
});

test("a locked account is told how long to wait", async () => {
  open({ secondFactor: true, recoveryCodesLeft: 1 });
  server.use(
    http.post("*/api/account/second-factor/off", () =>
      failing({ status: 429, code: "rate-limited", retryAfterS: 240 }),
    ),
  );
  expect(await screen.findByText("1 recovery code is left.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Turn off" }));
  const [field] = screen.getAllByLabelText("Your password");
  if (!field) throw new Error("no password is asked for");
  await userEvent.type(field, "wrong{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("Wait 4 minutes");
});

test("turning the second factor off asks for a code of it, and says at its field when that is missing", async () => {
  open({ secondFactor: true, recoveryCodesLeft: 3 });
  const sent: unknown[] = [];
  server.use(
    http.post("*/api/account/second-factor/off", async ({ request }) => {
      sent.push(await request.json());
      return sent.length === 1
        ? failing({ status: 400, code: "invalid-request", fields: [{ field: "code", reason: "required" }] })
        : HttpResponse.json({ done: true });
    }),
  );
  await userEvent.click(await screen.findByRole("button", { name: "Turn off" }));
  const [field] = screen.getAllByLabelText("Your password");
  if (!field) throw new Error("no password is asked for");
  const [turnOff] = screen.getAllByRole("button", { name: "Turn off" });
  await userEvent.click(turnOff as HTMLElement);
  expect(field).toHaveFocus();
  expect(field).toBeInvalid();
  await userEvent.type(field, "the right one{Enter}");
  const code = screen.getByLabelText("Code from the app, or a recovery code");
  await waitFor(() => expect(code).toHaveFocus());
  expect(screen.getByText("Please fill this in.")).toBeVisible();
  await userEvent.keyboard("123 456{Enter}");
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]).toEqual({ password: "the right one", code: "123 456" });
});

test("a password that is missing or wrong where it is asked for takes the focus", async () => {
  open();
  server.use(
    http.post("*/api/account/second-factor", () =>
      failing({ status: 400, code: "invalid-request", fields: [{ field: "password", reason: "wrong" }] }),
    ),
  );
  await userEvent.click(await screen.findByRole("button", { name: "Set up" }));
  const form = screen.getAllByLabelText("Your password")[0]?.closest("form");
  const asked = within(form as HTMLElement);
  const send = asked.getAllByRole("button")[0] as HTMLElement;
  await userEvent.click(send);
  expect(asked.getByText("Please fill this in.")).toBeVisible();
  expect(asked.getByLabelText("Your password")).toHaveFocus();
  await userEvent.keyboard("not the one");
  await userEvent.click(send);
  expect(await asked.findByText("This is wrong.")).toBeVisible();
  expect(asked.getByLabelText("Your password")).toHaveFocus();
});

test("who came without a password is told why there is nothing to change, and sees their sessions", async () => {
  open({ hasPassword: false });
  expect(await screen.findByText("You sign in without a password")).toBeVisible();
  expect(screen.queryByRole("heading", { name: "Second factor" })).toBeNull();
  expect(await screen.findByText("Safari on iPhone")).toBeVisible();
  expect(screen.getByText("198.51.100.7")).toBeVisible();
  expect(screen.queryByRole("button", { name: "End all others" })).toBeNull();
});

test("a session that is ended is ended once, and the focus stays with the list", async () => {
  open();
  const one = {
    begunAtMs: Date.now(),
    usedAtMs: Date.now(),
    address: "198.51.100.7",
    userAgent: "Firefox/140.0",
  };
  const ended: string[] = [];
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  server.use(
    http.get("*/api/account/sessions", () =>
      HttpResponse.json({
        sessions: ["s1", ...(ended.length > 0 ? [] : ["s2"])].map((id) => ({
          ...one,
          id,
          isCurrent: id === "s1",
        })),
      }),
    ),
    http.delete("*/api/account/sessions/:id", async ({ params }) => {
      ended.push(String(params.id));
      await answered;
      return HttpResponse.json({ done: true });
    }),
  );
  await userEvent.dblClick(await screen.findByRole("button", { name: /^End the session of/ }));
  answer();
  await waitFor(() => expect(screen.getByRole("heading", { name: "Where you are signed in" })).toHaveFocus());
  expect(ended).toEqual(["s2"]);
});

test("who must enrol is brought to the account's page and sees nothing else there", async () => {
  server.use(
    about({ platform: "partner" }),
    own({ secondFactorRequired: true }),
    http.get("*/api/auth/get-session", () =>
      HttpResponse.json({
        user: { id: "c1", name: "Lin Mei", email: "lin@example.org", role: "clinician" },
        mustEnrol: true,
      }),
    ),
  );
  const { router } = renderApp("/patients");
  expect(await screen.findByText("Set up a second factor to continue")).toBeVisible();
  expect(router.state.location.pathname).toBe("/account");
  expect(screen.queryByRole("heading", { name: "Password" })).toBeNull();
  expect(screen.queryByText("Where you are signed in")).toBeNull();
});
