const constants = new Uint32Array(64);
const initial = new Uint32Array(8);

/** The first 32 bits of the fractional part. */
const fraction = (value: number) => ((value - Math.floor(value)) * 2 ** 32) >>> 0;

for (let candidate = 2, found = 0; found < 64; candidate++) {
  let isPrime = true;
  for (let divisor = 2; divisor * divisor <= candidate; divisor++)
    if (candidate % divisor === 0) isPrime = false;
  if (!isPrime) continue;
  if (found < 8) initial[found] = fraction(Math.sqrt(candidate));
  constants[found++] = fraction(Math.cbrt(candidate));
}

const rotate = (value: number, bits: number) => (value >>> bits) | (value << (32 - bits));

/**
 * SHA-256 (FIPS 180-4) of an ASCII text, as eight words. The browser's own is asynchronous, which costs more than the
 * hash itself when it is asked a hundred thousand times.
 */
export function sha256(text: string): Uint32Array {
  const length = text.length;
  const blocks = Math.ceil((length + 9) / 64);
  const words = new Uint32Array(blocks * 16);
  for (let at = 0; at < length; at++) {
    words[at >> 2] = (words[at >> 2] as number) | (text.charCodeAt(at) << (24 - (at % 4) * 8));
  }
  words[length >> 2] = (words[length >> 2] as number) | (0x80 << (24 - (length % 4) * 8));
  words[words.length - 1] = length * 8;
  const state = initial.slice();
  const schedule = new Uint32Array(64);
  for (let block = 0; block < words.length; block += 16)
    compress(state, schedule, words.subarray(block, block + 16));
  return state;
}

function compress(state: Uint32Array, schedule: Uint32Array, block: Uint32Array): void {
  const w = schedule;
  w.set(block);
  for (let round = 16; round < 64; round++) {
    const early = w[round - 15] as number;
    const late = w[round - 2] as number;
    const mixEarly = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const mixLate = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    w[round] = ((w[round - 16] as number) + mixEarly + (w[round - 7] as number) + mixLate) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let round = 0; round < 64; round++) {
    const choose = (e & f) ^ (~e & g);
    const sumE = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const first = (h + sumE + choose + (constants[round] as number) + (w[round] as number)) | 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const sumA = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + sumA + majority) | 0;
  }
  for (const [at, value] of [a, b, c, d, e, f, g, h].entries()) state[at] = (state[at] as number) + value;
}

/** How many zero bits a digest begins with. */
export function leadingZeroBits(digest: Uint32Array): number {
  let bits = 0;
  for (const word of digest) {
    if (word !== 0) return bits + Math.clz32(word);
    bits += 32;
  }
  return bits;
}
