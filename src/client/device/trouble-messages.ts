import { defineMessages } from "../i18n.ts";

export const useTroubleMessages = defineMessages("device-trouble", {
  en: {
    unknownSay:
      "Ask the caller to read the number from the box once more, group by group. 5 and S, and 8 and B, are also easily mixed up.",
    refusedTitle: "The platform refuses to show this sensor (1002)",
    refusedSay:
      "The sensor itself may be fine: we are not allowed to see it. It may belong to another partner. Refer the caller to whoever supplied it.",
    outageTitle: "This sensor cannot be looked up right now",
    outageSay:
      "This says nothing about the sensor itself. Tell the caller that our connection to the platform is down, and look it up again in a few minutes.",
    otherTitle: "The look-up failed",
    caller: "For the caller",
    near: "Nearly the same, looked up before:",
  },
  "zh-CN": {
    unknownSay: "请来电者对照包装盒再逐组读一遍。5 与 S、8 与 B 也容易混淆。",
    refusedTitle: "平台拒绝显示此传感器（1002）",
    refusedSay: "传感器本身可能正常：我们无权查看，它可能属于其他合作方。请来电者联系供货方。",
    outageTitle: "暂时无法查询此传感器",
    outageSay: "这与传感器本身无关。请告知来电者：我们与平台的连接中断，请几分钟后再查询。",
    otherTitle: "查询失败",
    caller: "答复来电者",
    near: "此前查询过的相近序列号：",
  },
});
