/** A column named for serial numbers, with whatever else its name says: "Replacement SN", "召回序列号". */
export const namesSerials = (name: string): boolean =>
  name.length <= 40 &&
  name.trim().split(/\s+/).length <= 5 &&
  /(?:^|[^a-z])(?:s\/?n|serials?)(?:[^a-z]|$)|serien-?(?:nummer|nr)|serie(?:nummer|nr)|numero di serie|matricola|numer seryjny|nr seryjny|серийн|シリアル|製造番号|일련\s?번호|시리얼|num[ée]ro de s[ée]rie|n[°º]\s*(?:de )?s[ée]rie|número de serie|序列号/i.test(
    name,
  );
