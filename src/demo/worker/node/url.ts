/** Files beside the pages are read by their address. */
export const fileURLToPath = (address: string): string => address;
