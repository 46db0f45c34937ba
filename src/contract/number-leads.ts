import { endOf, endsIn } from "./ends.ts";

/** What makes a whole number below twenty a value: it fell to it, is below it, or a display shows it. */

const about =
  "(?:\\s*(?:[:=\"“”«»'(]|(?<!\\p{L})(?:about|around|only|just|almost|nearly|like|the|a|an|below|under|above|over|ca|etwa|fast|nur|unter|über|knapp|environ|presque|casi|unos|circa|quasi|около|почти|ок|now)(?!\\p{L})|[约約只有大概了]))*\\s*";

const changes = [
  "rise|increase\\p{L}*|decrease\\p{L}*|anstieg|abfall|abgesackt|sturz|chute|hausse|baisse|caída|subida|bajada|bajón|calo|salita|queda|baix\\p{L}*|daling|stijging|dr[oi]pp?\\p{L}*|f[ae]ll\\p{L}*|rose|ris(?:e|en|es|ing)|went|go(?:es|ne|ing)?|c[ao]m(?:e|es|ing)|sank|s[iu]nk\\p{L}*|climb\\p{L}*|plung\\p{L}*|crash\\p{L}*|sho(?:t|ots?)|jump\\p{L}*|spik\\p{L}*|plummet\\p{L}*|dip\\p{L}*|down|up|back|got|gets?|return\\p{L}*|recover\\p{L}*|slid\\p{L}*|div(?:e|ed|es)|dove|shrank|fallen|falling",
  "fiel|f[äa]llt|gefallen|fallen|stieg|steigt|gestiegen|sank|sinkt|gesunken|ging|geht|gegangen|runter|hoch|rauf|kam|abgefallen|angestiegen|rutscht\\p{L}*|kletter\\p{L}*|schoss|daal\\p{L}*|gedaald|steeg|stijg\\p{L}*|gestegen|zakt\\p{L}*|gezakt|viel|liep",
  "mont[eéa]\\p{L}*|descend\\p{L}*|tomb\\p{L}*|grimp\\p{L}*|chut\\p{L}*|baiss\\p{L}*|remont\\p{L}*|redescend\\p{L}*",
  "baj[aóoe]\\p{L}*|sub[ieí]\\p{L}*|ca(?:y[óo]|e|[íi]do|i)|lleg[aóo]\\p{L}*|descend\\p{L}*|desci\\p{L}*|desce\\p{L}*|caiu|cai|chegou|sce(?:s[aoie]|nde|ndeva)|sal(?:e|ito|ita|iva)|cad(?:e|uto|uta)|crollat\\p{L}",
  "sj[öuo]nk\\p{L}*|sjunk\\p{L}*|steg|stig\\p{L}*|g[åi]c?k?r?|fald\\p{L}*|falt|fal[lt]\\p{L}*|gick|spad[łla]\\p{L}*|wzr[óo]s\\p{L}*|ro[śs]nie|podni[óo]s\\p{L}*|kles\\p{L}*|stoup\\p{L}*|vystoup\\p{L}*|sc[ăa]z\\p{L}*|cresc\\p{L}*|urca\\p{L}*|turun|naik|έπεσε|πέφτει|ανέβηκε|έφτασε",
  "упал\\p{L}*|пада\\p{L}*|подня\\p{L}*|вырос\\p{L}*|снизил\\p{L}*|опустил\\p{L}*|дош[ёеел]\\p{L}*|взлетел\\p{L}*|спустил\\p{L}*|скакнул\\p{L}*|впав|впала|піднявся|виріс|знизил\\p{L}*",
  "انخفض|انخفضت|ارتفع|ارتفعت|نزل|نزلت|هبط|صعد|وصل|ירד|ירדה|עלה|עלתה",
].join("|");
const to =
  "to|till?|as\\s+(?:low|high)\\s+as|auf|bis|bei|naar|tot|[àa]|jusqu['’][àa]|al?|hasta|para|até|fino\\s+a|do|na|до|на|i|ke|la|στο|إلى|الى|ל-?";
/** "It fell to 3", "bajó a 3". */
const changed = `(?<!\\p{L})von\\s+\\d{1,3}(?:[.,]\\d)?\\s+auf|(?<!\\p{L})(?:${changes})(?:\\s+(?!(?:shop|store|room|step|page|day|week|times?)s?(?!\\p{L}))[\\p{L}'’]+){0,2}?\\s*(?<!\\p{L})(?:${to})(?:\\s+(?:to|at|auf|zu))?`;
/** "It hit 3", "xuống 3". */
const reached =
  "(?<!\\p{L})(?:putosi|laski|nousi|leesett|felment|esett|hit(?:s|ting)?|touch(?:es|ed|ing)?|reach(?:es|ed|ing)?|topp?(?:s|ed|ing)|nears?|neared|dropp?(?:s|ed|ing)|erreicht\\p{L}*|atteint|alcanz[óa]\\p{L}*|raggiunt\\p{L}|достиг\\p{L}*|xuống|còn|lên|tới|nådde|गिरकर|घटकर|बढ़कर)|ลดลง(?:เหลือ|ถึง)?|ขึ้น(?:เป็น|ถึง)|(?:[降跌掉落升涨漲飙飆窜冲]|下降|上升|回落|超过|跌破|不到|不足|低于|低於|高于|高於|大于|小于|低至|高达|未満)(?:到|至|过)?了?";
const limits =
  "(?<!\\p{L})(?:(?<!(?:children|kids|people|patients|users|adults|persons|those|anyone|anybody)\\s+)(?:under|below|over|above|less\\s+than|more\\s+than|lower\\s+than|higher\\s+than|fewer\\s+than|beneath|exceed(?:s|ed|ing)?|beyond)|unter(?:halb)?(?:\\s+von)?|[üu]ber|onder(?:\\s+de)?|boven(?:\\s+de)?|(?:en\\s+)?(?:dessous|dessus)\\s+de|au[\\s-]dess[uo]u?s\\s+de|inf[ée]rieur\\p{L}*\\s+[àa]|sup[ée]rieur\\p{L}*\\s+[àa]|sous|moins\\s+de|plus\\s+de|por\\s+(?:debajo|encima)\\s+de|debajo\\s+de|encima\\s+de|menos\\s+de|m[áa]s\\s+de|inferior\\s+a|superior\\s+a|abaixo\\s+de|acima\\s+de|mais\\s+de|sotto(?:\\s+i)?|sopra(?:\\s+i)?|meno\\s+di|pi[ùu]\\s+di|poni[żz]ej|powy[żz]ej|ниже|выше|меньше|больше|менее|более|нижче|вище|pod|nad|alatt|felett|κάτω\\s+από|πάνω\\s+από|أقل\\s+من|أكثر\\s+من|dưới|trên|ต่ำกว่า|สูงกว่า)|[<>≤≥＜＞]\\s*=?";
const shows =
  "(?<!\\p{L})(?:keeps?\\s+(?:saying|showing|reading)|says|saying|said|shows?|showed|showing|displays?|displaying|displayed|reads|read\\s+as|gave|giving|got|measured|measures|tested|pricked|checked|zeigte?|zeigt\\s+an|sagte?|misst|ma(?:ß|ss)|gemessen|toonde?|toont|zegt|meet|affiche|affichait|indique|indiquait|mesure|marque|marca|marcaba|marc[óo]u?|muestra|mostraba|mostra|mostrava|indica|dice|segna|segnava|visar|visade|viser|viste|pokazuje|pokazywał|ukazuje|показыва\\p{L}*|показал\\p{L}*|показує|näyttää|gösteriyor|muestra|menunjukkan)|显示|顯示|读数|測[得到]|测[得到]?了?|读到|扎[了出]?";
const rests =
  "(?<!\\p{L})(?:(?:war|ist|waren|steht|stand|blieb|bleibt|geht)\\s+auf|(?:lå|låg|ligger|er|var)\\s+på|(?:sits?|sat|sitting|stay(?:s|ed|ing)?|hover(?:s|ed|ing)?|stuck|stood|stands|peak(?:s|ed|ing)?|runs?|running|ran)\\s+(?:at|around|near|on|about)|(?:lag|liegt|gelegen|blieb|bleibt|steht|stand|war|ist|bin|hatte|wert|pendelt\\p{L}*)\\s+(?:jetzt\\s+|dann\\s+|noch\\s+|nur\\s+)?bei|(?:stood|stond|staat|zit|zat)\\s+(?:op|rond)|(?:est|[ée]tait|suis|reste|rest[ée]|tourne)\\s+(?:à|autour\\s+de)|(?:est[áa]|estaba|estuvo|est[áa]\\s+siempre|sigue|anda|andaba|qued[óo]|se\\s+qued[óo]|estava|ficou|fica)\\s+(?:en|a|em|por)|(?:è|era|sta|stava|rimane)\\s+(?:a|sui|intorno\\s+a)|(?:l[åa]g|ligger|låg|var|er)\\s+(?:på|runt|rundt)|было|був|była?|było|держится|около)";
const levels =
  "(?<!\\p{L})(?:levels?\\s+(?:of|at|is|was)|still\\s+at|(?<=^\\s*)(?:is|was)\\s+at|(?:nivel(?:es)?|taux|шкала|прибор|глюкометр|дисплей|dextro|messwerte?|wert|waarde|meting|finger[\\s-]?(?:pricks?|sticks?)|capillary|venous|plasma|bloods?|blutig|unblutig|glicata|lectura|lettura|wartość|odczyt|wynik|значение|показани[ея]|valeur|valor|valore|mätvärde|värdet|måling)(?:\\s+(?:of|de|di|van|på|à|is|was|war|var|est|es|и))?|(?:target|range|goal)(?:\\s+(?:is|of))?|fasting|pre|post|(?:pre|post)[\\s-]?(?:meal|prandial)|nüchtern|à\\s+jeun|en\\s+ayunas|a\\s+digiuno|only|still|now|lowest|highest|min(?:imum)?|max(?:imum)?|peak|average|avg|mean|alarms?(?:\\s+set)?\\s+(?:at|below|under|above|over)|alert(?:s|ed)?\\s+(?:at|below|above)|limit\\s+(?:of|at|is)|threshold\\s+(?:of|at|is)|nur\\s+noch|noch|nadir|tiefst\\p{L}*|h[öo]chst\\p{L}*|differs?\\s+by|off\\s+by)|[最平][低高均](?:是|为|到过?|到了)?|平均|一直[在是]?|空腹|[饭餐][后前]2?h?|睡前|半夜|现在[是才]?|维持在|稳定在|徘徊在|数值|[低高]值|値は?|报警|低报|高报|报警值";

const mealWords =
  "(?:before|after)\\s+(?:(?:the|her|his|a)\\s+)?(?:meals?|breakfast|lunch|dinner|supper|food|eating|insulin)|(?:vor|nach)\\s+dem\\s+(?:essen|frühstück)|(?:avant|après)\\s+(?:le\\s+(?:repas|déjeuner|dîner)|manger)|(?:antes|después|depois)\\s+(?:de|do|da)\\s+(?:comer|cenar|desayunar|la\\s+cena|almoço|jantar)|(?:prima|dopo)\\s+(?:di\\s+)?(?:cena|pranzo|colazione|mangiare|il\\s+pasto)|(?:voor|na)\\s+het\\s+eten|(?:före|efter|før|etter)\\s+mat\\p{L}*|(?:przed|po)\\s+jedzeni\\p{L}+|(?:до|после)\\s+(?:еды|обеда|ужина|завтрака)|yemekten\\s+(?:önce|sonra)|식[전후]|食[前後]|起床時?|[饭餐][前后]";
/** What lasts so long is a level: "à 18 toute la nuit". */
const longWords =
  "(?:all|the\\s+(?:whole|entire))\\s+(?:night|day|morning|afternoon|evening)|all\\s+(?:night|day)\\s+long|die\\s+ganze\\s+(?:nacht|zeit)|den\\s+ganzen\\s+(?:tag|morgen|abend)|tout(?:e\\s+la\\s+(?:nuit|journée|matinée|soirée)|\\s+le\\s+temps)|(?:toda\\s+(?:la|a)|la|a)\\s+(?:noche|noite|mañana|manhã)(?:\\s+(?:entera|toda|inteira))?|todo\\s+(?:el|o)\\s+(?:d[ií]a|tiempo)|tutt[ao]\\s+(?:la\\s+(?:notte|mattina|giornata)|il\\s+(?:giorno|tempo))|de\\s+hele\\s+(?:nacht|dag)|hela\\s+(?:natten|dagen)|hele\\s+(?:natten|dagen|natta)|całą\\s+noc|cały\\s+dzień|celou\\s+noc|celý\\s+den|вс[юя]\\s+ночь|весь\\s+день|bütün\\s+(?:gece|gün)";
const isMeal = new RegExp(`^\\s*(?:${mealWords}|${longWords})(?!\\p{L})`, "iu");
const isLead = endsIn(
  `(?:${changed}|${reached}|${limits}|${shows}|${rests}|${levels}|(?<!\\p{L})(?:${mealWords}))${about}`,
);
/** A number in the clause before: "from 12 to 4", "在3到4". */
const behindRange = endOf(
  String.raw`\d{1,2}(?:[.,]\d)?\s*(?:-|–|~|到|至|(?<!\p{L})(?:to|or|and|bis|à|a|y|et|auf|до)(?!\p{L}))\s*`,
);

const suffix =
  /^-r[ae](?!\p{L})|^\s*(?:gefallen|gesunken|gestiegen|abgefallen|angestiegen|gedaald|gestegen|gezakt)(?!\p{L})|^\s*(?:に|まで|へ)(?:下|上|落|低|減|な|達|急|戻)|^\s*で(?:止|し|横)|^\s*を(?:下|上|切|超)|^\s*(?:以下|以上|未満|前後|台)(?!\p{Script=Han})|^\s*(?:으로|로|까지)\s*(?:떨어|내려|올라|상승|하락|뚝)|^\s*(?:이하|이상|미만|정도)|^[’'](?:\p{L}{1,3})\s+(?:d[üu][şs]|[çc][ıi]k|in|y[üu]ksel|alt|[üu]st)/iu;

/** Whether what stands before a small number says that it is a level. */
export const leadsToLevel = (before: string): boolean =>
  isLead(before) || isLead(before.slice(0, before.length - (behindRange(before)?.length ?? 0)));
/** The same of what stands behind it: 3に下がった, "auf 3 gefallen". */
export const endsLevel = (after: string): boolean => suffix.test(after) || isMeal.test(after);
