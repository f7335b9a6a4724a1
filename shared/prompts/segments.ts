// How many SMS segments a text takes: each one costs money and arrives by itself.
// Must never guess low: whatever is not surely in the small alphabet counts as UCS-2.

/** The GSM 03.38 alphabet; those of the second line take two places. */
const gsm =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const gsmExtended = '^{}\\[~]|€';

export type Segments = {
  readonly encoding: 'GSM-7' | 'UCS-2';
  readonly length: number;
  readonly count: number;
};

export function segmentsOf(text: string): Segments {
  const characters = [...text];
  if (!characters.every(each => gsm.includes(each) || gsmExtended.includes(each))) {
    return { encoding: 'UCS-2', length: text.length, count: ucs2Segments(text) };
  }
  const length = characters.length + characters.filter(each => gsmExtended.includes(each)).length;
  return { encoding: 'GSM-7', length, count: length <= 160 ? 1 : Math.ceil(length / 153) };
}

/** Segments if every letter took two bytes: a longer text tells a glance at the screen more. */
export function ucs2Segments(text: string): number {
  return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
}
