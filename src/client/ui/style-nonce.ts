const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";

/** What the server's policy wants on style elements that are made here. */
export const styleNonce = (): string => nonce;

// react-remove-scroll, under Mantine's dialogs, looks for it by this name.
Object.assign(globalThis, { __webpack_nonce__: nonce });
