import { defineMessages } from "../i18n.ts";

export const useSearchMessages = defineMessages("device-search", {
  en: {
    many: "Look up many at once",
    title: "Look up a sensor",
    lead: "A serial number in, an answer for the caller out. It is printed on the sensor's box.",
    label: "Serial number",
    hint: "Type, paste or scan it. Spaces, line breaks and lower case do not matter.",
    lookUp: "Look up",
    willLookUp: "Looks up",
    empty: "Enter a serial number. It has letters or digits.",
    tooLong:
      "This has {{length}} characters; a serial number has at most 64. Is there more than the number in it?",
    characters:
      "A serial number cannot contain {{characters}}. It has letters, digits, dots, hyphens and underscores.",
    recent: "Recent look-ups",
    recentHint: "Kept in this browser for your account only.",
    none: "What you look up here is listed for the next call.",
    noAnswer: "no answer",
    forget: "Remove {{serial}} from the list",
    forgetAll: "Remove all",
  },
  "zh-CN": {
    many: "批量查询",
    title: "查询传感器",
    lead: "输入序列号，即可答复来电者。序列号印在传感器包装盒上。",
    label: "序列号",
    hint: "可键入、粘贴或扫描；空格、换行和小写字母均不影响查询。",
    lookUp: "查询",
    willLookUp: "将查询",
    empty: "请输入序列号，须含字母或数字。",
    tooLong: "共 {{length}} 个字符；序列号最多 64 个字符。是否混入了其他内容？",
    characters: "序列号不能包含 {{characters}}，只能由字母、数字、点、连字符和下划线组成。",
    recent: "最近查询",
    recentHint: "仅为您的账号保存在此浏览器中。",
    none: "您查询过的序列号会列在这里，方便下次来电时使用。",
    noAnswer: "未获答复",
    forget: "从列表中移除 {{serial}}",
    forgetAll: "全部移除",
  },
});
