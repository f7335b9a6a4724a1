// The Uzbek words, in the official Latin script with the plain apostrophe, which every phone shows and which fits the
// small SMS alphabet. NOT YET REVIEWED: a native speaker must read all of them before a line goes live.
// Must never name an organisation, and the texts to a survivor must pass discretion.ts.
import type { NotToBeHad } from '../domain/wording.ts';
import {
  type Catalog,
  numbered,
  numbersOnly,
  type SaidOfShift,
  type SpokenCatalog,
  type TextCatalog,
} from './catalog.ts';

const sentences: SpokenCatalog['sentences'] = {
  'choose-language': "O'zbek tilida gaplashish uchun",
  'need-menu': 'Nima haqida gaplashmoqchisiz?',
  'region-menu': 'Hozir qayerdasiz? Viloyat yoki shaharni tanlang.',
  'region-suggested': "Siz shu hududdan qo'ng'iroq qilayotganga o'xshaysiz:",
  'more-regions': 'Boshqa hududlar uchun',
  skip: 'Javob berishni istamasangiz, nolni bosing.',
  searching:
    "Siz yolg'iz emassiz. Biz siz bilan gaplashadigan odamni qidiryapmiz. Iltimos, go'shakni qo'ymang.",
  'still-searching': "Biz hali ham qidiryapmiz. Iltimos, go'shakni qo'ymang.",
  'keys-while-waiting':
    "Hozir xavf ostida bo'lsangiz, to'qqizni bosing. Qo'ng'iroqni darhol tugatish uchun nolni bosing.",
  'more-keys-while-waiting':
    "Boshqa viloyatdagi odam bilan gaplashmoqchi bo'lsangiz, uchni bosing. Gapira olmasangiz, to'rtni bosing. O'n sakkizga to'lmagan bo'lsangiz, beshni bosing.",
  'elsewhere-noted': 'Yaxshi. Biz boshqa viloyatdan odam qidiryapmiz.',
  'cannot-speak-noted':
    "Gapirish shart emas. Sizga savol beriladi: ha bo'lsa, istalgan tugmani bir marta, yo'q bo'lsa, ikki marta bosing.",
  'minor-noted': 'Rahmat. Biz yoshlar bilan gaplasha oladigan odamni qidiryapmiz.',
  'ask-police':
    "Hech kim javob bermasa, siz uchun politsiyaga qo'ng'iroq qilaylikmi? Ha bo'lsa, birni, yo'q bo'lsa, ikkini bosing.",
  'ask-legal':
    "Hech kim javob bermasa, siz uchun huquqshunosga qo'ng'iroq qilaylikmi? Ha bo'lsa, birni, yo'q bo'lsa, ikkini bosing.",
  'ask-partner':
    "Hech kim javob bermasa, yordam beradigan boshqa tashkilotga qo'ng'iroq qilaylikmi? Ha bo'lsa, birni, yo'q bo'lsa, ikkini bosing.",
  'consent-noted': "Yaxshi. Kerak bo'lsa, qo'ng'iroq qilamiz.",
  'refusal-noted': "Yaxshi. U yerga qo'ng'iroq qilmaymiz.",
  'danger-noted':
    "Biz hozirning o'zida shoshilinch xizmatga qo'ng'iroq qilyapmiz. Iloji bo'lsa, go'shakni qo'ymang.",
  'numbers-to-dial': "Mana bu raqamni o'zingiz ham terishingiz mumkin:",
  or: 'yoki',
  connecting: 'Suhbatdosh topildi. Hozir ulaymiz.',
  'helper-speaks': 'Bu kishi mana shu tilda gaplashadi:',
  'interpreter-comes': "Hozir suhbatga tarjimon qo'shiladi. Iltimos, aloqada qoling.",
  'no-interpreter': "Hozir bo'sh tarjimon yo'q. Suhbat davom etadi.",
  guidance:
    "Biz qidirayotganimizda: qo'rqayotgan bo'lsangiz, chiqish eshigi bor joyga o'ting. Telefon va hujjatlarni yoningizda saqlang. Boradigan joy bo'lsa, keting. Sizning aybingiz yo'q.",
  'wish-keys':
    "Ayol bilan gaplashmoqchi bo'lsangiz, oltini, erkak bilan gaplashmoqchi bo'lsangiz, yettini bosing.",
  'wish-noted': 'Yaxshi. Harakat qilamiz. Ulardan hech kim javob bermasa, boshqa odam javob beradi.',
  'helper-left': "Aloqa uzildi. Biz boshqa odamni qidiryapmiz. Iltimos, go'shakni qo'ymang.",
  'try-again': "Bizda texnik nosozlik yuz berdi. Iltimos, go'shakni qo'ymang.",
  'to-fallback': 'Bizda texnik nosozlik yuz berdi. Hozir sizni hamkasbimizga ulaymiz.',
  'call-back-key': "Sizga qayta qo'ng'iroq qilishimiz uchun sakkizni bosing.",
  'ask-call-hours':
    "Sizga qachon qo'ng'iroq qilish mumkin? Yaqin ikki soat ichida bo'lsa, birni bosing. Ertalab, to'qqizdan o'n ikkigacha bo'lsa, ikkini. Kunduzi, o'n ikkidan beshgacha bo'lsa, uchni. Kechqurun, beshdan to'qqizgacha bo'lsa, to'rtni. Qo'ng'iroq qilib bo'lmasa, nolni bosing.",
  'ask-call-digit':
    "Endi birdan sakkizgacha bitta raqamni tanlab, bosing. Biz qo'ng'iroq qilganda hech narsa eshitilmaydi: shu raqamni bosing, shunda javob beramiz.",
  'call-agreed': "Yaxshi. Biz qo'ng'iroq qilamiz. Go'shakni qo'yishingiz yoki kutib turishingiz mumkin.",
  'no-call-agreed': "Yaxshi. Biz sizga qo'ng'iroq qilmaymiz.",
  'wrong-number': 'Kechirasiz, raqamni adashtiribman.',
  goodbye: "Xayr, sog' bo'ling.",
  'calling-her': "Rahmat. Hozir shu odamga qo'ng'iroq qilyapmiz. Iltimos, go'shakni qo'ymang.",
  'not-reached': 'Bu odam javob bermadi. Sizga rahmat.',
  offer: 'Assalomu alaykum. Sizni bir kishi kutyapti:',
  'offer-to-contact':
    "Assalomu alaykum. Bu qo'llab-quvvatlash liniyasi. Bir kishiga sizning yordamingiz kerak:",
  'offer-in-danger': 'Shoshilinch. Sizni hozir xavf ostida turgan odam kutyapti:',
  'press-if-known': 'Bu odamni tanisangiz, uchni bosing.',
  'cannot-speak':
    "Bu odam gapira olmaydi. Faqat ha yoki yo'q deb javob beriladigan savollarni bering: bitta tovush - ha, ikkita tovush - yo'q.",
  'is-minor': "Bu odam o'n sakkiz yoshga to'lmagan.",
  'offer-in-language': 'siz bilan shu tilda gaplasha oladi:',
  'offer-written': "Bu odam qo'ng'iroq qilmaydi, yozadi.",
  'write-to-us':
    "Rahmat. Endi shu liniyaga messenjerda bir raqamini yuboring. Shundan keyin bu odam yozganini o'qiysiz.",
  'we-ask-first':
    "Rahmat. Bu odamga qo'ng'iroq qilsa bo'ladimi, deb so'raymiz. Bo'lsa, telefoningiz yana jiringlaydi.",
  'with-interpreter': "Sizga tarjimon yordam beradi: siz javob bergach, u qo'shiladi.",
  'offer-to-interpret': 'Assalomu alaykum. Suhbatga tarjimon kerak, tillar:',
  'press-to-take': 'Javob berish uchun birni, rad etish uchun ikkini bosing.',
  taken: "Boshqa odam javob berib bo'ldi. Sizga rahmat.",
  declined: "Rahmat. Biz boshqa odamdan so'raymiz.",
  'caller-gone': "Qo'ng'iroq tugab bo'ldi. Sizga rahmat.",
  'call-over': 'Suhbat tugadi. Sizga rahmat.',
};

const spoken: SpokenCatalog = {
  sentences,
  press: {
    0: 'nolni bosing.',
    1: 'birni bosing.',
    2: 'ikkini bosing.',
    3: 'uchni bosing.',
    4: "to'rtni bosing.",
    5: 'beshni bosing.',
    6: 'oltini bosing.',
    7: 'yettini bosing.',
    8: 'sakkizni bosing.',
    9: "to'qqizni bosing.",
  },
  digits: {
    0: 'nol',
    1: 'bir',
    2: 'ikki',
    3: 'uch',
    4: "to'rt",
    5: 'besh',
    6: 'olti',
    7: 'yetti',
    8: 'sakkiz',
    9: "to'qqiz",
  },
  languages: {
    kk: 'qozoq tili',
    ru: 'rus tili',
    en: 'ingliz tili',
    uz: "o'zbek tili",
    ky: "qirg'iz tili",
    ug: "uyg'ur tili",
    tg: 'tojik tili',
    tr: 'turk tili',
  },
  otherLanguage: 'boshqa til',
};

const said: SaidOfShift = {
  opened: ({ shift }) =>
    `O'rningizga odam qidiryapmiz: ${shift}. Hech kim olmaguncha navbat sizniki. Aytganingiz uchun rahmat.`,
  away: ({ shift }) => `Navbatdan bo'shatildingiz: ${shift}. O'rningizga odam qidiryapmiz. Rahmat.`,
  yours: ({ shift }) => `Navbat sizniki: ${shift}. Rahmat!`,
  'handed-over': ({ shift }) => `Navbatni boshqa odam oldi, bo'shsiz: ${shift}. Rahmat.`,
  waits: ({ shift }) => `Navbat bo'yicha javob kutamiz: ${shift}. Keyin yozamiz.`,
  declined: ({ shift }) => `Almashish bo'lmaydi, hammasi avvalgidek: ${shift}.`,
  kept: ({ shift }) => `Yaxshi, navbat sizda qoldi: ${shift}. Rahmat.`,
  'nobody-yet': ({ shift }) => `Navbatni hali hech kim olmadi, u sizniki: ${shift}. Rahbar biladi.`,
  'return-refused': ({ shift }) => `Almashish bo'lmaydi: ${shift}. 76 - bo'sh navbatlar.`,
  open: ({ shift, number }) => `Bo'sh navbat bor: ${shift}. Olish uchun javob yozing: 76 ${number}.`,
  soon: ({ shift, number }) => `Yaqinda navbatingiz: ${shift}. Kela olmasangiz: 75 ${number}.`,
};

const notToBeHad: Readonly<Record<NotToBeHad, string>> = {
  own: "Bu o'zingizning navbatingiz.",
  language: 'Bu navbatga boshqa til kerak.',
  skill: 'Bu navbatga boshqa malaka kerak.',
  busy: "Bu vaqtda bo'sh emassiz: navbatingiz bor yoki yo'qsiz.",
  rest: "Bir kunda soat juda ko'p: dam oling.",
  gone: "Bu navbat endi yo'q. 74 - navbatlaringiz, 76 - bo'sh navbatlar.",
  begun: "Navbat boshlanib bo'ldi. 98 - navbatda emas.",
  'return-unfit': 'Boshqa odam sizning navbatingizni ololmaydi.',
};

const texts: TextCatalog = {
  'safe-question': () => "Assalomu alaykum. Hozir yozish qulaymi? 1 ha, 2 yo'q",
  'ask-need': ({ needs }) => `Nima haqida gaplashmoqchisiz? ${numbered(needs)}, 0 o'tkazib yuborish`,
  'ask-region': () => "Qaysi shahar yoki viloyat? 0 o'tkazib yuborish, 33 boshqa joydan",
  'ask-wish': () => "Ayol bilan qulayroqmi? 1 ha, 2 farqi yo'q",
  'ask-consent': () => "Hamma band bo'lsa, navbatchilarga aytaylikmi? 1 ha, 2 yo'q",
  searching: () => 'Rahmat. Tez orada javob beriladi, iltimos, kuting. 55 yoshim 18 emas',
  'here-now': () => 'Assalomu alaykum, men shu yerdaman. Yozavering.',
  'one-moment': () => 'Bir daqiqa, iltimos. Tez orada davom etamiz.',
  'numbers-to-dial': ({ numbers }) => numbersOnly(numbers),
  'ask-call': () => 'Qachon jiringlasin? Raqam va soatni yozing: 5 18-21',
  'call-agreed': () => 'Yaxshi. Telefon jiringlaganda raqamingizni bosing.',
  'no-call-agreed': () => "Yaxshi, qo'ng'iroq bo'lmaydi.",
  'not-delivered': () => "Xabar yetib bormadi. Qayta yuborib ko'ring.",
  'no-media': () => "Rasm va fayllar ochilmaydi. Iltimos, so'z bilan yozing.",
  offer: ({ code, language, need, danger }) =>
    `${danger ? 'Shoshilinch, xavf bor. ' : ''}So'rov: ${language}${need === null ? '' : `, ${need}`}. Javob yozing: ${code} - olish, 0 - rad etish.`,
  accepted: () =>
    "So'rov sizniki. Endi yozganlaringiz shu odamga yetib boradi. 90 - tugatish, 91 - boshqaga berish, 70 - barcha kodlar.",
  taken: () => "Bu so'rovni boshqa odam olib bo'ldi. Sizga rahmat.",
  declined: () => "Rahmat. Biz boshqa odamdan so'raymiz.",
  closed: () => 'Suhbat tugadi, xabarlar endi yuborilmaydi. Sizga rahmat.',
  'passed-on': () => "So'rov boshqa odamga berildi, xabarlar endi yuborilmaydi. Sizga rahmat.",
  'unknown-word': () =>
    "Hech kimga yuborilmadi. So'rovni olish - uning raqami, 0 - rad etish. 97 navbatda, 98 navbatda emas, 99 30 - tanaffus. 70 - barcha kodlar.",
  codes: () =>
    "71 og'ir, 72 haqorat, 73 yosh, 82 navbatlar, 90 tugatish, 91 berish, 92 tanish, 93 qo'ng'iroq, 94 rahbar, 95 xavf, 96 aloqa, 97/98 navbatda yoki yo'q, 99 30 tanaffus",
  'accepted-beside': ({ number }) =>
    `So'rov sizda. Bu odamga har bir xabarni ${number} bilan boshlang, kodlarni ham: ${number} 90 - tugatish, ${number} 91 - boshqaga berish.`,
  'which-one': ({ codes }) =>
    `Hech kimga yuborilmadi: sizda bir necha suhbat bor. Raqamdan boshlang: ${codes.join(', ')}.`,
  held: () =>
    "Bu odam anchadan beri yozmadi. Avval yozish qulaymi deb so'raymiz. So'zlaringiz 1 javobini kutadi.",
  'good-time-again': () => "Yozish yana qulay. So'zlaringiz yuborildi.",
  'not-now': () => "Bu odamga hozir noqulay. Suhbat tugadi; kutib turgan so'zlar yuborilmadi. Rahmat.",
  'window-closed': () =>
    "Messenjer hozir bu odamga yozishga yo'l qo'ymaydi. So'zingiz yetib bormadi; u yozishini kuting. 91 - boshqaga berish.",
  'call-refused': () =>
    "Bu odam qo'ng'iroqqa rozi bo'lmagan. Qachon va qaysi raqam ekanini so'rab, 96 5 18-21 deb yuboring.",
  'call-not-now': () =>
    "Bu odam boshqa soatga rozi bo'lgan, o'shanda qo'ng'iroq qilamiz. Hozir uchun: 96 5 va kelishgan soat.",
  'call-no-way': () => "Bu raqamga bu yerdan qo'ng'iroq qilib bo'lmaydi. Iltimos, yozishda davom eting.",
  'call-busy': () =>
    "Hozir qo'ng'iroq qilib bo'lmaydi: boshqa suhbatlarni tugating (90) yoki navbatga chiqing (97), keyin 93.",
  calling: () =>
    "Hozir telefoningiz jiringlaydi. 1 ni bosing, so'ng shu odamga qo'ng'iroq qilamiz. Yozishuv shu bilan tugaydi.",
  escalated: () => 'Rahbarga xabar berildi. Davom etishingiz mumkin.',
  'unsafe-noted': () => "So'rov endi sizda emas. Rahbarga xabar berildi, u sizga qo'ng'iroq qiladi.",
  'on-duty': () => 'Siz navbatdasiz. Sizga rahmat.',
  'off-duty': () => 'Keyingi navbatgacha navbatda emassiz. 97 - qaytganda. Boshlangan suhbatlar davom etadi.',
  'on-break': ({ minutes }) => `Tanaffus: ${minutes} daqiqa. 97 - qaytganda.`,
  noted: () => 'Yaxshi, hisobga olamiz.',
  'is-minor': () => "Bu odam 18 yoshga to'lmagan.",
  'rest-noted': () => "Belgiladik. Bir muddat sizdan so'ramaymiz. Dam oling.",
  debrief: () =>
    'Navbatchiligingiz tugadi. Sizga rahmat. Biror narsa tinchlik bermasa, muvofiqlashtiruvchi bilan gaplashing.',
  'contact-noted': () => "Kelishuv yozib qo'yildi.",
  'contact-how': () =>
    "96 va raqam - qo'ng'iroq mumkin, 96 va soat - faqat yozish, 96 0 - hech narsa. Masalan: 96 5 18-21",
  shifts: ({ are, shifts }) =>
    are === 'hers'
      ? `Navbatlaringiz: ${shifts}. 82 - kodlar.`
      : `Bo'sh navbatlar: ${shifts}. 76 va raqam - olish.`,
  shift: params => said[params.said](params),
  'return-asked': ({ hers, inReturn, number }) =>
    `${hers} navbatingiz uchun ${inReturn} taklif qilinadi. Rozi bo'lsangiz 77 ${number}, bo'lmasa 77 ${number} 0.`,
  'not-to-be-had': ({ because }) => notToBeHad[because],
  'number-code': ({ code }) => `Bu sizning raqamingizmi? Tasdiqlash uchun javob yozing: 78 ${code}`,
  'own-page': ({ url }) => `Navbatlaringiz: ${url} Hech kimga yubormang.`,
  'shift-codes': () =>
    "74 navbatlarim, 75 va raqam: kelolmayman, 76 bo'sh, 76 va raqam: olish, 77 va ikki raqam: almashish, 78 kod, 79 sahifa, 80 va raqam: kelaman, 81 va raqam: kasal",
  'no-shifts': () => "Yaqin ikki haftada navbatingiz yo'q. 76 - bo'sh navbatlar.",
  'no-open-shifts': () => "Hozir bo'sh navbat yo'q. Sizga rahmat.",
  'which-shift': () => "Navbat raqami ham kerak: 74 - sizniki, 76 - bo'sh. Masalan: 75 3",
  'number-verified': () => 'Raqam tasdiqlandi. Sizga rahmat.',
  'number-code-wrong': () => "Kod to'g'ri kelmadi yoki eskirgan.",
};

export const uz: Catalog = {
  spoken,
  texts,
  needs: {
    crisis: 'shunchaki suhbat',
    legal: 'huquq',
    shelter: 'turar joy',
    medical: 'salomatlik',
    child: 'bolalar',
    immigration: 'hujjatlar',
  },
  otherNeed: 'boshqa',
  weekdays: ['du', 'se', 'ch', 'pa', 'ju', 'sh', 'ya'],
};
