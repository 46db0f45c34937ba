import * as z from "zod/mini";

/** Whether an amount in mmol/L or mg/dL stands in it. */
export const holdsGlucose = (text: string): boolean =>
  /\d\s*\(?(?:mmol|mg\s*\/\s*dl|毫摩尔|毫克\s*[/每]\s*分升)/iu.test(text.normalize("NFKC"));

/** For what is read by people who see no glucose. */
export const noGlucose = z.refine<string>((text) => !holdsGlucose(text), "glucose");
