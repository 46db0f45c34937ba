import * as z from "zod";

/** In the place of what better-auth has for sign-in by other companies and for its makers. */
export const socialProviders = {};
export const SocialProviderListEnum = z.string();
export const isGoogleHostedDomainAllowed = () => false;
export const verifyGoogleIdToken = () => null;
export const createTelemetry = async () => ({ publish: async () => {} });
export const getTelemetryAuthConfig = () => ({});
