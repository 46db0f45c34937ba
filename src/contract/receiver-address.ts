const secure = /^https:\/\/[^\s/?#@\\]+(?:\/[^\s?#]*)?$/i;
const thisMachine = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?:\/[^\s?#]*)?$/i;

/** Whether something may be sent to an address: over TLS, or to this machine itself. */
export const isReceiverAddress = (text: string): boolean => secure.test(text) || thisMachine.test(text);

/** "fhir.example.org:8443" */
export const hostOf = (address: string): string => address.split("/")[2] ?? "";
