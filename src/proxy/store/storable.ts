/** A text with U+0000 in it, which PostgreSQL cannot keep, and which on SQLite would end some texts early. */
class UnstorableError extends Error {
  override name = "UnstorableError";
}

/** PostgreSQL's own codes for the same. */
const states = ["22021", "22P05"];

export function refuseNul(values: readonly unknown[]): void {
  if (values.some((value) => typeof value === "string" && value.includes("\0")))
    throw new UnstorableError("U+0000 cannot be kept");
}

/** Whether an error says that a text cannot be kept on any of our databases. */
export function isUnstorable(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) {
    const { code } = one as { code?: unknown };
    if (one instanceof UnstorableError || (typeof code === "string" && states.includes(code))) return true;
  }
  return false;
}
