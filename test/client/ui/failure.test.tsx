import { act, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { afterEach, expect, test, vi } from "vitest";
import { ApiError, type FailureCode } from "#client/http.ts";
import { setPreferences } from "#client/preferences.ts";
import { Failure } from "#client/ui/failure.tsx";
import { problemCodes } from "#contract/problem-codes.ts";
import { problemOf } from "#test/client/app/render-app.tsx";

afterEach(() => setPreferences({ language: "en" }));

const codes: FailureCode[] = [...problemCodes, "offline", "bad-answer"];

const show = (error: unknown, onRetry?: () => void) =>
  render(
    <MemoryRouter>
      <Failure error={error} onRetry={onRetry} />
    </MemoryRouter>,
  );

test.each(codes)("%s says what failed, what it means and what to do next, in both languages", (code) => {
  show(new ApiError(code, null));
  const english = screen.getByRole("alert").textContent ?? "";
  act(() => setPreferences({ language: "zh-CN" }));
  const chinese = screen.getByRole("alert").textContent ?? "";
  for (const text of [english, chinese]) expect(text).not.toContain(`${code}.`);
  expect(english.length).toBeGreaterThan(60);
  expect(chinese).toMatch(/[\u4e00-\u9fff]{10}/);
});

test("what asking again cannot change is not asked again, and an unknown patient leads to the list", () => {
  show(new ApiError("patient-unknown", null), () => {});
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
  expect(screen.getByRole("link", { name: "To the list of patients" })).toHaveAttribute("href", "/patients");
  show(new ApiError("platform-error", null), () => {});
  expect(screen.getByRole("button", { name: "Try again" })).toBeVisible();
});

test("no two failures share a title", () => {
  const titles = codes.map((code) => {
    const { container, unmount } = show(new ApiError(code, null));
    const title = container.querySelector("[role=alert] > :first-child")?.textContent;
    unmount();
    return title;
  });
  expect(new Set(titles).size).toBe(codes.length);
});

test("a refusal, an outage and an unknown code tell themselves apart", () => {
  show(new ApiError("platform-refused", null));
  expect(screen.getByRole("alert")).toHaveTextContent(/refused.*Trying again will not help/);
  show(new ApiError("platform-unreachable", null));
  expect(screen.getAllByRole("alert")[1]).toHaveTextContent(/cannot be reached.*few minutes/);
  show(new ApiError("platform-error", null));
  expect(screen.getAllByRole("alert")[2]).toHaveTextContent(/does not know/);
});

test("the platform's own code and words and the request ID are in the details", () => {
  const problem = problemOf({
    code: "platform-refused",
    requestId: "req-42",
    platform: { code: 1002, message: "no permission", httpStatus: 200 },
  });
  show(new ApiError("platform-refused", undefined, problem));
  const details = screen.getByRole("group");
  expect(details).not.toHaveAttribute("open");
  for (const fact of ["platform-refused", "1002", "no permission", "200", "req-42"])
    expect(details).toHaveTextContent(fact);
});

test("an error of the page itself is owned up to, with its message in the details", () => {
  show(new TypeError("x is undefined"));
  expect(screen.getByRole("alert")).toHaveTextContent("Something went wrong on this page");
  expect(screen.getByRole("group")).toHaveTextContent("x is undefined");
});

test("trying again is one button away, where it can be tried again", async () => {
  const onRetry = vi.fn();
  show(new ApiError("offline", null), onRetry);
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(onRetry).toHaveBeenCalledOnce();
  show(new ApiError("offline", null));
  expect(screen.getAllByRole("button")).toHaveLength(1);
});
