import { defineMessages } from "../i18n.ts";

export const useReferenceMessages = defineMessages("device-reference", {
  en: {
    title: "What the words about sensors mean",
    lead: "States, verdicts and failures, and what each means for a caller.",
    link: "What do these words mean?",
    states: "States",
    verdicts: "Verdicts",
    claims: "What may stand under a verdict",
    failures: "When a look-up fails",
    "verdict-working": "Working",
    "verdict-working-means":
      "At least {{good}} of the expected data has arrived, and the last of it within {{silent}}.",
    "verdict-irregular": "Working, with irregularities",
    "verdict-irregular-means":
      "Data arrives, but something is wrong: it is past its expected end, its clock or packet numbers are off, it stopped sending {{silences}} times or more, or its dates contradict each other. The verdict lists what it is.",
    "verdict-patchy": "Working with losses",
    "verdict-patchy-means":
      "Less than {{good}} of the expected data. The caller’s phone should stay near, with Bluetooth and the app on.",
    "verdict-poor": "Working badly",
    "verdict-poor-means":
      "Less than {{poor}} of the expected data. Look at the causes of the gaps before replacing anything.",
    "verdict-silent": "Silent",
    "verdict-silent-means":
      "Nothing has arrived for more than {{silent}}. Mostly it is the phone: off, without network, or the app closed. The data may still come.",
    "verdict-warming-up": "Warming up",
    "verdict-warming-up-means": "The sensor has just been started and gives no values yet. Wait.",
    "verdict-never-sent": "No data has ever arrived",
    "verdict-never-sent-means":
      "Activated more than {{silent}} ago without one record: the phone never uploaded, or the sensor does not send.",
    "verdict-end": "Ended on time, early or late",
    "verdict-end-means": "More than {{end}} before or after the expected end is early or late.",
    "verdict-doubtful": "Ended, but in doubt",
    "verdict-doubtful-means":
      "The platform says it has ended, but its dates contradict each other or data came from after its end. Do not tell the caller when it ended; report it to the vendor.",
    "claim-overdue": "Past its expected end",
    "claim-overdue-means":
      "It should have ended by now but is still activated. Its values may no longer be right: the caller needs a new sensor.",
    "claim-late": "The phone uploads late",
    "claim-late-means":
      "Usually more than {{median}}, or at worst more than {{worst}}, from measurement to platform. The sensor is fine; look at the phone’s network or battery saver.",
    "claim-lost": "Packets lost between sensor and phone",
    "claim-lost-means":
      "The sensor’s packet numbers jump: it sent them, but the phone was out of reach or off.",
    "claim-sensor-silent": "The sensor itself stopped sending",
    "claim-sensor-silent-means":
      "Time passed, but its packet numbers run on: it did not measure. From {{silences}} times on, report it to the vendor.",
    "claim-not-uploaded": "Not uploaded",
    "claim-not-uploaded-means":
      "The cause of a gap that is still going on: until the phone uploads again, nobody can tell whether the sensor is sending.",
    "claim-clock": "Restarts, clock jumps, drift",
    "claim-clock-means":
      "Times and packet numbers disagree. Drift is mentioned from {{drift}} on. Times near it may be off.",
    "claim-new-phone": "Records arrived more than once",
    "claim-new-phone-means":
      "{{duplicates}} records or more: a new phone uploaded the history again. Each counts once.",
    "claim-vendor": "Report to the vendor",
    "claim-vendor-means":
      "Contradicting dates, data from after the end, records that cannot be read: the platform’s data is wrong; the caller did nothing wrong.",
  },
  "zh-CN": {
    title: "传感器用语说明",
    lead: "状态、结论与失败各是什么意思，以及如何答复来电者。",
    link: "这些用语是什么意思？",
    states: "状态",
    verdicts: "结论",
    claims: "结论之下可能列出的内容",
    failures: "查询失败时",
    "verdict-working": "工作正常",
    "verdict-working-means": "至少收到应收数据的 {{good}}，且最近一条在{{silent}}以内。",
    "verdict-irregular": "工作中，但有异常",
    "verdict-irregular-means":
      "数据在到达，但存在异常：已超过预计结束时间、时钟或数据包编号不一致、停止发送达{{silences}}次，或日期互相矛盾。详情见结论下方。",
    "verdict-patchy": "工作中，但有数据丢失",
    "verdict-patchy-means": "数据完整率不足 {{good}}。请来电者让手机留在身边，并保持蓝牙与应用开启。",
    "verdict-poor": "工作异常",
    "verdict-poor-means": "数据完整率不足 {{poor}}。更换之前请先查看中断原因。",
    "verdict-silent": "数据中断",
    "verdict-silent-means":
      "超过{{silent}}未收到数据。多为手机关机、无网络或应用被关闭；数据之后仍可能到达。",
    "verdict-warming-up": "预热中",
    "verdict-warming-up-means": "传感器刚启动，尚无数值。请等待。",
    "verdict-never-sent": "从未收到数据",
    "verdict-never-sent-means": "启用超过{{silent}}仍无任何记录：手机从未上传，或传感器未发送。",
    "verdict-end": "按时、提前或延后结束",
    "verdict-end-means": "与预计结束相差超过{{end}}即为提前或延后。",
    "verdict-doubtful": "已结束，但存在疑问",
    "verdict-doubtful-means":
      "平台称其已结束，但日期互相矛盾，或结束后仍有数据。请勿告知来电者结束时间，并反馈给厂商。",
    "claim-overdue": "已超过预计结束时间",
    "claim-overdue-means": "本应已结束，状态却仍为已启用。其数值可能不再可靠：来电者需更换新的传感器。",
    "claim-late": "手机上传延迟",
    "claim-late-means":
      "从测量到平台通常超过{{median}}，或最长超过{{worst}}。传感器正常，问题在手机网络或省电设置。",
    "claim-lost": "传感器与手机间丢失数据包",
    "claim-lost-means": "数据包编号跳号：传感器已发送，但手机不在附近或已关机。",
    "claim-sensor-silent": "传感器自身停止发送",
    "claim-sensor-silent-means": "时间流逝而编号连续：传感器未测量。达到{{silences}}次请反馈给厂商。",
    "claim-not-uploaded": "未上传",
    "claim-not-uploaded-means": "中断仍在持续时的原因：手机再次上传之前，无法判断传感器是否在发送。",
    "claim-clock": "编号重新开始、时钟跳变、漂移",
    "claim-clock-means": "时间与编号不一致。漂移自{{drift}}起提示。附近的时间可能有偏差。",
    "claim-new-phone": "记录重复上传",
    "claim-new-phone-means": "达到{{duplicates}}条：新手机重新上传了历史数据，每条只计一次。",
    "claim-vendor": "反馈给厂商",
    "claim-vendor-means": "日期矛盾、结束后仍有数据、记录无法读取：是平台数据有误，来电者没有做错什么。",
  },
});
