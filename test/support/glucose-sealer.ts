import { createSealer } from "#proxy/store/seal.ts";

/** For a world whose figures a test opens by itself. */
export const worldSecret = "6b1f0e".repeat(12);

/** Seals what is derived from glucose as a world does, for stores that a test opens by itself. */
export const glucoseSealer = createSealer(worldSecret, "glucose");
