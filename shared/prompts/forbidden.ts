// Words that no text to a survivor may hold, in the languages of the region and as they are typed in Latin letters.
// Lower case, ё as е. Must never be sent, logged or shown anywhere: this is a list to test against.

const russian =
  'насил помощ помог помож взаимопомощ кризис полиц участков приют убежищ укрыт юрист юридич адвокат правозащит закон(?!ч) волонт доброволь ' +
  'жертв потерпевш пострадав избив избит побо бьет побь абьюз агресс угро[зж] опасн безопасн защит спасти спасат спасен ' +
  'развод суд(?:а|у|ом|е|ы|ебн)? горяч психолог доверия анонимн конфиденц секретн тайн экстренн срочн поддержк центр фонд нко ' +
  'сталкер насильник агрессор муж домашн[еи] беженк';

const kazakh =
  'зорлық зомбылық көмек көмег дағдарыс полиц тәртіп баспана панала заң адвокат құқыққорға қорға ерікт волонт жәбір ' +
  'жапа ұрып қысым қауіп қатер қоқан құтқар күйеу ажырас сот(?:қа|та|ы)? құпия жасырын орталық қор(?:ы|ға)? психолог ' +
  'шұғыл жедел қолдау сенім ұрды соққы';

const english =
  'violen abus assault help crisis police shelter legal lawyer law attorney volunteer victim survivor refuge rescue safe ' +
  'danger threat protect hotline emergency divorce court beat hurt stalk secret confidential anonym support cent(?:re|er) ' +
  'foundation ngo husband counsel urgent rape';

const russianInLatin =
  'nasil pomosh pomosch pomo[sś]c pomog krizis poli[tc] politsi priyut prijut priut ubezhish ubejish yurist jurist iurist ' +
  'yuridich juridich advokat volont dobrovol zhertv jertv izbi[vt] poboi abyuz abiuz agress ugroz opasn bezopasn zashchit ' +
  'zashit zaschit razvod goryach muzh psiholog psikholog ekstren';

const kazakhInLatin =
  'zorly[qk] zombyly[qk] k[oóö]mek k[oóö]meg da[gğǵ]dary[sş] baspana za[nń]ger zang erikt qau[iı]p kau[iı]p qaýip qor[gğǵ]a ' +
  'korga qut[qk]ar k[uúü]ye[uý] [zj][aäá]bir [qk][uúü]pia polisia';

const uzbek =
  "zo['ʻ’`]?ravon yordam inqiroz boshpana huquqiy ko['ʻ’`]?ngilli tahdid xavf зўравон зуравон ердам инқироз бошпана " +
  'кўнгилли таҳдид хавф ҳуқуқий ' +
  "zo['ʻ’`]?rlik huquqshunos qonun politsiya militsiya jabr qurbon himoya qutqar ajrash maxfiy shoshilinch markaz tashkilot " +
  'зўрлик ҳуқуқшунос милиция жабр қурбон ҳимоя қутқар ажраш махфий шошилинч марказ ташкилот';
const kyrgyz =
  'зомбулук жардам баш?калка мыйзам ыктыярчы коркунуч опурталду коопсуз корго куткар ажырашуу ' +
  'жабыр зордук күйөө купуя колдоо шашылыш борбор уюм zombuluk jardam zhardam';
const tajik =
  'зӯровар зуровар хушунат кӯмак кумак ерӣ ери ихтиер хатар қонун буҳрон паноҳгоҳ сарпаноҳ ҳуқуқшинос таҳдид ' +
  'амният бехатар қурбон ҷабр ҳимоя наҷот талоқ шавҳар додгоҳ махфӣ фаврӣ дастгирӣ марказ ташкилот zuro?vari khushunat kumak';
const uyghur = 'зораван зоравон ярдәм ярдем қануний пиданий zorawan yardem';
const turkish = 'şiddet siddet yard[ıi]m polis s[ıi][gğ][ıi]n avukat g[oö]n[uü]ll[uü] kriz tehdit tehlike';

/** Beginnings of words. */
export const forbiddenStems: readonly string[] = [
  russian,
  kazakh,
  english,
  russianInLatin,
  kazakhInLatin,
  uzbek,
  kyrgyz,
  tajik,
  uyghur,
  turkish,
].flatMap(list => list.split(' '));

/** Whole words: the software's name, in every spelling, and words that begin harmless ones. */
export const forbiddenWords: readonly string[] = [
  'pana',
  'panah',
  'panoh',
  'paana',
  'пана',
  'панах',
  'паноҳ',
  'паана',
  'hit',
];
