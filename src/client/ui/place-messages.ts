import { defineMessages } from "../i18n.ts";

export const usePlaceMessages = defineMessages("place", {
  en: {
    region: "Region",
    regionHint: "Type a name or its two-letter code. It cannot be changed later.",
    timeZone: "Time zone",
    timeZoneHint: "The patient’s days begin and end in it.",
    severalZones: "Several time zones are in use ({{region}}): check it.",
    zoneElsewhere: "This time zone is not in use there ({{region}}): check it.",
    timeThere: "It is now {{time}} there.",
    common: "Common",
    others: "All others",
    suggested: "Suggested",
    ownZone: "{{zone}} (this device)",
    nothingFound: "Nothing found",
    unknown: "“{{text}}” is not in the list. Choose an entry.",
  },
  "zh-CN": {
    region: "地区",
    regionHint: "可输入名称或两位字母代码。登记后不能更改。",
    timeZone: "时区",
    timeZoneHint: "患者的每一天按此时区划分。",
    severalZones: "{{region}}有多个时区，请核对。",
    zoneElsewhere: "这不是{{region}}的时区，请核对。",
    timeThere: "当地现在是 {{time}}。",
    common: "常用",
    others: "其他",
    suggested: "建议",
    ownZone: "{{zone}}（本设备）",
    nothingFound: "未找到",
    unknown: "列表中没有“{{text}}”，请选择一项。",
  },
});
