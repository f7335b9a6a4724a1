// The twenty units of Kazakhstan in the borders of 2022: names, zones, neighbours, beginnings of landlines.
// Neighbours are those a person would travel to, nearest first; a city lists the region around it first.
// Must never decide anything from a number: a landline's beginning only suggests.
import type { Region } from '../../../shared/domain/network.ts';
import { regionId } from './seed-values.ts';

type Names = readonly [kk: string, ru: string, en: string];

function region(id: string, city: string, landlines: string, near: string, [kk, ru, en]: Names): Region {
  return {
    id: regionId(`KZ-${id}`),
    names: { kk, ru, en },
    zone: `Asia/${city}`,
    near: near.split(' ').map(code => regionId(`KZ-${code}`)),
    landlinePrefixes: landlines.split(' ').map(code => `+7${code}`),
  };
}

export const kazakhstanRegions: readonly Region[] = [
  region('10', 'Almaty', '722', '63 55 35 33', ['Абай облысы', 'Область Абай', 'Abai Region']),
  region('11', 'Almaty', '716', '71 59 35 55 39', ['Ақмола облысы', 'Акмолинская область', 'Aqmola Region']),
  region('15', 'Aqtobe', '713', '27 23 39 43 47 62', [
    'Ақтөбе облысы',
    'Актюбинская область',
    'Aqtobe Region',
  ]),
  region('19', 'Almaty', '7277', '75 33 31 35', ['Алматы облысы', 'Алматинская область', 'Almaty Region']),
  region('23', 'Atyrau', '712', '27 15 47', ['Атырау облысы', 'Атырауская область', 'Atyrau Region']),
  region('27', 'Oral', '711', '15 23', [
    'Батыс Қазақстан облысы',
    'Западно-Казахстанская область',
    'West Kazakhstan Region',
  ]),
  region('31', 'Almaty', '726', '61 79 19 35', ['Жамбыл облысы', 'Жамбылская область', 'Zhambyl Region']),
  region('33', 'Almaty', '728', '19 75 10 35', ['Жетісу облысы', 'Область Жетысу', 'Zhetisu Region']),
  region('35', 'Almaty', '721', '71 11 55 62 10', [
    'Қарағанды облысы',
    'Карагандинская область',
    'Karaganda Region',
  ]),
  region('39', 'Qostanay', '714', '59 11 15 62', [
    'Қостанай облысы',
    'Костанайская область',
    'Kostanay Region',
  ]),
  region('43', 'Qyzylorda', '724', '61 79 62 15', [
    'Қызылорда облысы',
    'Кызылординская область',
    'Kyzylorda Region',
  ]),
  region('47', 'Aqtau', '729', '23 15', ['Маңғыстау облысы', 'Мангистауская область', 'Mangystau Region']),
  region('55', 'Almaty', '718', '10 71 11 35 59', [
    'Павлодар облысы',
    'Павлодарская область',
    'Pavlodar Region',
  ]),
  region('59', 'Almaty', '715', '11 39 71 55', [
    'Солтүстік Қазақстан облысы',
    'Северо-Казахстанская область',
    'North Kazakhstan Region',
  ]),
  region('61', 'Almaty', '725', '79 31 43 62', [
    'Түркістан облысы',
    'Туркестанская область',
    'Turkistan Region',
  ]),
  region('62', 'Almaty', '710', '35 43 61 39 15', ['Ұлытау облысы', 'Область Улытау', 'Ulytau Region']),
  region('63', 'Almaty', '723', '10 55', [
    'Шығыс Қазақстан облысы',
    'Восточно-Казахстанская область',
    'East Kazakhstan Region',
  ]),
  region('71', 'Almaty', '7172', '11 35 59', ['Астана', 'Астана', 'Astana']),
  region('75', 'Almaty', '7272 7273 7279', '19 33 31', ['Алматы', 'Алматы', 'Almaty']),
  region('79', 'Almaty', '7252', '61 31 43', ['Шымкент', 'Шымкент', 'Shymkent']),
];
