import { type MutationFunctionContext, mutationOptions, queryOptions } from "@tanstack/react-query";
import {
  account,
  done,
  enrolment,
  type FactorProof,
  ownSessions,
  type PasswordChange,
  recoveryCodes,
} from "#contract/account.ts";
import { getJson, sendJson } from "../http.ts";
import { sessionQuery } from "./session.ts";

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

/** With another second factor, what may be done here changes, too. */
const renewOwn = (_data: unknown, _sent: unknown, _before: unknown, { client }: MutationFunctionContext) => {
  void client.invalidateQueries(accountQueries.own);
  void client.invalidateQueries(sessionQuery);
};

export const accountMutations = {
  /** A key for the app; it counts once a code of it is confirmed. */
  beginEnrolment: mutationOptions({
    mutationFn: async (password: string) =>
      (await sendJson("/api/account/second-factor", { password }, enrolment)).data,
  }),
  confirmEnrolment: mutationOptions({
    meta: { changes: [accountQueries.own.queryKey] },
    mutationFn: (code: string) => sendJson("/api/account/second-factor/confirm", { code }, done),
    onSuccess: renewOwn,
  }),
  turnOff: mutationOptions({
    meta: { changes: [accountQueries.own.queryKey] },
    mutationFn: (proof: FactorProof) => sendJson("/api/account/second-factor/off", proof, done),
    onSuccess: renewOwn,
  }),
  /** New recovery codes in place of the old ones. */
  renewCodes: mutationOptions({
    meta: { changes: [accountQueries.own.queryKey] },
    mutationFn: async (proof: FactorProof) =>
      (await sendJson("/api/account/second-factor/recovery-codes", proof, recoveryCodes)).data.recoveryCodes,
    onSuccess: renewOwn,
  }),
  changePassword: mutationOptions({
    meta: { changes: [accountQueries.own.queryKey] },
    mutationFn: (body: PasswordChange) => sendJson("/api/account/password", body, done, { method: "PUT" }),
    onSuccess: (_data, _body, _before, { client }) => client.invalidateQueries(accountQueries.sessions),
  }),
  /** One session, or with null all but this one. */
  endSession: mutationOptions({
    meta: { changes: [accountQueries.own.queryKey] },
    mutationFn: (id: string | null) =>
      sendJson(`/api/account/sessions${id ? `/${id}` : ""}`, {}, done, { method: "DELETE" }),
    onSuccess: (_data, _id, _before, { client }) => client.invalidateQueries(accountQueries.sessions),
  }),
};
