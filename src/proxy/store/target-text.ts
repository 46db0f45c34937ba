import { targetChoice } from "#contract/targets.ts";
import { type TargetChoice, targetNames } from "#glucose/targets.ts";

/**
 * A preset is kept by its name, a patient's own targets as JSON, always with the parts in the schema's order.
 */
export const fromChoice = (choice: TargetChoice): string =>
  typeof choice === "string" ? choice : JSON.stringify(choice);

export const toChoice = (text: string): TargetChoice =>
  targetNames.find((name) => name === text) ?? targetChoice.parse(JSON.parse(text));
