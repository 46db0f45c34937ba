import { ApiError, call } from "../http.ts";

/** A PDF file, which the server makes. */
export async function readPdf(path: string): Promise<Blob> {
  const answer = await call(path, {});
  return answer.blob().catch((cause: unknown) => {
    throw new ApiError("offline", cause);
  });
}
