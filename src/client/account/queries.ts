import { queryOptions } from "@tanstack/react-query";
import { account, done, enrolment, type FactorProof, ownSessions, recoveryCodes } from "#contract/account.ts";
import { getJson, sendJson } from "../http.ts";
import { plainCode } from "../ui/typed-code.ts";

export const accountQueries = {
  own: queryOptions({
    queryKey: ["account"],
    queryFn: ({ signal }) => getJson("/api/account", account, signal),
  }),
  sessions: queryOptions({
    queryKey: ["account", "sessions"],
    queryFn: async ({ signal }) => (await getJson("/api/account/sessions", ownSessions, signal)).sessions,
  }),
};

export const beginEnrolment = async (password: string) =>
  (await sendJson("/api/account/second-factor", { password }, enrolment)).data;

export const confirmEnrolment = (code: string) =>
  sendJson("/api/account/second-factor/confirm", { code: plainCode(code) }, done);

export const turnOff = (proof: FactorProof) => sendJson("/api/account/second-factor/off", proof, done);

export const renewCodes = async (proof: FactorProof) =>
  (await sendJson("/api/account/second-factor/recovery-codes", proof, recoveryCodes)).data.recoveryCodes;

export const changePassword = (password: string, next: string) =>
  sendJson("/api/account/password", { password, next }, done, { method: "PUT" });

/** One session, or all but this one. */
export const endSession = (id: string | null) =>
  sendJson(`/api/account/sessions${id ? `/${id}` : ""}`, {}, done, { method: "DELETE" });
