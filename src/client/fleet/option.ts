import type { FleetGroup } from "#contract/fleet.ts";

/** A group as the value of a choice: "=" before its key, so that one without a key has a value too. */
export const optionOf = ({ key }: Pick<FleetGroup, "key">): string => (key === null ? "none" : `=${key}`);

export const keyOfOption = (option: string): string | null =>
  option.startsWith("=") ? option.slice(1) : null;
