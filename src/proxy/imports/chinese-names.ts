import { unusable } from "./read-file.ts";
import type { Table } from "./table.ts";

/**
 * What the names of most people in China begin with: surnames, the first characters of double ones, and
 * those of names of other peoples there.
 */
const firstCharacters = new Set(
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛阎闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文" +
    "庞樊兰殷施洪翟安颜倪牛温芦葛俞章鲁韩季华岳齐伍柳裴祝左焦包梅耿欧关缪荣柯盛聂辛管祁饶宁涂鲍符凌詹单霍成柴闵靳苗欧阳司马上官诸葛夏侯皇甫尉迟公孙慕容令狐东方南宫端木" +
    "游阮桂阳甘裘屈卜尚简车宫苟房边冉卓蓝麦费明占仇路项翁童纪窦曲时盖党谷席景桑屠封植解娄习燕艾米买古阿努热吐木玉麻次扎达格洛旦仁索德巴朴全全练佘沙郁池揭海幸臧丘巫岑骆舒计邢查强冷代麻商隋隆那佟敖应丛扈蔺匡仲晏",
);

const isAscii = (text: string) => /^\p{ASCII}*$/u.test(text);
const isChineseHeader = ({ header, field }: Table["columns"][number]) => field !== null && !isAscii(header);

/** Throws where a header that decodes as GB18030 has no word that we know beyond ASCII, and others. */
export function requireReadableHeader(columns: Table["columns"]): void {
  if (!columns.some(isChineseHeader) && columns.some(({ header }) => !isAscii(header)))
    throw unusable("encoding");
}

/**
 * Throws where a file that decodes as GB18030 does not read as Chinese. Korean, Japanese,
 * Latin-1 and other old encodings decode so as well, into wrong names; but fewer than one in
 * twenty of these begins as a Chinese one does.
 */
export function requireChinese({ columns, rows }: Pick<Table, "columns" | "rows">): void {
  if (columns.some(isChineseHeader)) return;
  const nameAt = columns.findIndex(({ field }) => field === "name");
  const names = rows.map(({ cells }) => (cells[nameAt] ?? "").trim()).filter((name) => !isAscii(name));
  const usual = names.filter((name) => firstCharacters.has([...name][0] ?? ""));
  if (names.length === 0 || usual.length * 2 < names.length) throw unusable("encoding");
}
