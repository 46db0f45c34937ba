import * as z from "zod/mini";
import { glucoseIn, type TextKind } from "./glucose-in-text.ts";

/** For what is read by people who see no glucose. */
export const noGlucose = (kind: TextKind = "sentence") =>
  z.refine<string>((text) => glucoseIn(text, kind) === null, "glucose");
