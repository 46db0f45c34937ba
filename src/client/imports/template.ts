import { sampleUids } from "#contract/import.ts";
import type { Language } from "#words/language.ts";

const headers: Record<Language, string[]> = {
  en: [
    ...["partner_uid", "name", "date_of_birth", "hospital_number", "diabetes_type", "therapy", "phone"],
    ...["region", "time_zone", "tags"],
  ],
  "zh-CN": [
    ...["合作方用户ID", "姓名", "出生日期", "住院号", "糖尿病类型", "治疗方案", "电话"],
    ...["地区", "时区", "标签"],
  ],
};
const examples: Record<Language, string[][]> = {
  en: [
    [
      ...[sampleUids[0], "Anna Bergström", "1980-04-03", "A-104233", "type 1", "pump", "+46 70 123 45 67"],
      ...["SE", "Europe/Stockholm", "adults|ward 3"],
    ],
    [sampleUids[1], "Li Na", "", "", "", "", "", "CN", "", ""],
  ],
  "zh-CN": [
    [
      ...[sampleUids[0], "李娜", "1980-04-03", "ZY104233", "1型", "胰岛素泵", "138 0013 8000"],
      ...["CN", "Asia/Shanghai", "成人|三病区"],
    ],
    [sampleUids[1], "张伟", "", "", "", "", "", "", "", ""],
  ],
};

/** The header in the user's language and two rows to be replaced. */
export const templateRows = (language: Language): string[][] => [headers[language], ...examples[language]];
