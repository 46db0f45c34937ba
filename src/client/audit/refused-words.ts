import { useMessages } from "../i18n.ts";

const areas = [
  "patients",
  "devices",
  "worklist/limits",
  "fleet",
  "worklist",
  "imports",
  "staff",
  "invitations",
  "audit",
  "account",
  "keys",
  "exchange",
  "receivers",
  "launch",
  "embed",
] as const;
/** What is asked by POST because its words may not stand in an address. */
const asking = /\/(search|lookup|states|worklist\/devices|fleet\/sensors|embedded|embed-tokens)$/;

/** A refused call, such as "GET /api/staff", in words; null when it is none. */
export function useRefusedWords(): (action: string) => string | null {
  const t = useMessages("audit", "refused");
  return (action) => {
    const call = /^([A-Z]+) (\/.*)$/.exec(action);
    if (!call) return null;
    const [, method = "", path = ""] = call;
    const known = path.startsWith("/fhir") ? "fhir" : areas.find((one) => path.startsWith(`/api/${one}`));
    const area = known ?? "other";
    const what = t(path.endsWith("/readings") ? "readings" : area, { call: path });
    return t(method === "GET" || asking.test(path) ? "see" : "change", { what });
  };
}
