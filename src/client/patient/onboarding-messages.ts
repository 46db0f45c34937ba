import { defineMessages } from "../i18n.ts";

export const useOnboardingSteps = defineMessages("onboarding-steps", {
  en: {
    "waiting-title": "Waiting for a sensor to be bound",
    "waiting-text":
      "{{name}} is registered with the platform as {{partnerUid}}. Next, on the patient’s phone: open your app, signed in as this person, and bind the sensor there. This page updates automatically.",
    "bound-title": "The sensor is bound, and not yet activated",
    "bound-text":
      "The platform has bound the sensor to {{name}}. It starts once it is on the body and the app has activated it. This page updates automatically.",
    "warming-up-title": "The sensor is warming up",
    "warming-up-text":
      "The sensor is activated. First readings usually come within the first hour or two; what it sends before is shown faintly and takes part in no statistic. This page updates automatically.",
    since: "Warming up since {{since}}, {{age}}.",
    warmUpValue: "Warm-up value, not yet a reading: {{value}}, measured {{age}}.",
    stepRegistered: "Registered",
    stepBound: "Sensor bound",
    stepWarmUp: "Activated, warming up",
    stepReading: "First reading",
    stepDone: "done",
    stepNow: "waiting for this",
    stepUnderWay: "under way",
    stepLater: "to come",
    serial: "Serial number of the sensor, if you have it at hand",
    serialHint:
      "The platform names a person’s sensor only once it sends. With its number this page sees it bound earlier.",
    "serial-theirs": "This sensor is bound to this patient.",
    "serial-unbound": "This sensor is not bound to anybody yet.",
    "serial-else": "This sensor is bound to somebody else. Check the number, or take another sensor.",
  },
  "zh-CN": {
    "waiting-title": "等待绑定传感器",
    "waiting-text":
      "{{name}} 已在平台登记，患者编号为 {{partnerUid}}。下一步：请患者在手机上登录本院的应用并绑定传感器。本页会自动更新。",
    "bound-title": "传感器已绑定，尚未启用",
    "bound-text": "平台已将传感器绑定至{{name}}。佩戴到身上并由应用启用后即开始工作。本页会自动更新。",
    "warming-up-title": "传感器预热中",
    "warming-up-text":
      "传感器已启用。首个读数通常在一两小时内到达；此前发送的数值以淡色显示，不计入任何统计。本页会自动更新。",
    since: "自 {{since}} 起预热（{{age}}）。",
    warmUpValue: "预热数值，尚非读数：{{value}}，{{age}}测得。",
    stepRegistered: "已登记",
    stepBound: "传感器已绑定",
    stepWarmUp: "已启用，预热中",
    stepReading: "首个读数",
    stepDone: "已完成",
    stepNow: "正在等待",
    stepUnderWay: "进行中",
    stepLater: "尚未开始",
    serial: "传感器序列号（选填）",
    serialHint: "传感器开始发送数据后，平台才显示它属于哪位患者。输入序列号可提前查看绑定状态。",
    "serial-theirs": "此传感器已绑定至该患者。",
    "serial-unbound": "此传感器尚未绑定任何人。",
    "serial-else": "此传感器已绑定给他人。请核对序列号，或更换传感器。",
  },
});
