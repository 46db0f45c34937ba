import { createHash, randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test, vi } from "vitest";
import { withBody } from "#proxy/platform/read-body.ts";

const megabyte = 1024 * 1024;
const asked = { path: "/records", mostBytes: 24 * megabyte };

afterEach(() => {
  vi.useRealTimers();
});

const fingerprint = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const read = (response: Response) => withBody(response, asked, fingerprint);

/** A body in parts of so many bytes, each in a memory of its own. */
function inParts(bytes: Uint8Array, partBytes: number): Response {
  let at = 0;
  const body = new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + partBytes));
      at += partBytes;
    },
  });
  return new Response(body);
}

/** So much at once, and then a byte in each tenth of a second. */
function dripping(beginBytes: number): Response {
  let isBegun = false;
  const body = new ReadableStream({
    async pull(controller) {
      if (isBegun) await new Promise((resolve) => setTimeout(resolve, 100));
      controller.enqueue(new Uint8Array(isBegun ? 1 : beginBytes));
      isBegun = true;
    },
  });
  return new Response(body);
}

test.each([1, 3, 6])("a body of %d MB arrives as it was sent, whatever its parts are", async (megabytes) => {
  const sent = new Uint8Array(randomBytes(megabytes * megabyte + 1));
  for (const partBytes of [1000, 8192, 16_384, 65_536, megabyte, 2 * megabyte + 1])
    expect(await read(inParts(sent, partBytes))).toBe(fingerprint(sent));
});

test.each([
  ["two of 2 MB", [2, 2]],
  ["one of 5 MB, before another such", [5]],
])(
  "large bodies that hardly go on, %s, keep nobody else waiting for longer than some seconds",
  async (_, sizes) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "setInterval", "clearInterval"] });
    const settle = async () => {
      for (let i = 0; i < 200; i += 1) await new Promise(setImmediate);
    };
    const used = vi.fn();
    const stuck = sizes.map((size) => withBody(dripping(size * megabyte), asked, used));
    const failed = Promise.all(
      stuck.map((one) => expect(one).rejects.toMatchObject({ code: "platform-timeout" })),
    );
    await settle();
    const sent = randomBytes(5 * megabyte);
    let isRead = false;
    const others = [inParts(sent, 65_536), inParts(sent.subarray(0, 2 * megabyte), 65_536)].map(read);
    const all = Promise.all(others).then((fingerprints) => {
      isRead = true;
      return fingerprints;
    });
    await settle();
    expect(isRead).toBe(false);
    for (let i = 0; i < 22; i += 1) {
      await vi.advanceTimersByTimeAsync(100);
      await settle();
    }
    expect(isRead).toBe(true);
    expect(await all).toEqual([fingerprint(sent), fingerprint(sent.subarray(0, 2 * megabyte))]);
    await failed;
    expect(used).not.toHaveBeenCalled();
  },
);

test("a large body that takes its time and goes on is waited for", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "setInterval", "clearInterval"] });
  const sent = randomBytes(2 * megabyte);
  let at = 0;
  const body = new ReadableStream({
    async pull(controller) {
      if (at >= sent.length) return controller.close();
      if (at > 0) await new Promise((resolve) => setTimeout(resolve, 1500));
      const end = Math.min(sent.length, at + (at === 0 ? 1_200_000 : 200_000));
      controller.enqueue(sent.slice(at, end));
      at = end;
    },
  });
  const reading = read(new Response(body));
  for (let i = 0; i < 100; i += 1) await vi.advanceTimersByTimeAsync(100);
  expect(await reading).toBe(fingerprint(sent));
});

test("a body that comes compressed and one that is empty are what was sent", async () => {
  expect(await withBody(new Response(null), asked, (bytes) => bytes.length)).toBe(0);
  expect(await withBody(new Response(""), asked, (bytes) => bytes.length)).toBe(0);
  const sent = Buffer.from("value ".repeat(megabyte));
  const unpacked = new Response(
    new Blob([gzipSync(sent)]).stream().pipeThrough(new DecompressionStream("gzip")),
  );
  expect(await read(unpacked)).toBe(fingerprint(sent));
});
