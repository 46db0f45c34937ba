import { expect, test } from "vitest";
import { commandFor } from "#client/api-docs/command.ts";
import { schemaText } from "#client/api-docs/schema-text.ts";

test("a schema is said as a type, with what may be left out and what is named elsewhere", () => {
  const schema = {
    type: "object",
    properties: {
      id: { type: "string" },
      unit: { enum: ["mmol/L", "mg/dL"] },
      rows: { type: "array", items: { anyOf: [{ type: "integer" }, { type: "null" }] } },
      trouble: { $ref: "#/components/schemas/Problem" },
      more: { type: "object", additionalProperties: { type: ["string", "null"] } },
    },
    required: ["id", "rows"],
  };
  const problem = { type: "object", properties: { code: { const: "forbidden" } }, required: ["code"] };
  expect(schemaText(schema, { Problem: problem })).toBe(`{
  id: string
  unit?: "mmol/L" | "mg/dL"
  rows: (number | null)[]
  trouble?: {
    code: "forbidden"
  }
  more?: {
    [name]: string | null
  }
}`);
});

test("a command fills the address, asks for what is required, and keeps a quote a quote", () => {
  const operation = {
    tags: [],
    summary: "",
    description: "",
    responses: {},
    parameters: [
      { name: "id", in: "path", required: true, schema: {}, example: "p1" },
      { name: "date", in: "query", required: true, schema: {}, example: "ge2026-11-06" },
      { name: "_count", in: "query", schema: {}, example: 5 },
    ],
    requestBody: { content: { "application/json": { example: { name: "O'Neill" } } } },
  };
  expect(
    commandFor("https://t.example", "/api/x/{id}", "post", operation),
  ).toBe(`curl -s -X POST 'https://t.example/api/x/p1?date=ge2026-11-06' \\
  -H "Authorization: Bearer $TRENDLINE_KEY" \\
  -H 'Content-Type: application/json' \\
  -d '{"name":"O'\\''Neill"}'`);
});
