import { Hono } from "hono";
import { readingsFileAsked } from "#contract/readings-file.ts";
import type { AppEnv } from "../app-env.ts";
import { createPlaces, inPlaceOf } from "../http/places.ts";
import { createReadingsFile, type ReadingsFileOptions } from "../reports/readings-file.ts";
import { describeFile, valid } from "./openapi.ts";

/** Files being written at a time, of everybody; others wait. */
const mostAtOnce = 2;

/** The readings of several patients as one file, written as it is sent. */
export function createReadingsFileRoute(options: ReadingsFileOptions): Hono<AppEnv> {
  const places = createPlaces(mostAtOnce);
  const readingsFile = createReadingsFile(options);
  return new Hono<AppEnv>().post(
    "/readings-file",
    describeFile(
      "The readings of these patients as CSV, in this order; a file without its last row, which says complete, broke off",
      "text/csv",
    ),
    valid("json", readingsFileAsked),
    (c) => {
      const rows = readingsFile(c.req.valid("json"), c.get("audit"));
      const written = ReadableStream.from(rows).pipeThrough(new TextEncoderStream());
      const day = new Date(options.now()).toISOString().slice(0, 10);
      return c.body(inPlaceOf(places, written), 200, {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="glucose-readings-${day}.csv"`,
      });
    },
  );
}
