import { createMiddleware } from "hono/factory";
import { describeRoute, resolver, validator } from "hono-openapi";
import type { ProblemCode } from "#contract/problem-codes.ts";
import { isStorable } from "#contract/text.ts";
import { Failure } from "../failure.ts";
import { readJson, requireJson } from "../http/read-json.ts";

type Schema = Parameters<typeof resolver>[0];

const json = (description: string, schema: Schema) => ({
  description,
  content: { "application/json": { schema: resolver(schema) } },
});

/** Describes a route that answers with a file; of this and the following, failures are told by `api-document/`. */
export const describeFile = (summary: string, mediaType: string): ReturnType<typeof describeRoute> =>
  describeRoute({
    summary,
    responses: {
      200: { description: "OK", content: { [mediaType]: { schema: { type: "string", format: "binary" } } } },
    },
  });

/** Describes a route that answers with a resource of FHIR. */
export const describeFhir = (
  summary: string,
  resource:
    | "Bundle"
    | "CapabilityStatement"
    | "Device"
    | "DiagnosticReport"
    | "Observation"
    | "OperationDefinition"
    | "Patient",
): ReturnType<typeof describeRoute> =>
  describeRoute({
    summary,
    responses: {
      200: {
        description: `FHIR R4 ${resource}`,
        content: {
          "application/fhir+json": {
            schema: {
              type: "object",
              properties: { resourceType: { type: "string", enum: [resource] } },
              required: ["resourceType"],
            },
          },
        },
      },
    },
  });

/** Describes a route in /api/openapi.json: what it is for and what it answers. */
export function describe(
  summary: string,
  answer: Schema,
  created?: string,
): ReturnType<typeof describeRoute> {
  const ok = { 200: json("OK", answer) };
  return describeRoute({ summary, responses: created ? { 201: json(created, answer), ...ok } : ok });
}

/**
 * Where in a value a text is that no database of ours keeps as it is; refused here
 * so that nothing has been done by then.
 */
function unstorableIn(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value === "string") return isStorable(value) ? [] : [path.join(".")];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => unstorableIn(part, [...path, key]));
}

/** Validates part of a request. A fault names its field and a stable reason, never what was sent. */
export const valid = <Target extends "json" | "query", S extends Schema>(
  target: Target,
  schema: S,
  code: ProblemCode = "invalid-request",
) => {
  const check = validator(target, schema, (result) => {
    const fields = result.success
      ? unstorableIn(result.data).map((field) => ({ field, reason: "characters" }))
      : result.error.map(({ path = [], message }) => ({
          field: path.map((part) => String(typeof part === "object" ? part.key : part)).join("."),
          reason: message,
        }));
    if (fields.length === 0) return;
    throw new Failure(code, { detail: "Some of what was sent cannot be used; see fields.", fields });
  });
  if (target === "query") return check;
  // By itself the validator takes a body of another kind for an empty one.
  const checkJson = createMiddleware(async function checkJson(c, next) {
    requireJson(c.req.header("content-type"));
    await readJson(() => c.req.json());
    return check(c as Parameters<typeof check>[0], next);
  });
  // With what the description of the API is made from.
  return Object.assign(checkJson, check) as typeof check;
};
