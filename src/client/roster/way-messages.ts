import { defineMessages } from "../i18n.ts";

export const useWayMessages = defineMessages("roster-way", {
  en: {
    way: "Patients of the list",
    backToList: "← Patients",
    place: "{{n}} of {{of}} in the list",
    previous: "Previous: {{name}}",
    next: "Next: {{name}}",
  },
  "zh-CN": {
    way: "列表中的患者",
    backToList: "← 患者列表",
    place: "列表中第{{n}}位，共{{of}}位",
    previous: "上一位：{{name}}",
    next: "下一位：{{name}}",
  },
});
