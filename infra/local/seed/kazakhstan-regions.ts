// The twenty units of Kazakhstan in the borders of 2022: names, zones, neighbours, beginnings of landlines.
// Neighbours are those a person would travel to, nearest first; a city lists the region around it first.
// Must never decide anything from a number: a landline's beginning only suggests.
import type { Region } from '../../../shared/domain/network.ts';
import { regionId } from './seed-values.ts';

type Names = readonly [kk: string, ru: string, en: string, uz: string, ky: string, tg: string];

function region(id: string, city: string, landlines: string, near: string, names: Names): Region {
  const [kk, ru, en, uz, ky, tg] = names;
  return {
    id: regionId(`KZ-${id}`),
    names: { kk, ru, en, uz, ky, tg },
    zone: `Asia/${city}`,
    near: near.split(' ').map(code => regionId(`KZ-${code}`)),
    landlinePrefixes: landlines.split(' ').map(code => `+7${code}`),
  };
}

export const kazakhstanRegions: readonly Region[] = [
  region('10', 'Almaty', '722', '63 55 35 33', [
    'Абай облысы',
    'Область Абай',
    'Abai Region',
    'Abay viloyati',
    'Абай облусу',
    'Вилояти Абай',
  ]),
  region('11', 'Almaty', '716', '71 59 35 55 39', [
    'Ақмола облысы',
    'Акмолинская область',
    'Aqmola Region',
    'Aqmola viloyati',
    'Акмола облусу',
    'Вилояти Ақмола',
  ]),
  region('15', 'Aqtobe', '713', '27 23 39 43 47 62', [
    'Ақтөбе облысы',
    'Актюбинская область',
    'Aqtobe Region',
    "Aqto'be viloyati",
    'Актөбө облусу',
    'Вилояти Ақтӯба',
  ]),
  region('19', 'Almaty', '7277', '75 33 31 35', [
    'Алматы облысы',
    'Алматинская область',
    'Almaty Region',
    'Olmaota viloyati',
    'Алматы облусу',
    'Вилояти Алмаато',
  ]),
  region('23', 'Atyrau', '712', '27 15 47', [
    'Атырау облысы',
    'Атырауская область',
    'Atyrau Region',
    'Atirau viloyati',
    'Атырау облусу',
    'Вилояти Атирау',
  ]),
  region('27', 'Oral', '711', '15 23', [
    'Батыс Қазақстан облысы',
    'Западно-Казахстанская область',
    'West Kazakhstan Region',
    "G'arbiy Qozog'iston viloyati",
    'Батыш Казакстан облусу',
    'Вилояти Қазоқистони Ғарбӣ',
  ]),
  region('31', 'Almaty', '726', '61 79 19 35', [
    'Жамбыл облысы',
    'Жамбылская область',
    'Zhambyl Region',
    'Jambul viloyati',
    'Жамбыл облусу',
    'Вилояти Ҷамбул',
  ]),
  region('33', 'Almaty', '728', '19 75 10 35', [
    'Жетісу облысы',
    'Область Жетысу',
    'Zhetisu Region',
    'Yettisuv viloyati',
    'Жетисуу облусу',
    'Вилояти Ҷетису',
  ]),
  region('35', 'Almaty', '721', '71 11 55 62 10', [
    'Қарағанды облысы',
    'Карагандинская область',
    'Karaganda Region',
    "Qarag'anda viloyati",
    'Караганды облусу',
    'Вилояти Қарағанда',
  ]),
  region('39', 'Qostanay', '714', '59 11 15 62', [
    'Қостанай облысы',
    'Костанайская область',
    'Kostanay Region',
    "Qo'stanay viloyati",
    'Костанай облусу',
    'Вилояти Қустанай',
  ]),
  region('43', 'Qyzylorda', '724', '61 79 62 15', [
    'Қызылорда облысы',
    'Кызылординская область',
    'Kyzylorda Region',
    "Qizilo'rda viloyati",
    'Кызылордо облусу',
    'Вилояти Қизилӯрда',
  ]),
  region('47', 'Aqtau', '729', '23 15', [
    'Маңғыстау облысы',
    'Мангистауская область',
    'Mangystau Region',
    "Mang'istau viloyati",
    'Маңгыстау облусу',
    'Вилояти Манғистау',
  ]),
  region('55', 'Almaty', '718', '10 71 11 35 59', [
    'Павлодар облысы',
    'Павлодарская область',
    'Pavlodar Region',
    'Pavlodar viloyati',
    'Павлодар облусу',
    'Вилояти Павлодар',
  ]),
  region('59', 'Almaty', '715', '11 39 71 55', [
    'Солтүстік Қазақстан облысы',
    'Северо-Казахстанская область',
    'North Kazakhstan Region',
    "Shimoliy Qozog'iston viloyati",
    'Түндүк Казакстан облусу',
    'Вилояти Қазоқистони Шимолӣ',
  ]),
  region('61', 'Almaty', '725', '79 31 43 62', [
    'Түркістан облысы',
    'Туркестанская область',
    'Turkistan Region',
    'Turkiston viloyati',
    'Түркстан облусу',
    'Вилояти Туркистон',
  ]),
  region('62', 'Almaty', '710', '35 43 61 39 15', [
    'Ұлытау облысы',
    'Область Улытау',
    'Ulytau Region',
    'Ulitau viloyati',
    'Улутау облусу',
    'Вилояти Улитау',
  ]),
  region('63', 'Almaty', '723', '10 55', [
    'Шығыс Қазақстан облысы',
    'Восточно-Казахстанская область',
    'East Kazakhstan Region',
    "Sharqiy Qozog'iston viloyati",
    'Чыгыш Казакстан облусу',
    'Вилояти Қазоқистони Шарқӣ',
  ]),
  region('71', 'Almaty', '7172', '11 35 59', ['Астана', 'Астана', 'Astana', 'Ostona', 'Астана', 'Остона']),
  region('75', 'Almaty', '7272 7273 7279', '19 33 31', [
    'Алматы',
    'Алматы',
    'Almaty',
    'Olmaota',
    'Алматы',
    'Алмаато',
  ]),
  region('79', 'Almaty', '7252', '61 31 43', [
    'Шымкент',
    'Шымкент',
    'Shymkent',
    'Chimkent',
    'Чымкент',
    'Чимкент',
  ]),
];
