/** What stands before a number that is no glucose value, and says what it is: "room 12", "Zimmer 12", 批号24. */

export const things = [
  // What is numbered
  "rooms?|suites?|apt|apartments?|flats?|units?|buildings?|bldg|blocks?|wards?|(?<!(?:before|to|in|at|after)\\s)beds?|bays?|gates?|exits?|platforms?|seats?|rows?|columns?|shel(?:f|ves)|aisles?|lockers?|desks?|counters?|floors?|houses?|buse?s?|trains?|trams?|flights?|routes?|roads?|highway|streets?|avenue|lane|zone",
  "lots?|batch(?:es)?|box(?:es)?|cartons?|packs?|parcels?|packages?|pallets?|tracking|shipments?|deliver(?:y|ies)|invoices?|receipts?|orders?|p\\.?o\\.?|quotes?|rmas?|capas?|tickets?|cases?|complaints?|incidents?|reports?|claim|tasks?|requests?|issues?|bugs?|references?|refs?|contracts?|accounts?|articles?|items?|parts?|products?|models?|types?|sizes?|series|serials?|skus?|codes?|pins?|passwords?|ids?|numbers?|no|nos|nr|nrs|num|№|#",
  "pages?|pp?|chapters?|sections?|clauses?|paragraphs?|appendix|annex|tables?|figures?|figs?|forms?|sops?|steps?|questions?|options?|answers?|lines?|slides?|versions?|rounds?|groups?|studies|study|trials?|phases?|class|categor(?:y|ies)|rules?|polic(?:y|ies)|iso|ip|port|http",
  "errors?|errs?|faults?|exit\\s+code|status|warnings?|messages?",
  "press|dial|ring|call(?!\\s+it)|text|ext|extensions?|phones?|tel|fax|hotline",
  // Devices, programs and what carries them
  "v|ver|rev|release|build|firmware|fw|hw|sw|software|hardware|ios|ipados|watchos|macos|android|windows|linux|harmonyos|emui|miui|hyperos|coloros|one\\s?ui|chrome|safari|edge|firefox|bluetooth|bluetooth\\s+le|ble|bt|usb(?:-[abc])?|hdmi|wi-?fi|wlan|lte|nfc|ghz|mhz|iphones?|ipads?|pixel|galaxy|redmi|libre|freestyle|dexcom",
  // What is measured, and is not glucose
  "ph|doses?|dosage|bolus|basal|insulin|mri|mrt|irm|xray|temp(?:erature)?|fever|weight|weighs?|height|age|aged|scale\\s+(?:of|from)\\s+(?:one|zero)\\s+to|(?:children|kids|babies|people|patients|users|adults|persons)\\s+(?:under|over|below|above|from)|scale|there\\s+(?:is|are|was|were)|art\\.?|pain|scores?|scored|ratings?|rated|grade|stars?|magnitude|width|length|diameter|distance|speed|humidity|rssi|spo2|pulse|bpm|(?:numbers?|serial|it)?\\s*(?:ends?|ending|begins?|beginning|starts?|starting)\\s+(?:in|with)|last\\s+digits|ibuprofen|paracetamol|aspirin|metformin|heart\\s+rate|blood\\s+pressure|bp|bmi",
  "battery|charge|charged|signal|volume|brightness|noise|upload|uploads|download|progress|sync|memory|storage|quantity|qty|counts?|totals?|amount|timeout|delay",
  "days?(?<!(?:all|whole|every|that|same|next|the|each|per|a)\\sdays?)|weeks?(?<!(?:all|whole|every|that|same|next|last|this|the|each|per|a)\\sweeks?)|hours?(?<!(?:an|every|each|the|last|next|that|per)\\shours?)|kw|q[1-4]|years?(?<!(?:the|last|this|every|per|a)\\syears?)|born(?:\\s+in)?|(?:minutes?|months?)(?<!(?:every|each|the|last|this|that|per|a)\\s\\p{L}+)|channel|track|episode|volume|minus|plus|another|(?:wait(?:s|ed|ing)?|hold)(?:\\s+for)?|\\d+\\s*(?:out\\s+)?of",
  // Money
  "prices?|priced|fees?|vouchers?|worth|€|\\$|£|¥|￥|eur|euros?|usd|gbp|chf|rmb|cny|cad|aud",
  // German, Dutch
  "zimmer|raum|kamer|haus|hausnummer|station|bett|stock|etage|geb[äa]ude|platz|gleis|linie|lijn|charge|lotnummer|nummer|nummern|seite|pagina|schritt|stap|fehler|fehlercode|fout|foutcode|tag|dag|woche|week|bestellung|bestelling|auftrag|rechnung|factuur|paket|pakket|vorgang|ticketnummer|anruf|version|versie|artikel|typ|modell|gr[öo](?:ß|ss)e|dosis|alter|leeftijd|kapitel|abschnitt|tabelle|abbildung|zeile|regel|frage|option|taste|durchwahl|toestel|preis|kosten|kostet|kostete|bezahlt|betaald|akku|batterie|batterij|signal",
  "[\\p{L}-]+(?:straße|strasse|str\\.?|weg|allee|platz|gasse|damm|ufer|straat|laan|plein|gatan|gata|vägen|vej|vejen|gade|katu|nummer|nr\\.?)",
  // French, Spanish, Italian, Portuguese
  "chambre|salle|b[âa]timent|[ée]tage|lit|bus|ligne|lot|num[ée]ro|n°|nº|page|[ée]tape|erreur|code|jour|semaine|commande|facture|colis|dossier|ticket|appel|version|mod[èe]le|taille|dose|[âa]ge|chapitre|tableau|question|option|touche|poste|prix|pay[ée]|co[ûu]te|batterie",
  "habitaci[óo]n|cuarto|sala|edificio|piso|planta|cama|l[íi]nea|lote|n[úu]mero|n[úu]m|p[áa]gina|paso|error|c[óo]digo|d[íi]a|semana|pedido|factura|paquete|caso|versi[óo]n|modelo|talla|dosis|edad|cap[íi]tulo|tabla|pregunta|opci[óo]n|extensi[óo]n|precio|pag[óo]|cuesta|bater[íi]a",
  "stanza|camera|palazzo|piano|letto|linea|lotto|numero|pagina|passo|errore|codice|giorno|settimana|ordine|fattura|pacco|caso|versione|modello|taglia|et[àa]|capitolo|tabella|domanda|opzione|interno|prezzo|costa|batteria",
  "quarto|pr[ée]dio|andar|linha|passo|erro|dia|encomenda|fatura|pacote|vers[ãa]o|tamanho|idade|pre[çc]o",
  // Polish, Czech, Russian, Ukrainian, Swedish, Danish, Norwegian, Finnish, Turkish
  "pok[óo]j|pokoju|sala|budynek|pi[ęe]tro|seria|partia|numer|strona|krok|b[łl][ąa]d|kod|dzie[ńn]|tydzie[ńn]|zam[óo]wienie|faktura|paczka|wersja|wiek|mieszkanie|pokoj|den|chyba|verze",
  "палата|палате|комната|комнате|кабинет|кабинете|кв|квартира|дом|корпус|этаж|лот|серия|партия|номер|страница|шаг|ошибка|ошибки|код|день|неделя|заказ|счёт|счет|посылка|версия|возраст|ул|улица|цена|кімната|помилка|замовлення|версія",
  "rum|rummet|avdelning|v[åa]ning|s[äa]ng|parti|sida|side|steg|trinn|fel|felkod|feil|fejl|dag|vecka|uge|best[äa]llning|ordre|faktura|paket|pakke|huone|erä|virhe|sivu|p[äa]iv[äa]|tilaus|versio|oda|kat|numara|sayfa|hata|kod|g[üu]n|sipari[şs]|s[üu]r[üu]m|ya[şs]|sokak|cadde",
].join("|");
export const chineseThings =
  "来电|周|星期|礼拜|号|號|码|碼|房间|房間|病房|病床|床位|楼|樓|层|座|栋|单元|室|路|街|道|巷|弄|版本?|固件|软件|系统|程序|型号|蓝牙|藍牙|安卓|鸿蒙|批次|批号|批|箱|盒|订单|工单|单号|单|快递|发票|案例|编号|序号|序列号|错误|错误代码|代码|故障码?|故障|第|步骤|页|表|图|条|款|分机|转|按|拨打?|电话|热线|电量|信号|音量|进度|剂量|胰岛素|年龄|今年|体重|身高|温度|体温|价格?|费用?|花了?|付了?|退款|部屋は?|ページ|番号は?|エラー|ロット|방|호실|오류|주문|버전|번호|ห้อง|phòng|غرفة|חדר";

export const between =
  "(?:\\s*(?:[:=#.(-]|(?<!\\p{L})(?:numbers?|no|nr|id|code|is|was|are|were|of|at|the|an?|about|around|on\\s+it|only|just|now|still|le|ist|war|est|es|number|nummer|it|its|from)(?!\\p{L})|['’]s(?!\\p{L})|[为是:写着]))*\\s*";
export const streets =
  "c/|rue|avenue|av|boulevard|bd|chemin|calle|avenida|avda|plaza|paseo|via|viale|piazza|corso|rua|ulica|ul|улица|ул|проспект";
/** "Via Roma 24", "12 rue de la Paix 3". */
export const inStreet = "\\.?(?:\\s+[\\p{L}.'’-]+){0,4}[\\s,]*";
export const stuck = "(?:[\\s,]+\\p{L}+){0,2},?";
export const measures =
  "paid|pays?|costs?|charged|billed|refund(?:s|ed)?|battery|charge|signal|volume|brightness|upload|download|sync|progress|akku|batterie|share|temperature|fever|weight|oxygen|pressure|pulse|rate";

export const months =
  "jan(?:uary?|uari|vier|eiro)?|feb(?:ruary?|ruari|rero|braio)?|fevereiro|fév(?:r(?:ier)?)?|mar(?:ch|s|z|zo|ts|et|t)?|märz|março|apr(?:ile?)?|abr(?:il)?|avril|may|mai|mei|mayo|maggio|maio|june?|juni|juin|junio|giugno|junho|july?|juli|juillet|julio|luglio|julho|aug(?:ust(?:us|i)?)?|août|agosto|sept?(?:ember|embre|iembre|embro)?|settembre|setembro|o[ck]t(?:ober|obre|ubre)?|ottobre|outubro|nov(?:ember|embre|iembre|embro)?|de[cz](?:ember|embre|embro)?|déc(?:embre)?|dic(?:iembre|embre)?|enero|gennaio|январ\\p{L}*|феврал\\p{L}*|март\\p{L}*|апрел\\p{L}*|ма[йя]|июн\\p{L}*|июл\\p{L}*|август\\p{L}*|сентябр\\p{L}*|октябр\\p{L}*|ноябр\\p{L}*|декабр\\p{L}*";
export const weekdays =
  "(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|mi[ée]rcoles|jueves|viernes";
