import type { DiabetesType, IdentityField, Therapy } from "#contract/identity.ts";

const plain = (text: string) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

const diabetesWords: Record<DiabetesType, string> = {
  "type-1":
    "1 i t1 t1d t1dm dm1 dmt1 iddm type1 typei type1diabetes type1diabetesmellitus diabetestype1 1型 i型 一型 1型糖尿病 i型糖尿病 一型糖尿病",
  "type-2":
    "2 ii t2 t2d t2dm dm2 dmt2 niddm type2 typeii type2diabetes type2diabetesmellitus diabetestype2 2型 ii型 二型 2型糖尿病 ii型糖尿病 二型糖尿病",
  gestational:
    "gdm gestational gestationaldiabetes gestationaldiabetesmellitus 妊娠 妊娠期 妊娠期糖尿病 妊娠糖尿病 妊娠型",
  other:
    "other otherorunknown unknown unclear unspecified lada mody type3c 3c secondary 其他 其它 其他或未知 其他或不明 未知 不详 不明 未分型 特殊类型 特殊类型糖尿病 继发性 继发性糖尿病",
};

const therapyWords: Record<Therapy, string> = {
  "automated-insulin-delivery":
    "aid aidsystem automatedinsulindelivery automatedinsulindeliveryaid closedloop hybridclosedloop hcl ahcl artificialpancreas 自动胰岛素输注 自动胰岛素输注系统 自动胰岛素输注aid 闭环 闭环泵 闭环胰岛素泵 混合闭环 人工胰腺",
  pump: "pump insulinpump pumptherapy insulinpumptherapy csii 胰岛素泵 胰岛素泵治疗 泵 泵治疗 持续皮下胰岛素输注",
  "multiple-daily-injections":
    "mdi multipledailyinjections multipledailyinjection multipledailyinjectionsmdi multipleinjections basalbolus ict 多次注射 每日多次注射 一日多次注射 每日多次注射mdi 每日多次胰岛素注射 多次皮下注射 三短一长 基础加餐时 基础餐时胰岛素",
  basal: "basal basalinsulin basalonly basalinsulinonly bot 基础胰岛素 仅基础胰岛素 长效胰岛素",
  "no-insulin":
    "noinsulin noninsulin withoutinsulin oral oralagents oralmedication tablets oad diet dietonly lifestyle 不用胰岛素 未用胰岛素 无胰岛素 非胰岛素 非胰岛素治疗 口服药 口服降糖药 口服药物 饮食控制 饮食运动 生活方式干预",
};

const codesOf = (words: Record<string, string>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(words).flatMap(([code, list]) => list.split(" ").map((word) => [word, code] as const)),
  );
const diabetesCodes = codesOf(diabetesWords);
const therapyCodes = codesOf(therapyWords);

/** What people and programs write where they know nothing. */
const nothing =
  /^([-–—/\\.?？]+|\(?(null|undefined|n\/?a|nan|nil|none)\)?|unknown|not known|无|没有|不详|未知|未填|暂无)$/i;

const spreadsheetDay0Ms = Date.UTC(1899, 11, 30);
/** A date as the number that a spreadsheet counts it by: 29314 is 3 April 1980. Shorter ones may be years. */
const fromSpreadsheet = (text: string): string | null =>
  /^\d{5}([.,]0+)?$/.test(text)
    ? new Date(spreadsheetDay0Ms + Number.parseInt(text, 10) * 86_400_000).toISOString().slice(0, 10)
    : null;

const read: Record<IdentityField, (cell: string) => string> = {
  // An ambiguous one stays as it is in the file, to be found there.
  dateOfBirth: (cell) => fromSpreadsheet(cell) ?? cell,
  hospitalNumber: (cell) => cell,
  diabetesType: (cell) => diabetesCodes.get(plain(cell)) ?? cell,
  therapy: (cell) => therapyCodes.get(plain(cell)) ?? cell,
  phone: (cell) => cell,
};

/** A cell as it would be kept, where it can be; an empty one where it says that nothing is known. */
export function readIdentity(field: IdentityField, cell: string): string {
  const known = read[field](cell);
  return known === cell && nothing.test(cell) ? "" : known;
}
