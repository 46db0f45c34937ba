import type { Band } from "#glucose/bands.ts";
import type { Trend } from "#glucose/trend.ts";
import { defineMessages } from "../i18n.ts";

export const useChartWords = defineMessages("chart", {
  en: {
    "band-very-low": "very low",
    "band-low": "low",
    "band-in-range": "in range",
    "band-high": "high",
    "band-very-high": "very high",
    "trend-stable": "stable",
    "trend-slowly-rising": "slowly rising",
    "trend-slowly-falling": "slowly falling",
    "trend-rapid-rise": "rising rapidly",
    "trend-rapid-drop": "dropping rapidly",
    "trend-unknown": "trend unknown",
    trendCode: "unknown trend (code {{code}})",
    stale: "stale",
    noCurrent: "no current data",
    warmUp: "sensor warming up",
    readHint: "Point at the curve, or use the arrow keys, to read single values.",
    walk: "Readings of the curve, one by one",
    sensor: "sensor {{serial}}",
    late: "arrived {{duration}} later",
    noReadings: "no readings",
    noReadingsFor: "no readings for {{duration}}",
    empty: "No readings in this period.",
    clipped: "above {{value}} {{unit}}: drawn at the edge",
    timesIn: "Times in {{zone}}",
    nothingHere: "no reading within reach",
    summary_one:
      "{{count}} reading between {{from}} and {{to}}. Lowest {{lowest}}, at {{lowestAt}}. Highest {{highest}}, at {{highestAt}}.",
    summary_other:
      "{{count}} readings between {{from}} and {{to}}. Lowest {{lowest}}, at {{lowestAt}}. Highest {{highest}}, at {{highestAt}}.",
    summaryGaps_one: "{{count}} gap without readings.",
    summaryGaps_other: "{{count}} gaps without readings.",
  },
  "zh-CN": {
    "band-very-low": "极低",
    "band-low": "偏低",
    "band-in-range": "范围内",
    "band-high": "偏高",
    "band-very-high": "极高",
    "trend-stable": "平稳",
    "trend-slowly-rising": "缓慢上升",
    "trend-slowly-falling": "缓慢下降",
    "trend-rapid-rise": "快速上升",
    "trend-rapid-drop": "快速下降",
    "trend-unknown": "趋势未知",
    trendCode: "未知趋势（代码 {{code}}）",
    stale: "数据已旧",
    noCurrent: "无当前数据",
    warmUp: "传感器预热中",
    readHint: "将指针移到曲线上，或使用方向键，逐点读取数值。",
    walk: "逐点读取曲线",
    sensor: "传感器 {{serial}}",
    late: "延迟 {{duration}} 上传",
    noReadings: "无读数",
    noReadingsFor: "{{duration}}无读数",
    empty: "此时段内没有读数。",
    clipped: "高于 {{value}} {{unit}}，绘于上边缘",
    timesIn: "时间按 {{zone}}",
    nothingHere: "附近没有读数",
    summary_one:
      "{{from}} 至 {{to}} 共 {{count}} 条读数。最低 {{lowest}}（{{lowestAt}}），最高 {{highest}}（{{highestAt}}）。",
    summary_other:
      "{{from}} 至 {{to}} 共 {{count}} 条读数。最低 {{lowest}}（{{lowestAt}}），最高 {{highest}}（{{highestAt}}）。",
    summaryGaps_one: "有 {{count}} 段无读数。",
    summaryGaps_other: "有 {{count}} 段无读数。",
  },
});

type Words = ReturnType<typeof useChartWords>;

export const bandWord = (t: Words, band: Band): string => t(`band-${band}`);

/** The trend in words; an unknown code is shown as it came. */
export const trendWord = (t: Words, trend: Trend, code: number): string =>
  trend === "unknown" ? t("trendCode", { code }) : t(`trend-${trend}`);
