import { type DescribeRouteOptions, describeRoute, resolver, validator } from "hono-openapi";
import { type ProblemCode, problem } from "#contract/problem.ts";
import { Failure } from "../failure.ts";

type Schema = Parameters<typeof resolver>[0];

const json = (description: string, schema: Schema, mediaType = "application/json") => ({
  description,
  content: { [mediaType]: { schema: resolver(schema) } },
});

/** Describes a route in /api/openapi.json: what it is for and what it answers. */
export function describe(
  summary: string,
  answer: Schema,
  created?: string,
): ReturnType<typeof describeRoute> {
  const responses: DescribeRouteOptions["responses"] = {
    200: json("OK", answer),
    default: json("A problem (RFC 9457) with a stable code", problem, "application/problem+json"),
  };
  return describeRoute({
    summary,
    responses: created ? { 201: json(created, answer), ...responses } : responses,
  });
}

/** Where in a value a text holds U+0000, which no database of ours keeps; refused here so that nothing has been done by then. */
function nulsIn(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value === "string") return value.includes("\0") ? [path.join(".")] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => nulsIn(part, [...path, key]));
}

/** Validates part of a request. A fault names its field and a stable reason, never what was sent. */
export const valid = <Target extends "json" | "query", S extends Schema>(
  target: Target,
  schema: S,
  code: ProblemCode = "invalid-request",
) =>
  validator(target, schema, (result) => {
    const fields = result.success
      ? nulsIn(result.data).map((field) => ({ field, reason: "characters" }))
      : result.error.map(({ path = [], message }) => ({
          field: path.map((part) => String(typeof part === "object" ? part.key : part)).join("."),
          reason: message,
        }));
    if (fields.length === 0) return;
    throw new Failure(code, { detail: "Some of what was sent cannot be used; see fields.", fields });
  });
