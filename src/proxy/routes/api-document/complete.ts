import { keyAccess } from "../../auth/key-access.ts";
import {
  answerExamples,
  bodyExamples,
  forbidden,
  invalid,
  notes,
  notSignedIn,
  parameterExamples,
  tooMany,
} from "./examples.ts";
import { groups } from "./groups.ts";

interface Content {
  schema?: unknown;
  example?: unknown;
}

/** What of an operation is read and written here. */
export interface Operation {
  tags?: string[];
  summary?: string;
  description?: string;
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; example?: unknown }[];
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, { content?: Record<string, Content> } | { $ref: string }>;
  "x-roles"?: readonly string[];
  /** No session opens it. */
  "x-keys-only"?: boolean;
  /** A view in a partner's page opens it, and nothing else. */
  "x-embed"?: boolean;
  "x-key"?: string;
}

export type Paths = Record<string, Record<string, Operation>>;

const failures = {
  Invalid: { description: "What was sent cannot be used: see `fields`", example: invalid },
  NotSignedIn: {
    description: "No session, or an API key that is unknown, expired or revoked",
    example: notSignedIn,
  },
  Forbidden: {
    description: "Not for this role or this API key, or all exchange is turned off",
    example: forbidden,
  },
  TooMany: { description: "Too much at once; wait for as long as Retry-After says", example: tooMany },
  Failed: { description: "Any other failure, with a stable `code`", example: undefined },
} as const;
const byStatus = { 400: "Invalid", 401: "NotSignedIn", 403: "Forbidden", 429: "TooMany", default: "Failed" };

/** What FHIR says instead. */
const asOutcome = (example: { status: number; detail: string } | undefined) =>
  example && {
    resourceType: "OperationOutcome",
    issue: [{ severity: "error", code: "processing", diagnostics: example.detail }],
  };

const outcome = {
  type: "object",
  description: "FHIR R4 OperationOutcome",
  properties: { resourceType: { const: "OperationOutcome" }, issue: { type: "array", items: {} } },
  required: ["resourceType", "issue"],
};

const retryAfter = { "Retry-After": { description: "Seconds", schema: { type: "integer" } } };

/** Ways in, and answers that many operations have; `problem` is the schema of a failure. */
export const componentsWith = (problem: unknown, sessionCookie: string) => ({
  securitySchemes: {
    key: {
      type: "http",
      scheme: "bearer",
      description: "An API key, `tl_…`, that an administrator of the clinic has made on /exchange.",
    },
    embed: {
      type: "http",
      scheme: "bearer",
      description:
        "A pass, `tlp_…`, of a view in a partner's page; it has it for a token, and shows nothing else with it.",
    },
    session: {
      type: "apiKey",
      in: "cookie",
      name: sessionCookie,
      description: "Whoever is signed in at this address in a browser.",
    },
  },
  schemas: { Problem: problem, OperationOutcome: outcome },
  responses: Object.fromEntries(
    Object.entries(failures).flatMap(([name, { description, example }]) => {
      const headers = name === "TooMany" ? { headers: retryAfter } : {};
      const as = (schema: string, said: unknown) => ({
        schema: { $ref: `#/components/schemas/${schema}` },
        ...(said === undefined ? {} : { example: said }),
      });
      return [
        [name, { description, ...headers, content: { "application/problem+json": as("Problem", example) } }],
        [
          `Fhir${name}`,
          {
            description,
            ...headers,
            content: {
              "application/fhir+json": as("OperationOutcome", asOutcome(example)),
              // What no route has seen: a request that is none, or that did not get so far.
              ...(name === "Failed" && { "application/problem+json": as("Problem", example) }),
            },
          },
        ],
      ];
    }),
  ),
});

/** Of several checks of one route a role passes all. */
function rolesIn(named: readonly string[]): string[] {
  const times = (role: string) => named.filter((one) => one === role).length;
  const most = Math.max(...named.map(times));
  return [...new Set(named)].filter((role) => times(role) === most);
}

const keyWords = {
  read: "An API key of one of these roles opens it.",
  register: "An API key opens it that was made to register patients.",
};

function completed(method: string, path: string, operation: Operation): Operation {
  const { "x-roles": named, "x-keys-only": keysOnly, "x-embed": isEmbed, ...described } = operation;
  const { responses, parameters, requestBody, ...rest } = described;
  const name = `${method.toUpperCase()} ${path}`;
  const isFhir = path.startsWith("/fhir/");
  const roles = named && rolesIn(named);
  const access = roles?.some((role) => role !== "administrator")
    ? keyAccess(method.toUpperCase(), path.replaceAll(/\{(\w+)\}/g, ":$1"))
    : null;
  const who = roles
    ? `For ${roles.join(", ")}. ${access ? keyWords[access] : "No API key opens it."}`
    : isEmbed
      ? "For a view in a partner's page, with its pass."
      : "Open to all.";
  const security: Record<string, string[]>[] = roles
    ? [...(access ? [{ key: [] }] : []), ...(keysOnly ? [] : [{ session: [] }])]
    : isEmbed
      ? [{ embed: [] }]
      : [];
  const failed = Object.entries(byStatus).filter(
    ([status]) => security.length > 0 || !/401|403/.test(status),
  );
  const example = answerExamples[name];
  const [media = "", body] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const bodyExample = bodyExamples[name];
  return {
    ...rest,
    tags: groups
      .filter(({ paths }) => paths.test(path))
      .map((group) => group.name)
      .slice(0, 1),
    description: [notes[name], who].filter(Boolean).join("\n\n"),
    security,
    ...(roles && { "x-roles": roles }),
    ...(access && { "x-key": access }),
    ...(parameters && {
      parameters: parameters.map((one) => {
        const known = parameterExamples[`${path} ${one.name}`] ?? parameterExamples[one.name];
        return known === undefined ? one : { ...one, example: known };
      }),
    }),
    ...(requestBody && {
      requestBody: {
        ...requestBody,
        content: { [media]: { ...body, ...(bodyExample && { example: bodyExample }) } },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(responses)
          .filter(([status]) => status.startsWith("2"))
          .map(([status, answer]) => [status, example ? withExample(answer, example) : answer]),
      ),
      ...Object.fromEntries(
        failed.map(([status, name]) => [
          status,
          { $ref: `#/components/responses/${isFhir ? "Fhir" : ""}${name}` },
        ]),
      ),
    },
  };
}

function withExample(answer: Operation["responses"][string], example: object) {
  if (!("content" in answer) || !answer.content) return answer;
  const content = Object.entries(answer.content).map(([media, one]) => [media, { ...one, example }]);
  return { ...answer, content: Object.fromEntries(content) };
}

/** With group, who may, ways in, examples and failures. */
export const completePaths = (paths: Paths): Paths =>
  Object.fromEntries(
    Object.entries(paths).map(([path, methods]) => [
      path,
      Object.fromEntries(
        Object.entries(methods).map(([method, operation]) => [method, completed(method, path, operation)]),
      ),
    ]),
  );
