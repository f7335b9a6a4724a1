// What is said of one volunteer in three languages. Must never hold a name or a number.
import { wordsIn } from '../kit/language.ts';

const en = {
  add: 'Add a volunteer',
  shutPage: 'Shut her page',
  shutPageAbout:
    'Links to her own page that were sent to her phone open nothing any more. She can ask for a new one by text.',
  pageShut: 'Her page is shut.',
  genders: { woman: 'woman', man: 'man' },
  noGender: 'not said',
  regionHint: 'Where she is at home; a shift may name others',
  number: {
    confirmed: 'She has shown that she reads what is sent to her number.',
    asked: 'A code was sent to her number and has not come back. She is rung all the same.',
    'not-asked': 'No code was sent to her number yet. She is rung all the same.',
  },
  unreached: {
    'bad-number': 'Her number does not work',
    'opted-out': 'She has asked for no more texts',
    'never-answers': 'She has answered nothing for a long time',
  },
};
type VolunteerWords = typeof en;

const ru: VolunteerWords = {
  add: 'Добавить волонтёра',
  shutPage: 'Закрыть её страницу',
  shutPageAbout:
    'Ссылки на её страницу, отправленные на её телефон, больше ничего не откроют. Новую она попросит сообщением.',
  pageShut: 'Её страница закрыта.',
  genders: { woman: 'женщина', man: 'мужчина' },
  noGender: 'не указан',
  regionHint: 'Где она дома; смена может назвать другие',
  number: {
    confirmed: 'Номер подтверждён: она читает то, что на него приходит.',
    asked: 'Код на номер отправлен и пока не вернулся. Ей звонят всё равно.',
    'not-asked': 'Код на номер ещё не отправляли. Ей звонят всё равно.',
  },
  unreached: {
    'bad-number': 'Номер не работает',
    'opted-out': 'Просила больше не писать',
    'never-answers': 'Давно ни на что не отвечает',
  },
};

const kk: VolunteerWords = {
  add: 'Волонтёр қосу',
  shutPage: 'Бетін жабу',
  shutPageAbout:
    'Телефонына жіберілген бет сілтемелері енді ештеңе ашпайды. Жаңасын хабарламамен сұрай алады.',
  pageShut: 'Беті жабылды.',
  genders: { woman: 'әйел', man: 'ер' },
  noGender: 'айтылмаған',
  regionHint: 'Үйі қайда; ауысым басқасын атай алады',
  number: {
    confirmed: 'Нөмір расталды: ол келгенін оқиды.',
    asked: 'Нөміріне код жіберілді, әлі қайтпады. Оған бәрібір қоңырау шалынады.',
    'not-asked': 'Нөміріне код әлі жіберілген жоқ. Оған бәрібір қоңырау шалынады.',
  },
  unreached: {
    'bad-number': 'Нөмірі жұмыс істемейді',
    'opted-out': 'Енді жазбауды сұраған',
    'never-answers': 'Көптен ештеңеге жауап бермейді',
  },
};

export const volunteerWords = wordsIn({ en, ru, kk });
