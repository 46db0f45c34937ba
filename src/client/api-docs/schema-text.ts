import type { ApiDocument, Schema } from "../api/api-document.ts";

type Schemas = ApiDocument["components"]["schemas"];

const indent = (text: string) => text.replaceAll("\n", "\n  ");
const either = (parts: readonly string[]) => [...new Set(parts)].join(" | ");

/** A schema as the types of TypeScript say it, which most who read it know. */
export function schemaText(schema: Schema, schemas: Schemas): string {
  const text = (one: Schema) => schemaText(one, schemas);
  if (schema.$ref) {
    const named = schemas[schema.$ref.split("/").at(-1) ?? ""];
    return named ? text(named) : "unknown";
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return either(schema.enum.map((value) => JSON.stringify(value)));
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return either(choices.map(text));
  if (schema.allOf) return schema.allOf.map(text).join(" & ");
  const types = [schema.type ?? (schema.properties ? "object" : "unknown")].flat();
  return either(
    types.map((type) => {
      if (type === "array") {
        const item = text(schema.items ?? {});
        return /[ |&]/.test(item) && !item.startsWith("{") ? `(${item})[]` : `${item}[]`;
      }
      if (type === "integer") return "number";
      if (type === "string" && schema.format === "binary") return "file";
      return type === "object" ? objectText(schema, text) : type;
    }),
  );
}

function objectText(schema: Schema, text: (one: Schema) => string): string {
  const { properties = {}, required = [], additionalProperties: others } = schema;
  const lines = Object.entries(properties).map(
    ([name, one]) => `  ${name}${required.includes(name) ? "" : "?"}: ${indent(text(one))}`,
  );
  if (typeof others === "object") lines.push(`  [name]: ${indent(text(others))}`);
  return lines.length === 0 ? "object" : `{\n${lines.join("\n")}\n}`;
}
