// What the API has against a field, in her language: its clauses are few and stable. One that is not known here is shown
// as it came. Must never weaken a reason, nor invent one.
import { type PageLanguage, wordsIn } from '../kit/language.ts';

type Clause = readonly [pattern: RegExp, ru: string, kk: string];

const clauses: readonly Clause[] = [
  [/^is missing$/, 'не указано', 'көрсетілмеген'],
  [
    /^is not (?:between|from) (\S+) (?:and|to) (\S+)$/,
    'должно быть от $1 до $2',
    '$1 мен $2 аралығында болуы керек',
  ],
  [
    /^is not a whole number from (\S+) to (\S+)$/,
    'целое число от $1 до $2',
    '$1 – $2 аралығындағы бүтін сан',
  ],
  [/^is less than (\d+)( characters)?$/, 'меньше $1', '$1 аз'],
  [/^is more than (\d+)( characters)?$/, 'больше $1', '$1 көп'],
  [/^is too small or too short$/, 'слишком мало или коротко', 'тым аз не қысқа'],
  [/^is too big or too long$/, 'слишком много или длинно', 'тым көп не ұзын'],
  [/^is not an E\.164 number.*$/, 'это не номер с кодом страны', 'бұл ел коды бар нөмір емес'],
  [
    /^is a short code.*$/,
    'короткий номер набрать нельзя: нужен полный номер дежурной части',
    'қысқа нөмірді теруге болмайды: толық нөмір керек',
  ],
  [
    /^is the number of a line.*$/,
    'это номер линии: звонок вернулся бы к нам',
    'бұл желінің нөмірі: қоңырау бізге қайтар еді',
  ],
  [
    /^is in a country that settings\.limits.*$/,
    'эта страна не разрешена в настройках (пределы)',
    'бұл ел баптауларда рұқсат етілмеген',
  ],
  [
    /^is in a country that no line can call.*$/,
    'ни одна линия не может звонить в эту страну',
    'бірде-бір желі бұл елге қоңырау шала алмайды',
  ],
  [
    /^belongs to another helper.*$/,
    'этот номер уже чей-то или самой линии',
    'бұл нөмір басқа біреудікі не желінікі',
  ],
  [
    /^has neither a number to call nor one to text$/,
    'нет ни номера для звонков, ни для сообщений',
    'қоңырау нөмірі де, хабарлама нөмірі де жоқ',
  ],
  [
    /^speaks no language.*$/,
    'ни одного языка: с ней никого не соединить',
    'тілі жоқ: онымен ешкімді қосу мүмкін емес',
  ],
  [/^there is no (\w+) (\S+)$/, 'такого нет: $2', 'мұндай жоқ: $2'],
  [/^there is no line$/, 'нет ни одной линии', 'бірде-бір желі жоқ'],
  [
    /^no contact is a (\w+) that can be reached$/,
    'нет контакта, до которого можно дозвониться: $1',
    'қоңырау шалуға болатын байланыс жоқ: $1',
  ],
  [
    /^the ladder has no rung before the last$/,
    'нет ни одной ступени до последней',
    'соңғысына дейін бірде-бір баспалдақ жоқ',
  ],
  [/^the line offers no language$/, 'ни одного языка', 'бірде-бір тіл жоқ'],
  [
    /^more than (\d+) (?:languages|needs)$/,
    'не больше $1: столько клавиш в меню',
    '$1 көп емес: мәзірде сонша перне',
  ],
  [
    /^a line offers this language: the name is missing$/,
    'линия говорит на этом языке, а названия нет',
    'желі осы тілде сөйлейді, ал атауы жоқ',
  ],
  [
    /^she must hear a number to dial herself$/,
    'она должна услышать номер, который наберёт сама',
    'ол өзі теретін нөмірді естуі керек',
  ],
  [/^is not an IANA time zone$/, 'нет такого часового пояса', 'мұндай уақыт белдеуі жоқ'],
  [/^is the region itself$/, 'это сам регион', 'бұл өңірдің өзі'],
  [/^is not digits alone$/, 'только цифры', 'тек сандар'],
  [
    /^is not the beginning of an E\.164 number.*$/,
    'это не начало номера, как +7',
    'бұл нөмірдің басы емес, мысалы +7',
  ],
  [/^is national for interpreters$/, 'переводчиков ищут по всей стране', 'аудармашылар бүкіл елден ізделеді'],
  [/^is not one of yours$/, 'это не ваш регион', 'бұл сіздің өңір емес'],
  [/^is another volunteer’s$/, 'так уже зовётся другой волонтёр', 'бұл басқа волонтёрдікі'],
  [
    /^looks like a number of hers.*$/,
    'похоже на номер, а это видно в журналах',
    'нөмірге ұқсайды, ал бұл журналдарда көрінеді',
  ],
  [
    /^nobody could be rung or written to$/,
    'никому нельзя было бы ни звонить, ни писать',
    'ешкімге қоңырау да, хат та жетпес еді',
  ],
  [
    /^no manager responsible everywhere can be called at every hour.*$/,
    'в какой-то час не дозвониться ни одному менеджеру, который отвечает везде: последняя ступень никого не достигнет',
    'бір сағатта барлық жерге жауапты ешбір менеджерге қоңырау шалу мүмкін емес: соңғы баспалдақ ешкімге жетпейді',
  ],
  [
    /^no manager responsible everywhere can be texted at every hour.*$/,
    'в какой-то час не написать ни одному менеджеру, который отвечает везде: последняя ступень никого не достигнет',
    'бір сағатта барлық жерге жауапты ешбір менеджерге жазу мүмкін емес: соңғы баспалдақ ешкімге жетпейді',
  ],
  [
    /^no manager responsible everywhere can be called.*$/,
    'с этой линии в какой-то час не дозвониться ни одному менеджеру',
    'осы желіден бір сағатта ешбір менеджерге қоңырау шалу мүмкін емес',
  ],
  [
    /^people can write to this line, and at some hour no manager.*$/,
    'на эту линию можно писать, а в какой-то час ни один менеджер не ответит',
    'бұл желіге жазуға болады, ал бір сағатта ешбір менеджер жауап бере алмайды',
  ],
  [
    /^texts come in this way and none can go out.*$/,
    'сообщения приходят, а ответить нельзя',
    'хабар келеді, ал жауап беру мүмкін емес',
  ],
  [
    /^calls come in and nobody can be called for them.*$/,
    'звонки приходят, а позвонить некому',
    'қоңырау келеді, ал ешкімге қоңырау шалу мүмкін емес',
  ],
  [/^nothing reaches this line.*$/, 'до этой линии ничего не доходит', 'бұл желіге ештеңе жетпейді'],
  [/^no weekdays$/, 'не выбран ни один день', 'бірде-бір күн таңдалмаған'],
  [/^from equals until$/, 'начало и конец совпадают', 'басы мен соңы бірдей'],
  [/^are more than (\d+)$/, 'больше $1', '$1 көп'],
  [/^is not of type \w+$/, 'не указано или не число', 'көрсетілмеген не сан емес'],
  [
    /^is not the SID of a template.*$/,
    'это не SID шаблона: HX и 32 знака',
    'бұл үлгінің SID емес: HX және 32 таңба',
  ],
  [/^is not the id of an? .*$/, 'неверный идентификатор', 'идентификатор қате'],
];

const column = wordsIn<0 | 1 | 2>({ en: 0, ru: 1, kk: 2 } satisfies Record<PageLanguage, 0 | 1 | 2>);

export function clauseInWords(clause: string) {
  const place = column.value;
  const found = place === 0 ? undefined : clauses.find(([pattern]) => pattern.test(clause));
  if (found === undefined || place === 0) return <span lang="en">{clause}</span>;
  return clause.replace(found[0], found[place]);
}
