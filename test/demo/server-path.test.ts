import { expect, test } from "vitest";
import { serverPathOf } from "#demo/messages.ts";

test.each([
  ["/", "/api/patients", "/api/patients"],
  ["/some/path/", "/api/patients", "/api/patients"],
  ["/some/path/", "/some/path/api/patients", "/api/patients"],
  ["/some/path/", "/some/path/fhir/metadata", "/fhir/metadata"],
  ["/some/path/", "/shl/abc", "/shl/abc"],
  ["/some/path/", "/some/path/.well-known/jwks.json", "/.well-known/jwks.json"],
  ["/api/", "/api/api/about", "/api/about"],
  ["/api/", "/api/about", "/api/about"],
  ["/", "/healthz", "/healthz"],
  // The pages and their files.
  ["/", "/", null],
  ["/", "/api-docs", null],
  ["/", "/patients/api/x", null],
  ["/some/path/", "/some/path/", null],
  ["/some/path/", "/some/path/assets/api-1234.js", null],
  ["/some/path/", "/some/path/api-docs", null],
  ["/some/path/", "/some/path/healthzz", null],
])("in a folder %s, %s is the server's %s", (base, pathname, expected) => {
  expect(serverPathOf(base, pathname)).toBe(expected);
});
