import { defineMessages } from "../i18n.ts";

/** What each number is, as the page explains it. */
export const useDefinitions = defineMessages("definitions", {
  en: {
    timeInRanges:
      "Time of the readings in the range as a share of the time of all readings, warm-up left out; the five add up to 100. A reading stands for its sensor's interval, for half of it where two sensors measured at once. Goals are judged before rounding, and a row shows more decimals where one would hide which side of its goal it is on. The tight range has no goal: it is printed for reference (PMC10877396).",
    mean: "The average of all readings, each weighing the time that it stands for, warm-up left out.",
    gmi: "Glucose management indicator: 3.31 + 0.02392 × mean in mg/dL (Bergenstal 2018), and 1 / (15.36 / mean in mg/dL + 0.0425) (Bergenstal 2026). Low and high means differ most between the two; a value is compared with one of the same year only. An estimate from the sensor; a laboratory A1c can differ.",
    cv: "Coefficient of variation: standard deviation divided by mean. Up to 36 % counts as stable.",
    sd: "Standard deviation: how far readings lie from the mean, with n − 1.",
    days: "Calendar days in the patient's zone that the period touches, and on how many of them at least one reading was received. 14 × 24 hours that do not begin at midnight touch 15.",
    gri: "Glycemia risk index: 3.0 × very low + 2.4 × low + 1.6 × very high + 0.8 × high, in per cent of time, at most 100 (Klonoff 2023). Zones: A to 20, B to 40, C to 60, D to 80, E above. Always on the ranges of most adults.",
    active:
      "Readings received as a share of those expected: one every {{minutes}} minutes, by the sensor, for as long as it was worn.",
  },
  "zh-CN": {
    timeInRanges:
      "该范围内读数代表的时间占全部读数时间的比例，不含预热；五项合计为 100%。每条读数代表其传感器的一个测量间隔，两个传感器同时测量时各计一半。是否达标按未取整的数值判断；一位小数分不清在目标哪一侧时，该行显示更多小数。严格范围没有目标，仅供参考（PMC10877396）。",
    mean: "全部读数按其代表的时间加权的平均值，不含预热。",
    gmi: "葡萄糖管理指标：3.31 + 0.02392 × 平均值（mg/dL）（Bergenstal 2018），以及 1 / (15.36 / 平均值（mg/dL）+ 0.0425)（Bergenstal 2026）。平均值偏低或偏高时两者差别最大；只与同一年份公式的结果比较。由传感器估算，与实验室糖化血红蛋白可能不同。",
    cv: "变异系数：标准差除以平均值。不超过 36% 视为稳定。",
    sd: "读数偏离平均值的程度，按 n − 1 计算。",
    days: "时段涉及的患者所在时区的日历日，以及其中至少收到一条读数的天数。不从零点开始的 14 × 24小时涉及15个日历日。",
    gri: "血糖风险指数：3.0 × 极低 + 2.4 × 偏低 + 1.6 × 极高 + 0.8 × 偏高，按时间百分比，最高 100（Klonoff 2023）。A区 0–20，B区 20–40，C区 40–60，D区 60–80，E区 80 以上。始终按多数成人的范围计算。",
    active: "实收读数占应收读数的比例：佩戴期间，应收读数按传感器每{{minutes}}分钟一条计算。",
  },
});
