import type { Context } from "hono";
import { beginningOf } from "#contract/text.ts";

const longestFileName = 200;

/** As the header has it, percent-encoded because a header carries no Chinese. */
export function fileNameOf(c: Context): string {
  const given = c.req.header("x-file-name") ?? "";
  const shown = (name: string) => beginningOf(name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ""), longestFileName);
  try {
    return shown(decodeURIComponent(given));
  } catch {
    return shown(given);
  }
}
