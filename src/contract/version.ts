declare const __CONTRACT__: string | undefined;

/** The header of an answer that says by which contract it was made. */
export const contractHeader = "x-contract";

/** Of which sources the contract is; null where nothing was built. A page that is left open may meet another server. */
export const contractVersion: string | null = typeof __CONTRACT__ === "undefined" ? null : __CONTRACT__;
