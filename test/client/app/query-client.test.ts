import { expect, test } from "vitest";
import { createQueryClient } from "#client/app/query-client.ts";
import { ApiError, type FailureCode } from "#client/http.ts";

/** What is left of an answer after asking again has failed. */
async function leftAfter(code: FailureCode) {
  const client = createQueryClient();
  const queryKey = ["a patient's readings"];
  client.setQueryData(queryKey, "7.2");
  const queryFn = () => Promise.reject(new ApiError(code, undefined));
  await client.fetchQuery({ queryKey, queryFn, staleTime: 0, retry: false }).catch(() => {});
  return client.getQueryData(queryKey);
}

test.each(["platform-unreachable", "platform-timeout", "offline", "internal"] as const)(
  "%s leaves on screen what was read before",
  async (code) => {
    expect(await leftAfter(code)).toBe("7.2");
  },
);

test.each(["forbidden", "platform-refused"] as const)("%s leaves nothing from before", async (code) => {
  expect(await leftAfter(code)).toBeUndefined();
});
