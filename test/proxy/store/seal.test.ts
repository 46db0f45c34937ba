import { expect, test } from "vitest";
import { createSealer } from "#proxy/store/seal.ts";

test("what is sealed opens with the same secret and purpose only", () => {
  const sealer = createSealer("secret-a", "tokens");
  const sealed = sealer.seal("访问令牌 token");
  expect(sealer.open(sealed)).toBe("访问令牌 token");
  expect(createSealer("secret-b", "tokens").open(sealed)).toBeNull();
  expect(createSealer("secret-a", "cookies").open(sealed)).toBeNull();
});

test("the same text never looks the same, and an altered one does not open", () => {
  const sealer = createSealer("secret", "tokens");
  const sealed = sealer.seal("token");
  expect(sealer.seal("token")).not.toBe(sealed);
  const [version, payload = ""] = sealed.split(".");
  const bytes = Buffer.from(payload, "base64url");
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  expect(sealer.open(`${version}.${bytes.toString("base64url")}`)).toBeNull();
  expect(sealer.open("2.AAAA")).toBeNull();
  expect(sealer.open("")).toBeNull();
});

test("what a previous secret sealed opens and is sealed anew; then the previous secret can go", () => {
  const old = createSealer("secret-a", "tokens").seal("token");
  const sealer = createSealer("secret-b", "tokens", ["secret-0", "secret-a"]);
  expect(sealer.open(old)).toBe("token");
  const anew = sealer.reseal(old) ?? "";
  expect(createSealer("secret-b", "tokens").open(anew)).toBe("token");
  expect(createSealer("secret-a", "tokens").open(anew)).toBeNull();
  expect(sealer.reseal(anew)).toBeNull();
  expect(sealer.reseal(createSealer("secret-c", "tokens").seal("token"))).toBeNull();
});
