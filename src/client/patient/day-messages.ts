import { defineMessages } from "../i18n.ts";

/** Words of a single day: its tile, and the day chosen in the curve. */
export const useDayMessages = defineMessages("patient-day", {
  en: {
    chosen: "The chosen day",
    previous: "Day before",
    next: "Day after",
    compareSince: "Compare before / since this date",
    shares: "Shares of this day",
    received: "{{n}} of {{expected}} expected readings",
    loading: "Reading this day …",
    noReadings: "No readings on this day.",
  },
  "zh-CN": {
    chosen: "所选日期",
    previous: "前一天",
    next: "后一天",
    compareSince: "比较该日之前与之后",
    shares: "当天各范围占比",
    received: "应收{{expected}}条读数，实收{{n}}条",
    loading: "正在读取当天数据……",
    noReadings: "当天没有读数。",
  },
});
