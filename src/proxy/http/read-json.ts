import { Failure } from "../failure.ts";

const isJson = (contentType: string | null | undefined): boolean =>
  /^application\/([\w.-]+\+)?json$/i.test((contentType ?? "").split(";")[0]?.trim() ?? "");

/** Refuses a body that says it is anything but JSON, whatever its bytes are. */
export function requireJson(contentType: string | null | undefined): void {
  if (!isJson(contentType))
    throw new Failure("unsupported-media-type", { detail: "Send JSON, with content-type application/json." });
}

/** What a body holds; a failure of its own, such as one that is too large, goes on as it is. */
export async function readJson(read: () => Promise<unknown>): Promise<unknown> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof SyntaxError)
      throw new Failure("invalid-request", { detail: "The body is not JSON.", cause });
    throw cause;
  }
}
