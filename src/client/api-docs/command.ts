import type { Operation } from "../api/api-document.ts";

/** The body's first kind of content, which is the only one. */
export const bodyOf = (operation: Operation) => Object.entries(operation.requestBody?.content ?? {})[0];

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** What a shell would be given to ask the same, with the examples for what has to be known. */
export function commandFor(server: string, path: string, method: string, operation: Operation): string {
  const parameters = operation.parameters ?? [];
  const filled = path.replaceAll(/\{(\w+)\}/g, (place, name) =>
    String(parameters.find((one) => one.in === "path" && one.name === name)?.example ?? place),
  );
  const query = parameters
    .filter((one) => one.in === "query" && one.required)
    .map(({ name, example }) => `${name}=${encodeURIComponent(String(example ?? "…"))}`)
    .join("&");
  const address = `${server}${filled}${query && `?${query}`}`;
  const [media, body] = bodyOf(operation) ?? [];
  const lines = [
    `curl -s ${method === "get" ? "" : `-X ${method.toUpperCase()} `}${quoted(address)}`,
    `-H "Authorization: Bearer $TRENDLINE_KEY"`,
    ...(media ? [`-H ${quoted(`Content-Type: ${media}`)}`] : []),
    ...(body?.example === undefined ? [] : [`-d ${quoted(JSON.stringify(body.example))}`]),
  ];
  return lines.join(" \\\n  ");
}
