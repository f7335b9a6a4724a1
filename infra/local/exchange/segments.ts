// How many SMS segments a text takes: GSM 03.38 where every character is in it, UCS-2 otherwise.
// Must never guess by language: one Kazakh letter makes the whole text UCS-2.

const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿' +
  'abcdefghijklmnopqrstuvwxyzäöñüà';
// Each of these takes an escape and a character.
const GSM_EXTENDED = '\f^{}\\[~]|€';

export function segmentsOf(body: string): number {
  let septets = 0;
  for (const character of body) {
    if (GSM.includes(character)) septets += 1;
    else if (GSM_EXTENDED.includes(character)) septets += 2;
    else return pieces(body.length, 70, 67);
  }
  return pieces(septets, 160, 153);
}

function pieces(units: number, single: number, joined: number): number {
  return units <= single ? 1 : Math.ceil(units / joined);
}
