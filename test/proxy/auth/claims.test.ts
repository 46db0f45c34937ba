import { expect, test } from "vitest";
import { type Claims, isEmailVerified, roleFromClaims } from "#proxy/auth/claims.ts";

const roleValues = { clinician: ["doctors", "nurses"], support: ["helpdesk"], administrator: ["it"] };
const roleIn = (claims: Claims, rolesClaim = "roles") => roleFromClaims(claims, { rolesClaim, roleValues });

test("a value of the claim stands for a role, in a list or alone", () => {
  expect(roleIn({ roles: ["everyone", "nurses"] })).toBe("clinician");
  expect(roleIn({ roles: "helpdesk" })).toBe("support");
});

test("of several roles the one that may do the most counts", () => {
  expect(roleIn({ roles: ["helpdesk", "it", "nurses"] })).toBe("administrator");
  expect(roleIn({ roles: ["helpdesk", "nurses"] })).toBe("clinician");
});

test("a path leads into the claims, and a name with dots is tried as a name first", () => {
  expect(roleIn({ realm_access: { roles: ["it"] } }, "realm_access.roles")).toBe("administrator");
  expect(roleIn({ "https://clinic.example/roles": ["it"] }, "https://clinic.example/roles")).toBe(
    "administrator",
  );
});

test.each([
  [{}],
  [{ roles: [] }],
  [{ roles: ["Nurses"] }],
  [{ roles: "doctors nurses" }],
  [{ roles: [["it"]] }],
  [{ roles: { it: true } }],
  [{ roles: null }],
  [{ roles: [undefined] }],
])("%j stands for no role", (claims) => {
  expect(roleIn(claims)).toBeNull();
});

test("what every object has is no claim", () => {
  expect(roleIn({}, "constructor.name")).toBeNull();
  expect(roleIn({ a: {} }, "a.__proto__")).toBeNull();
});

test("an e-mail address counts as verified only when the provider says so", () => {
  expect(isEmailVerified({ email_verified: true })).toBe(true);
  expect(isEmailVerified({ email_verified: "true" })).toBe(true);
  for (const said of [false, "false", 1, null, undefined])
    expect(isEmailVerified({ email_verified: said })).toBe(false);
});
