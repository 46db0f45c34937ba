import { useMediaQuery } from "@mantine/hooks";

/** Whether a finger is what this screen is used with: it cannot hover, and there need not be a keyboard. */
export const useTouch = (): boolean =>
  useMediaQuery("(hover: none) and (pointer: coarse)", false, { getInitialValueInEffect: false }) ?? false;
