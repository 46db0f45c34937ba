/** Columns beside the serials that say something else than whether these are recalled, by their names and by their values. */

const names = new RegExp(
  [
    // Lots, codes and products.
    /\b(?:lot|batch|charge|los|lote|lotto|partia|parti)\b|серия|партия|批[号次量]|ロット|로트/,
    /\b(?:gtin|ean|upc|udi|di|ref|sku|part|cat(?:alog(?:ue)?)?|item|article|artikel\w*|code?|codice|código|kod|pn|p\/n|hibc)\b|货号|编码|条码|品番|コード|코드|артикул|код/,
    /\b(?:products?|produ[ck]te?|produit|producto|prodotto|produkt\w*|model\w*|modell\w*|modèle|modelo|type|typ|tipo|size|größe|taille|talla|description|descripción|descrizione|beschreibung|bezeichnung|désignation|family|brand|version|revision|colou?r|farbe|couleur|manufacturer|hersteller|fabricant)\b|产品|型号|规格|名称|品名|品牌|颜色|製品|型式|제품|모델|изделие|модель|тип|наименование/,
    /^(?:devices?|sensors?|gerät|appareil|dispositivo|设备|传感器)$/,
    // Dates and numbers.
    /dat(?:e|um|a)\b|fecha|\b(?:time|expiry|expires?|exp|verfall\w*|haltbar\w*|caducidad|scadenza|péremption|year|month|week|jahr|monat|année|mes|anno|day)\b|日期|时间|有效期|年月|年份|月份|日付|期限|날짜|일자|дата|срок/,
    /\b(?:qty|quantity|count|units?|pieces|pcs|anzahl|menge|stück\w*|quantit[éàa]|nombre|cantidad|aantal|antal|antall|ilość|amount|price|preis|prix|value)\b|数量|個数|수량|количество|кол-во/,
    /^(?:no|nr|nº|n°|#|pos|position|line|row|item|index|id|seq|lfd\.?(?: ?nr)?|zeile|ligne|fila|riga|lp|rij|rad)\.?$|序号|行号|编号|番号|번호|номер|№|^п\/п$/,
    // Places and people.
    /\b(?:countr(?:y|ies)|region|city|town|state\/province|province|site|ward|unit|department|dept|floor|room|bed|location|store|warehouse|shelf|box|carton|pallet|hospital|clinics?|customers?|consignees?|distributors?|dealers?|suppliers?|patients?|accounts?|address|street|zip|postcode|names?|contacts?|phone|tel\w*|fax|mobile|e-?mail|person|user|owner|sex|gender|age)\b/,
    /\b(?:land|ort|stadt|station|standort|abteilung|klinik|krankenhaus|kunde\w*|lager|adresse|anschrift|straße|plz|name|kontakt|ansprechpartner|händler|patient\w*|pays|ville|service|hôpital|clinique|client|nom|contact|dépôt|país|ciudad|hospital|clínica|cliente|nombre|dirección|sala|paese|città|ospedale|clinica|nome|indirizzo|reparto|stad|afdeling|ziekenhuis|klant|naam|adres|by|avdeling|afdelning|sjukhus|sykehus|kund|kunde|namn|navn|adress|kraj|miasto|szpital|klient|nazwa)\b/,
    /国家|地区|省|城市|医院|科室|病区|病房|床号|诊所|客户|经销商|地址|姓名|联系|电话|患者|^国|地域|都市|病院|病棟|顧客|住所|氏名|電話|국가|지역|도시|병원|병동|고객|주소|이름|성명|연락|전화|страна|регион|город|больница|клиника|отделение|клиент|адрес|имя|фио|телефон|контакт/,
    // Where a parcel is.
    /\b(?:order|invoice|delivery|shipment|shipped|shipping|tracking|carrier|ward|rechnung|lieferschein|bestellung|po)\b|订单|发票|运单/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "i",
);
export const namesOther = (name: string): boolean => names.test(name.replaceAll("_", " ").trim());

const date =
  /^(?:\d{1,4}[-./年]\d{1,2}(?:[-./月]\d{0,4}日?)?|\d{1,2}[-. ]?[a-zäéû]{3,9}\.?[-. ]?\d{2,4}|[a-z]{3,9} \d{2,4})(?:[ T]\d{1,2}:\d\d(?::\d\d)?\S*)?$/i;
/** A lot, a code or a number: with a digit, and no words. */
const code = /^(?=[^\s]*\d)[\p{L}\d.,/_#+%-]{1,30}$/u;
const stock =
  /^(?:shipped|sent|in stock|delivered|sold|received|dispatched|in transit|on order|auf lager|versandt|geliefert|verkauft|en stock|expédié|livré|vendu|en existencias|enviado|entregado|vendido|已发货|已售|已发出|在库|库存|已签收|在庫|出荷済)$/i;
/** Whether what stands beside a serial is a number, a date, a lot, a code or where its parcel is; nothing is all of these. */
export const saysOther = (text: string): boolean =>
  text.trim() === "" || date.test(text.trim()) || code.test(text.trim()) || stock.test(text.trim());
