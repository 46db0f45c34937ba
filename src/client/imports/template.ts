import { sampleUids } from "#contract/import.ts";
import type { Language } from "../preferences.ts";

const headers: Record<Language, string[]> = {
  en: ["partner_uid", "name", "region", "time_zone", "tags"],
  "zh-CN": ["合作方用户ID", "姓名", "地区", "时区", "标签"],
};
const examples: Record<Language, string[][]> = {
  en: [
    [sampleUids[0], "Anna Bergström", "SE", "Europe/Stockholm", "type 1|pump"],
    [sampleUids[1], "Li Na", "CN", "", ""],
  ],
  "zh-CN": [
    [sampleUids[0], "李娜", "CN", "Asia/Shanghai", "1型|胰岛素泵"],
    [sampleUids[1], "张伟", "", "", ""],
  ],
};

/** The header in the user's language and two rows to be replaced. */
export const templateRows = (language: Language): string[][] => [headers[language], ...examples[language]];
