import { useMedia } from "./use-media.ts";

/** Whether a finger is what this screen is used with: it cannot hover, and there need not be a keyboard. */
export const useTouch = (): boolean => useMedia("(hover: none) and (pointer: coarse)");
