import { ApiError, call } from "../http.ts";

/** A file that the server makes. */
export async function readFile(path: string): Promise<Blob> {
  const answer = await call(path, {});
  return answer.blob().catch((cause: unknown) => {
    throw new ApiError("offline", cause);
  });
}
