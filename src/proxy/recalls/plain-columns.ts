/** Columns that are plainly lots, codes of products, dates, counts or numbers of rows, by their names and by all their values. */

const kinds = {
  code: /^(?:(?:lot|batch|charge|chargen|los|lote|lotto|partia|партия|серия|批[号次]|生产批号|ロット|ロット番号|로트|gtin|ean|upc|udi|udi[- ]di|ref|sku|(?:part|catalog(?:ue)?|item|article|artikel)(?=[ _-]?\p{L}))(?:[ _-]?(?:no\.?|nr\.?|numbers?|nummer|num[ée]ro|code|id))?|(?:chargen|artikel)(?:nummer|nr\.?)|货号|条码)$/iu,
  date: /^(?:(?:expiry|expiration|exp|manufactur(?:e|ed|ing)|production|produced|prod|mfg|mfd|ship(?:ped|ping|ment)?|delivery)\.?(?:[ _-]?(?:date|on))?|(?:use[- ]by|best before)(?: date)?|expires?(?: on)?|verfalls?(?:datum)?|haltbar bis|(?:herstellungs?|produktions)datum|caducidad|fecha de (?:caducidad|fabricaci[oó]n)|date (?:de péremption|de fabrication|d['’]expiration)|péremption|scadenza|有效期至?|失效日期|生产日期|使用期限|製造日)$/iu,
  count: /^(?:qty|quantity|count|units|pieces|pcs|anzahl|menge|stückzahl|quantité|cantidad|数量|个数)\.?$/iu,
  row: /^(?:no\.|nr\.?|nº|n°|#|pos\.?|position|line|row|index|seq|lfd\.? ?nr\.?|zeile|序号|行号|№)$/iu,
} as const;
type Kind = keyof typeof kinds;
const names = Object.keys(kinds) as Kind[];

const date =
  /^(?:\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\d{1,2}[-./]\d{4}|\d{8}|\d{1,2}[-. ]?\p{L}{3,9}\.?[-. ]?\d{2,4}|\d{4}年\d{1,2}月(?:\d{1,2}日)?)$/u;
const code = /^[\p{L}\d./_#+-]{1,40}$/u;
/** "TL2608B-OK". */
const withWord = /[-./_#+]\p{L}{2,}$/u;
/** Codes of fewer digits may be words of somebody's own: K-1 for keep, R-2 for recall. */
const fewestDigits = 3;

export interface PlainColumn {
  /** Takes what stands there, each value in turn. */
  note(value: string): void;
  /** Whether a value that was noted before has to be noted again. */
  readonly isEach: boolean;
  readonly isPlain: boolean;
}

export function createPlainColumn(name: string): PlainColumn {
  const kind = names.find((one) => kinds[one].test(name.replace(/[(（].*[)）]\s*$/, "").trim()));
  let isPlain = kind !== undefined || name === "";
  let short: string | null = null;
  let first: string | null = null;
  let last = 0;
  const says = (value: string): boolean => {
    if (kind === undefined) return value === "";
    if (kind === "date") return date.test(value);
    if (kind === "count") return /^[1-9]\d{0,6}$/.test(value);
    if (kind === "row") {
      last += 1;
      return value === String(last);
    }
    if (value.replace(/\D/g, "").length < fewestDigits) short = value;
    return (
      code.test(value) && /\d/.test(value) && !withWord.test(value) && (short === null || value === first)
    );
  };
  return {
    note: (value) => {
      if (!isPlain) return;
      first ??= value;
      isPlain = says(value) && (short === null || short === first);
    },
    get isEach() {
      return isPlain && kind === "row";
    },
    get isPlain() {
      return isPlain;
    },
  };
}
