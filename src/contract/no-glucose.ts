import * as z from "zod/mini";
import { glucoseIn } from "./glucose-in-text.ts";

/** For what is read by people who see no glucose. */
export const noGlucose = z.refine<string>((text) => glucoseIn(text) === null, "glucose");
