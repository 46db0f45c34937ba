import { QueryObserver } from "@tanstack/react-query";
import { expect, onTestFinished, test } from "vitest";
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

test("what is invalidated while its first answer is under way shows what was asked for afterwards", async () => {
  const client = createQueryClient();
  const answers: ((answer: string) => void)[] = [];
  const observer = new QueryObserver(client, {
    queryKey: ["list"],
    queryFn: () => new Promise<string>((resolve) => answers.push(resolve)),
  });
  onTestFinished(observer.subscribe(() => undefined));
  const renewed = client.invalidateQueries({ queryKey: ["list"] });
  await expect.poll(() => answers.length).toBe(2);
  answers[0]?.("before the change");
  answers[1]?.("after it");
  await renewed;
  expect(observer.getCurrentResult().data).toBe("after it");
});
