import { type MutationFunctionContext, mutationOptions, queryOptions } from "@tanstack/react-query";
import type {
  Account,
  Enrolment,
  FactorProof,
  OwnSessions,
  PasswordChange,
  RecoveryCodes,
} from "#contract/account.ts";
import { getJson, sendJson } from "../http.ts";
import { sessionQuery } from "./session.ts";

export const accountQueries = {
  own: queryOptions({
    queryKey: ["account"],
    queryFn: ({ signal }) => getJson<Account>("/api/account", signal),
  }),
  sessions: queryOptions({
    queryKey: ["account", "sessions"],
    queryFn: async ({ signal }) => (await getJson<OwnSessions>("/api/account/sessions", signal)).sessions,
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
      (await sendJson<Enrolment>("/api/account/second-factor", { password })).data,
  }),
  confirmEnrolment: mutationOptions({
    meta: { changes: [accountQueries.own.queryKey] },
    mutationFn: (code: string) => sendJson("/api/account/second-factor/confirm", { code }),
    onSuccess: renewOwn,
  }),
  turnOff: mutationOptions({
    meta: { changes: [accountQueries.own.queryKey] },
    mutationFn: (proof: FactorProof) => sendJson("/api/account/second-factor/off", proof),
    onSuccess: renewOwn,
  }),
  /** New recovery codes in place of the old ones. */
  renewCodes: mutationOptions({
    meta: { changes: [accountQueries.own.queryKey] },
    mutationFn: async (proof: FactorProof) =>
      (await sendJson<RecoveryCodes>("/api/account/second-factor/recovery-codes", proof)).data.recoveryCodes,
    onSuccess: renewOwn,
  }),
  changePassword: mutationOptions({
    meta: { changes: [accountQueries.own.queryKey] },
    mutationFn: (body: PasswordChange) => sendJson("/api/account/password", body, { method: "PUT" }),
    onSuccess: (_data, _body, _before, { client }) => client.invalidateQueries(accountQueries.sessions),
  }),
  /** One session, or with null all but this one. */
  endSession: mutationOptions({
    meta: { changes: [accountQueries.own.queryKey] },
    mutationFn: (id: string | null) =>
      sendJson(`/api/account/sessions${id ? `/${id}` : ""}`, {}, { method: "DELETE" }),
    onSuccess: (_data, _id, _before, { client }) => client.invalidateQueries(accountQueries.sessions),
  }),
};
