import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { roles } from "#contract/staff.ts";
import { makeKey } from "#test/support/api-keys.ts";
import { createWorld, json, origin } from "#test/support/world.ts";

interface Content {
  schema?: object;
  example?: unknown;
}
interface Operation {
  tags: string[];
  summary: string;
  description: string;
  security: Record<string, string[]>[];
  parameters?: { name: string; required?: boolean; schema: object; example?: unknown }[];
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, { content?: Record<string, Content>; $ref?: string }>;
  "x-roles"?: string[];
  "x-key"?: string;
}
interface Document {
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    responses: Record<string, { content: Record<string, Content> }>;
    schemas: Record<string, object>;
  };
}

async function open() {
  const world = await createWorld();
  const document = (await (await world.request("/api/openapi.json")).json()) as Document;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  );
  return { world, document, operations };
}

test("the document is OpenAPI 3.1 by a validator that is not ours, and every reference leads somewhere", async () => {
  const { world, document } = await open();
  const validator = new Validator();
  const { valid, errors } = await validator.validate({ ...document });
  expect([valid, errors]).toEqual([true, undefined]);
  expect(JSON.stringify(validator.resolveRefs())).not.toContain('"$ref"');
  expect(document.servers).toEqual([{ url: origin, description: "This server" }]);
  await world.close();
});

test("every example is what its schema describes", async () => {
  const { world, document, operations } = await open();
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ ...document, $id: "document" });
  const said: [string, object, unknown][] = [];
  const take = (name: string, contents: Record<string, Content> = {}) => {
    for (const { schema, example } of Object.values(contents))
      if (schema && example !== undefined) said.push([name, schema, example]);
  };
  for (const { path, method, parameters = [], requestBody, responses } of operations) {
    take(`${method} ${path}`, requestBody?.content);
    for (const [status, { content }] of Object.entries(responses))
      take(`${method} ${path} ${status}`, content);
    for (const { name, schema, example } of parameters)
      if (example !== undefined) said.push([`${method} ${path} ${name}`, schema, example]);
  }
  for (const [name, { content }] of Object.entries(document.components.responses)) take(name, content);
  expect(said.length).toBeGreaterThan(60);
  const wrong = said.flatMap(([name, schema, example]) => {
    const inDocument = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/'));
    return ajv.validate(inDocument, example) ? [] : [[name, ajv.errorsText()]];
  });
  expect(wrong).toEqual([]);
  await world.close();
});

test("every operation is in one group, says who may, and has an example of what has to be sent", async () => {
  const { world, document, operations } = await open();
  const names = document.tags.map(({ name }) => name);
  const lacking = operations.filter(({ tags, summary, description, parameters = [], ...one }) => {
    const isAsked = one["x-key"] !== undefined;
    const body = Object.values(one.requestBody?.content ?? {})[0];
    return (
      tags.length !== 1 ||
      !names.includes(tags[0] ?? "") ||
      !summary ||
      !/^(.*\n\n)?(For |Open to all)/s.test(description) ||
      (isAsked && parameters.some(({ required, example }) => required && example === undefined)) ||
      (isAsked && body !== undefined && body.example === undefined)
    );
  });
  expect(lacking.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  expect(new Set(operations.flatMap(({ tags }) => tags))).toEqual(new Set(names));
  await world.close();
});

test("who may is what the server does: roles by session, and keys", async () => {
  const { world, operations } = await open();
  const cookies = new Map<string, string>();
  for (const role of roles) cookies.set(role, await world.signIn(role));
  const keys = new Map<string, string>();
  for (const role of ["clinician", "support"] as const)
    for (const mayRegister of role === "clinician" ? [false, true] : [false]) {
      const made = await makeKey(world, cookies.get("administrator") ?? "", { role, mayRegister });
      keys.set(`${role}${mayRegister ? "+" : ""}`, made.secret);
    }
  for (const { path, method, "x-roles": named, "x-key": access, security } of operations) {
    // One's own session is not ended here.
    if (!named || (path === "/api/account/sessions" && method === "delete")) continue;
    const address = path.replaceAll(/\{\w+\}/g, "none");
    const init: RequestInit = method === "get" ? {} : { ...json({}), method: method.toUpperCase() };
    const isOpen = async (headers: HeadersInit) =>
      (await world.request(address, { ...init, headers: { ...init.headers, ...headers } })).status !== 403;
    const isForPeople = security.some((one) => "session" in one);
    if (!isForPeople)
      for (const cookie of cookies.values())
        expect((await world.request(address, { ...init, cookie })).status).toBe(401);
    for (const [role, cookie] of isForPeople ? cookies : [])
      expect([method, path, role, await isOpen({ cookie })]).toEqual([
        method,
        path,
        role,
        named.includes(role),
      ]);
    expect(security.some((one) => "key" in one)).toBe(access !== undefined);
    for (const [kind, secret] of keys) {
      const role = kind.replace("+", "");
      const may =
        named.includes(role) && (access === "read" || (access === "register" && kind.endsWith("+")));
      expect([method, path, kind, await isOpen({ authorization: `Bearer ${secret}` })]).toEqual([
        method,
        path,
        kind,
        may,
      ]);
    }
  }
  await world.close();
});
