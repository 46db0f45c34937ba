import { expect, test, vi } from "vitest";
import { getJson, toApiError } from "#client/http.ts";
import { contractHeader, contractVersion } from "#contract/version.ts";

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

test("what a server of another contract says is not read, and what its own says is", async () => {
  const answer = vi.spyOn(globalThis, "fetch");
  const answerOf = (version: string) =>
    answer.mockResolvedValueOnce(Response.json({ n: 1 }, { headers: { [contractHeader]: version } }));
  answerOf(contractVersion ?? "");
  await expect(getJson("/api/x")).resolves.toEqual({ n: 1 });
  answerOf("of-yesterday");
  await expect(getJson("/api/x")).rejects.toMatchObject({ code: "bad-answer" });
  answer.mockRestore();
});
