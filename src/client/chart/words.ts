import { type Band, bandOf, type Edges, isPlausible } from "#glucose/bands.ts";
import type { GapCause } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
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
    "trend-unknown": "no trend sent",
    trendCode: "unknown trend (code {{code}})",
    stale: "stale",
    noCurrent: "no current data",
    warmUp: "sensor warming up",
    implausible: "not a value a sensor can measure; left out of all numbers",
    readHint: "Point at the curve, or use the arrow keys, to read single values.",
    readHintTouch: "Tap the curve to read single values.",
    readHintKeys:
      "Arrow keys read single values; ↓ goes into the last day shown, E to the next low or high, L to the next low.",
    windowShown: "Now shown: {{from}} – {{to}}",
    walk: "Readings of the curve, one by one",
    sensor: "sensor {{serial}}",
    late: "arrived {{duration}} later",
    comma: ", ",
    "day-lows_zero": "no lows",
    "day-highs_zero": "no highs",
    "day-lows_one": "{{count}} low",
    "day-lows_other": "{{count}} lows",
    "day-highs_one": "{{count}} high",
    "day-highs_other": "{{count}} highs",
    dayExtremes: "lowest {{lowest}} at {{lowestAt}}, highest {{highest}} at {{highestAt}}",
    dayEmpty: "no readings",
    inView: "All that is shown",
    "episode-low": "Low",
    "episode-very-low": "Very low",
    "episode-extended": "Extended low",
    "episode-high": "High",
    "episode-very-high": "Very high",
    lowest: "lowest {{value}} at {{at}}",
    highest: "highest {{value}} at {{at}}",
    beginUnseen: "its beginning was not seen",
    beganBefore: "began before this period",
    "ending-ongoing": "still going on",
    "ending-period-end": "goes on after the period",
    "ending-cut-off": "cut off by missing data",
    noEpisodes: "No lows and no highs in this period.",
    noLows: "No lows in this period.",
    noReadings: "No readings",
    gapInAll: "{{duration}} in all",
    "gap-no-sensor": "no sensor worn",
    "gap-warm-up": "sensor starting",
    "gap-lost": "lost between sensor and phone",
    "gap-unreadable": "records arrived and could not be read",
    "gap-not-measured": "the sensor sent nothing",
    "gap-not-uploaded": "not uploaded",
    "gap-sensor-change": "sensor change",
    "gap-unread": "the platform could not be read",
    "gap-not-asked": "not read yet",
    "gap-unknown": "reason not in the data",
    packetsLost_one: "{{count}} packet lost",
    packetsLost_other: "{{count}} packets lost",
    afterGap: "after {{duration}} without readings: {{reason}}",
    newSensor: "new sensor",
    difference: "{{by}} {{unit}} from {{from}} to {{to}}, in {{duration}}",
    differenceWithRate:
      "{{by}} {{unit}} from {{from}} to {{to}}, in {{duration}} ({{rate}} {{unit}} a minute)",
    pinned: "marked: point at another reading to compare",
    help: "How to read and move the curve",
    helpMarks:
      "Arrows are the platform's own trends; in longer windows only a few are drawn. Where two sensors measured at once, the second line is hollow. Hatched: no readings, with the reason where there is room, and in the line above the curve. Dashes along the foot: uploaded more than half an hour late. Dotted upright: a new sensor. Grey dots: warm-up. A cross at the edge: a value that no sensor can measure, left out of all numbers.",
    helpPointer:
      "The wheel zooms with Ctrl or ⌘ held, or while the curve has the keyboard's focus; otherwise it scrolls the page. Dragging moves, a click marks a reading to compare with another; a double-click shows all. The strip below moves the window too.",
    helpTouch:
      "Two fingers zoom, dragging moves, a tap reads a value and a second tap marks it to compare with another; a double tap shows all. The strip below moves the window too.",
    helpKeys:
      "On the curve: ← → go reading by reading (with Shift by the hour), E and Shift+E episode by episode, L and Shift+L low by low, + and − zoom, [ and ] move (from day to day where one is chosen), Enter marks, P plays the curve as sound, Esc goes back.",
    helpTree:
      "↓ goes into the last day shown, then into its first low, high or gap, then to its readings; ↑ comes out again; ← → go to the next and the one before on the same level: days, episodes and gaps, or readings.",
    helpSound:
      "Sound: the higher the glucose, the higher the tone; rough below the range, sharp above it, silent where there are no readings; a tick every six hours. P plays the day that is chosen, or the episode or gap with 15 minutes on either side; where none is, and with the button, all that is shown.",
    byDay:
      "Each bar is a day: its lowest to its highest reading, with a line at its median. Zoom in for single readings.",
    byReading: "Every reading is drawn.",
    empty: "No readings in this period.",
    emptyWarmUp: "Only warm-up readings in this period so far, drawn faintly.",
    tallAxis: "Axis to {{top}} {{unit}} (usually {{usual}})",
    summaryAxis: "The axis ends at {{top}} {{unit}}, higher than usual.",
    summaryImplausible_one: "{{count}} value that no sensor can measure is only marked at the edge.",
    summaryImplausible_other: "{{count}} values that no sensor can measure are only marked at the edge.",
    timesIn: "Times in {{zone}}",
    summary_one:
      "{{count}} reading between {{from}} and {{to}}. Lowest {{lowest}}, at {{lowestAt}}. Highest {{highest}}, at {{highestAt}}.",
    summary_other:
      "{{count}} readings between {{from}} and {{to}}. Lowest {{lowest}}, at {{lowestAt}}. Highest {{highest}}, at {{highestAt}}.",
    packetsUnreadable_one: "{{count}} record unreadable",
    packetsUnreadable_other: "{{count}} records unreadable",
    summaryGaps_zero: "No gaps.",
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
    "trend-unknown": "未发送趋势",
    trendCode: "未知趋势（代码 {{code}}）",
    stale: "数据已旧",
    noCurrent: "无当前数据",
    warmUp: "传感器预热中",
    implausible: "传感器不可能测得此值，不计入任何统计",
    readHint: "将指针移到曲线上，或使用方向键，逐点读取数值。",
    readHintTouch: "触摸曲线，逐点读取数值。",
    readHintKeys:
      "按方向键逐点读取数值；↓ 进入所示的最后一天，E 跳到下一次低血糖或高血糖，L 跳到下一次低血糖。",
    windowShown: "当前显示：{{from}} – {{to}}",
    walk: "逐点读取曲线",
    sensor: "传感器 {{serial}}",
    late: "延迟{{duration}}上传",
    comma: "，",
    "day-lows_zero": "无低血糖",
    "day-highs_zero": "无高血糖",
    "day-lows_one": "低血糖{{count}}次",
    "day-lows_other": "低血糖{{count}}次",
    "day-highs_one": "高血糖{{count}}次",
    "day-highs_other": "高血糖{{count}}次",
    dayExtremes: "最低 {{lowest}}（{{lowestAt}}），最高 {{highest}}（{{highestAt}}）",
    dayEmpty: "无读数",
    inView: "当前显示的全部数据",
    "episode-low": "低血糖",
    "episode-very-low": "极低",
    "episode-extended": "持续性低血糖",
    "episode-high": "高血糖",
    "episode-very-high": "极高",
    lowest: "最低 {{value}}（{{at}}）",
    highest: "最高 {{value}}（{{at}}）",
    beginUnseen: "未见起始",
    beganBefore: "始于此时段之前",
    "ending-ongoing": "仍在持续",
    "ending-period-end": "时段结束后仍持续",
    "ending-cut-off": "因缺少数据而中断",
    noEpisodes: "此时段内没有低血糖或高血糖事件。",
    noLows: "此时段内没有低血糖。",
    noReadings: "无读数",
    gapInAll: "共{{duration}}",
    "gap-no-sensor": "未佩戴传感器",
    "gap-warm-up": "传感器启动中",
    "gap-lost": "传感器与手机间丢失",
    "gap-unreadable": "记录已收到但无法读取",
    "gap-not-measured": "传感器未发送",
    "gap-not-uploaded": "未上传",
    "gap-sensor-change": "更换传感器",
    "gap-unread": "无法读取平台",
    "gap-not-asked": "尚未读取",
    "gap-unknown": "数据未说明原因",
    packetsLost_one: "丢失{{count}}个数据包",
    packetsLost_other: "丢失{{count}}个数据包",
    afterGap: "此前{{duration}}无读数：{{reason}}",
    newSensor: "新传感器",
    difference: "{{from}} 至 {{to}} 变化 {{by}} {{unit}}，历时{{duration}}",
    differenceWithRate:
      "{{from}} 至 {{to}} 变化 {{by}} {{unit}}，历时{{duration}}（每分钟 {{rate}} {{unit}}）",
    pinned: "已标记：指向另一读数以比较",
    help: "如何查看和移动曲线",
    helpMarks:
      "箭头为平台自带的趋势，窗口较长时只画少数几个。两个传感器同时测量时，第二条线为空心。斜线区域：无读数，空间足够时注明原因，曲线上方一行也会说明。底部短线：延迟超过半小时上传。竖直虚线：新传感器。灰点：预热。边缘的叉号：传感器不可能测得的数值，不计入任何统计。",
    helpPointer:
      "按住 Ctrl 或 ⌘ 时，或键盘焦点在曲线上时，滚轮缩放；否则滚动页面。拖动移动，单击标记一个读数以便比较，双击显示全部。下方缩略条也可移动窗口。",
    helpTouch:
      "双指缩放，拖动移动，轻触读取数值，再次轻触标记以便比较，双击显示全部。下方缩略条也可移动窗口。",
    helpKeys:
      "焦点在曲线上时：← → 逐点（按住 Shift 每次一小时），E 与 Shift+E 逐个事件，L 与 Shift+L 逐次低血糖，+ 与 − 缩放，[ 与 ] 移动（选定某天时逐日切换），回车标记，P 以声音播放曲线，Esc 返回。",
    helpTree:
      "↓ 进入所示的最后一天，再进入当天第一次低血糖、高血糖或第一段中断，再到其中的读数；↑ 返回上一层；← → 在同一层内移动：日期、事件与中断，或读数。",
    helpSound:
      "声音：葡萄糖越高，音调越高；低于范围时音色粗糙，高于范围时音色尖锐，无读数时静音；每六小时响一声滴答。选定某天、事件或中断后，按 P 只播放该段（事件与中断前后各加15分钟）；未选定时，或点击按钮时，播放当前显示的全部数据。",
    byDay: "每根柱为一天：从最低到最高读数，横线为中位数。放大后显示各条读数。",
    byReading: "已画出每条读数。",
    empty: "此时段内没有读数。",
    emptyWarmUp: "此时段内目前只有预热读数，以淡色显示。",
    tallAxis: "坐标轴至 {{top}} {{unit}}，高于常用的 {{usual}}",
    summaryAxis: "坐标轴上限为 {{top}} {{unit}}，高于常用的 {{usual}}。",
    summaryImplausible_one: "有{{count}}个传感器不可能测得的数值，仅在边缘标出。",
    summaryImplausible_other: "有{{count}}个传感器不可能测得的数值，仅在边缘标出。",
    timesIn: "{{zone, timeZone}}",
    summary_one:
      "{{from}} 至 {{to}} 共{{count}}条读数。最低 {{lowest}}（{{lowestAt}}），最高 {{highest}}（{{highestAt}}）。",
    summary_other:
      "{{from}} 至 {{to}} 共{{count}}条读数。最低 {{lowest}}（{{lowestAt}}），最高 {{highest}}（{{highestAt}}）。",
    packetsUnreadable_one: "{{count}}条记录无法读取",
    packetsUnreadable_other: "{{count}}条记录无法读取",
    summaryGaps_zero: "没有中断。",
    summaryGaps_one: "有{{count}}段中断（无读数）。",
    summaryGaps_other: "有{{count}}段中断（无读数）。",
  },
});

type Words = ReturnType<typeof useChartWords>;

export const bandWord = (t: Words, band: Band): string => t(`band-${band}`);

/** What a reading says of itself: warming up, a value that no sensor can mean, or its band. */
export const readingWord = (t: Words, { warmUp, valueMmolL }: Reading, edges: Edges): string => {
  if (warmUp) return t("warmUp");
  return isPlausible(valueMmolL) ? bandWord(t, bandOf(valueMmolL, edges)) : t("implausible");
};

export const gapWord = (t: Words, cause: GapCause): string => t(`gap-${cause}`);

/** The trend in words; an unknown code is shown as it came, and none is said to be none. */
export const trendWord = (t: Words, trend: Trend, code: number | null): string =>
  trend === "unknown" && code !== null ? t("trendCode", { code }) : t(`trend-${trend}`);
