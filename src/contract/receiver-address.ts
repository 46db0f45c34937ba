const secure = /^https:\/\/[^\s/?#@\\]+(?:\/[^\s?#]*)?$/i;
const thisMachine = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?:\/[^\s?#]*)?$/i;

/** Whether something may be sent to an address: over TLS, or to this machine itself. */
export const isReceiverAddress = (text: string): boolean => secure.test(text) || thisMachine.test(text);

const secureOrigin = /^https:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?$/;
const ownOrigin = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/;

/** Whether this is one origin as browsers name it, "https://record.example": no path, no pattern. */
export const isOrigin = (text: string): boolean => secureOrigin.test(text) || ownOrigin.test(text);

/** "fhir.example.org:8443" */
export const hostOf = (address: string): string => address.split("/")[2] ?? "";
