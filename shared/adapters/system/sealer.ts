// AES-256-GCM for what is kept, HMAC-SHA-256 for what is looked up, both by node:crypto.
// Must never name a key or a value in an error.
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import type { Sealer, Sealing } from '../../app/sealer.ts';

export type SealingKeys = {
  /** 32 bytes. */
  readonly dataKey: Uint8Array;
  /** 32 bytes. */
  readonly lookupKey: Uint8Array;
  /** Earlier data keys, so that what was sealed before a rotation still opens. */
  readonly formerDataKeys?: readonly Uint8Array[];
};

// A sealed value: format (1), id of the key (4), nonce (12), tag (16), ciphertext.
const FORMAT = 1;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NONCE_AT = 1 + KEY_ID_BYTES;
const TAG_AT = NONCE_AT + NONCE_BYTES;
const TEXT_AT = TAG_AT + TAG_BYTES;

/**
 * Nonces are random: NIST SP 800-38D allows 2^32 values a key, which is ten million requests a month of twenty
 * commits each for 21 months. Rotate the data key once a year.
 */
export function createSealer({ dataKey, lookupKey, formerDataKeys = [] }: SealingKeys): Sealer {
  for (const key of [dataKey, lookupKey, ...formerDataKeys]) {
    if (key.length !== 32) throw new Error('a sealing key is not 32 bytes long');
  }
  const ours = sealingUnder(dataKey, formerDataKeys);
  return {
    ...ours,
    freshKey: place => ours.seal(randomBytes(32).toString('base64'), place),
    under: (key, place) => sealingUnder(Buffer.from(ours.open(key, place), 'base64'), []),
    lookup: number => createHmac('sha256', lookupKey).update(number, 'utf8').digest('base64url'),
  };
}

function sealingUnder(key: Uint8Array, formerKeys: readonly Uint8Array[]): Sealing {
  const currentId = keyId(key);
  const keys = new Map([key, ...formerKeys].map(each => [keyId(each).toString('hex'), each]));
  return {
    seal: (plain, place) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place, 'utf8'));
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(FORMAT), currentId, nonce, cipher.getAuthTag(), text]);
    },
    open: (sealed, place) => {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      const named = keys.get(bytes.subarray(1, NONCE_AT).toString('hex'));
      if (bytes[0] !== FORMAT || bytes.length < TEXT_AT || !named)
        throw new Error('a sealed value can not be opened');
      const nonce = bytes.subarray(NONCE_AT, TAG_AT);
      const decipher = createDecipheriv('aes-256-gcm', named, nonce, { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(place, 'utf8'))
        .setAuthTag(bytes.subarray(TAG_AT, TEXT_AT));
      return decipher.update(bytes.subarray(TEXT_AT), undefined, 'utf8') + decipher.final('utf8');
    },
  };
}

function keyId(key: Uint8Array): Buffer {
  return createHash('sha256').update('pana data key').update(key).digest().subarray(0, KEY_ID_BYTES);
}
