// What the map says, in three languages. Must never say "covered" where nobody is.
import { wordsIn } from '../kit/language.ts';

const en = {
  title: 'Map',
  about:
    'Who could be rung at this moment, region by region. One tile a region, laid out roughly as the country lies.',
  plain: 'Who could be rung at this moment, region by region.',
  none: 'There is no region yet. Add one in the settings.',
  noneHere: 'You are not in the group of any region: an admin can add you.',
  is: {
    several: 'several are free',
    one: 'one is free',
    busy: 'all are taken',
    nobody: 'nobody: neighbours are rung',
    below: 'fewer than the floor asks for',
  },
  counts: (free: number, onDuty: number) => `${free} of ${onDuty} free`,
  speaks: 'In',
  lacking: 'Lacking',
  rota: 'Rota',
  chosen: 'Choose a region to see who is there.',
  far: 'Neighbours, who are rung next',
  legend: 'What the tiles mean',
  language: 'Language',
};
type MapWords = typeof en;

const ru: MapWords = {
  title: 'Карта',
  about: 'Кому можно позвонить в эту минуту, по регионам. Плитка на регион, примерно как лежит страна.',
  plain: 'Кому можно позвонить в эту минуту, по регионам.',
  none: 'Регионов пока нет. Добавьте в настройках.',
  noneHere: 'Вы не входите в группу ни одного региона: добавить может администратор.',
  is: {
    several: 'свободны несколько',
    one: 'свободна одна',
    busy: 'все заняты',
    nobody: 'никого: звонят соседям',
    below: 'меньше, чем должно быть',
  },
  counts: (free, onDuty) => `свободны ${free} из ${onDuty}`,
  speaks: 'Языки',
  lacking: 'Не хватает',
  rota: 'График',
  chosen: 'Выберите регион, чтобы увидеть, кто там.',
  far: 'Соседи, которым звонят дальше',
  legend: 'Что значат плитки',
  language: 'Язык',
};

const kk: MapWords = {
  title: 'Карта',
  about:
    'Дәл қазір кімге қоңырау шалуға болады, өңірлер бойынша. Әр өңірге бір тақта, елдің орналасуына шамалас.',
  plain: 'Дәл қазір кімге қоңырау шалуға болады, өңірлер бойынша.',
  none: 'Әзірге өңір жоқ. Баптауларда қосыңыз.',
  noneHere: 'Сіз бірде-бір өңір тобында жоқсыз: әкімші қоса алады.',
  is: {
    several: 'бірнешеуі бос',
    one: 'біреуі бос',
    busy: 'бәрі бос емес',
    nobody: 'ешкім жоқ: көршілерге шалынады',
    below: 'болуы тиістен аз',
  },
  counts: (free, onDuty) => `${onDuty} ішінен ${free} бос`,
  speaks: 'Тілдер',
  lacking: 'Жетіспейді',
  rota: 'Кесте',
  chosen: 'Кім бар екенін көру үшін өңірді таңдаңыз.',
  far: 'Келесі шалынатын көршілер',
  legend: 'Тақталар нені білдіреді',
  language: 'Тіл',
};

export const mapWords = wordsIn({ en, ru, kk });
