import * as z from "zod";

interface Meta {
  /** The environment variable that it is read from. */
  variable: string;
  /** What the variable must be, for the person who sets it. */
  must: string;
}

const metas = z.registry<Meta>();

/** Declares a setting: its variable, how it is read, and what to say when it cannot be. */
export function setting<T extends z.ZodType>(variable: string, schema: T, must = "set differently"): T {
  metas.add(schema, { variable, must });
  return schema;
}

/** A setting's schema, for one that may be absent. */
export const orNull = <T extends z.ZodType>(schema: T) => z.nullable(schema).default(null);

type Environment = Record<string, string | undefined>;
type Schema = z.core.$ZodType;

const shapeOf = (schema: Schema): z.core.$ZodShape | null => {
  if (schema instanceof z.ZodObject) return schema.shape;
  return schema instanceof z.ZodPipe ? shapeOf(schema.in) : null;
};

/**
 * What an environment says of every setting in a schema, groups of settings
 * included; an empty value counts as absent.
 */
export function inputOf(schema: Schema, env: Environment): unknown {
  const meta = metas.get(schema);
  if (meta) return env[meta.variable]?.trim() ? env[meta.variable] : undefined;
  const fields = Object.entries(shapeOf(schema) ?? {});
  return Object.fromEntries(fields.map(([key, field]) => [key, inputOf(field, env)]));
}

/**
 * What is wrong, in a sentence: of the setting at the issue's path, else in the words of the issue itself.
 */
export function sentenceOf(schema: Schema, { path, message }: z.core.$ZodIssue): string {
  let at: Schema | undefined = schema;
  for (const key of path) {
    at = at && shapeOf(at)?.[String(key)];
    const meta = at && metas.get(at);
    if (meta) return `${meta.variable} must be ${meta.must}.`;
  }
  return message;
}

/** Of several settings that belong together: they cannot be used like this. */
export function refuse<T>(ctx: z.core.ParsePayload<T>, message: string): never {
  ctx.issues.push({ code: "custom", message, input: ctx.value });
  return z.NEVER;
}

export const areMissing = (variables: readonly string[], joint = " and "): string =>
  `${variables.join(joint)} ${variables.length === 1 ? "is" : "are"} missing.`;
