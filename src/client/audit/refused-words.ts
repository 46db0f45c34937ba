import { defineMessages } from "../i18n.ts";

const useMessages = defineMessages("audit-refused", {
  en: {
    see: "Was refused: to see {{what}}",
    change: "Was refused: to change {{what}}",
    patients: "patients",
    readings: "a patient's readings",
    devices: "sensors",
    imports: "files of patients",
    staff: "the staff",
    invitations: "links for colleagues",
    audit: "the audit trail",
    account: "an account",
    other: "{{call}}",
  },
  "zh-CN": {
    see: "被拒绝：查看{{what}}",
    change: "被拒绝：更改{{what}}",
    patients: "患者",
    readings: "患者的葡萄糖数据",
    devices: "传感器",
    imports: "患者文件",
    staff: "工作人员",
    invitations: "同事的链接",
    audit: "审计记录",
    account: "账号",
    other: "{{call}}",
  },
});

const areas = ["patients", "devices", "imports", "staff", "invitations", "audit", "account"] as const;
/** What is asked by POST because its words may not stand in an address. */
const asking = /\/(search|lookup|states)$/;

/** A refused call, such as "GET /api/staff", in words; null when it is none. */
export function useRefusedWords(): (action: string) => string | null {
  const t = useMessages();
  return (action) => {
    const call = /^([A-Z]+) (\/.*)$/.exec(action);
    if (!call) return null;
    const [, method = "", path = ""] = call;
    const area = areas.find((one) => path.startsWith(`/api/${one}`)) ?? "other";
    const what = t(path.endsWith("/readings") ? "readings" : area, { call: path });
    return t(method === "GET" || asking.test(path) ? "see" : "change", { what });
  };
}
