import { defineMessages } from "../i18n.ts";

export const useSoundWords = defineMessages("chart-sound", {
  en: {
    play: "Play the curve as sound",
    stop: "Stop the sound",
    stoppedAt: "Stopped at {{at}}.",
    ended: "The sound has ended, at {{at}}.",
    speed: "Speed of the sound",
    slow: "slow, {{seconds}} s",
    normal: "normal, {{seconds}} s",
    fast: "fast, {{seconds}} s",
  },
  "zh-CN": {
    play: "以声音播放曲线",
    stop: "停止播放",
    stoppedAt: "已停在 {{at}}。",
    ended: "播放结束，已到 {{at}}。",
    speed: "播放速度",
    slow: "慢，{{seconds}}秒",
    normal: "中，{{seconds}}秒",
    fast: "快，{{seconds}}秒",
  },
});
