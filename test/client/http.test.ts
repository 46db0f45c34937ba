import { expect, test } from "vitest";
import { toApiError } from "#client/http.ts";

const problem = { type: "about:blank", title: "x", status: 503, code: "server-busy" };

test("an answer that is not our server's own is told from one that is", () => {
  for (const [status, body, code] of [
    [413, null, "proxy-too-large"],
    [502, null, "proxy-no-answer"],
    [503, null, "proxy-no-answer"],
    [504, { message: "upstream timed out" }, "proxy-no-answer"],
    [408, null, "proxy-no-answer"],
    [429, null, "rate-limited"],
    [401, null, "not-signed-in"],
    [403, null, "bad-answer"],
    [500, null, "bad-answer"],
    [200, null, "bad-answer"],
    [503, problem, "server-busy"],
    [413, { ...problem, code: "invalid-request" }, "invalid-request"],
  ] as const)
    expect([status, toApiError(status, body).code]).toEqual([status, code]);
});
