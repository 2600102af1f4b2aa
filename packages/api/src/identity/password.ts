import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from "node:crypto";

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane; about 35 ms of one core. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const tagLength = 32;

/** Hashes running at once: each holds 19 MiB and a thread that file and DNS work shares. */
const maxConcurrent = 2;

/**
 * A hash that no password opens, of the present cost: checked when there is no account or no password, so that the
 * answer takes as long as for a wrong one.
 */
export const unmatchableHash = encode(cost, Buffer.alloc(16), Buffer.alloc(tagLength));

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= maxConcurrent) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

function derive(
  password: string,
  salt: Buffer,
  { memory, passes, parallelism }: typeof cost,
): Promise<Buffer> {
  const parameters: Argon2Parameters = {
    message: password.normalize("NFKC"),
    nonce: salt,
    memory,
    passes,
    parallelism,
    tagLength,
  };
  return inTurn(
    () =>
      new Promise((resolve, reject) => {
        argon2("argon2id", parameters, (error, tag) => (error ? reject(error) : resolve(tag)));
      }),
  );
}

function encode({ memory, passes, parallelism }: typeof cost, salt: Buffer, tag: Buffer): string {
  const base64 = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`;
}

/** Hashes a password for storage; the text carries its parameters (PHC format), so they can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return encode(cost, salt, await derive(password, salt, cost));
}

/** Compares in constant time. `needsRehash`: it matched, but was made at another cost than today's. */
export async function verifyPassword({
  password,
  hash,
}: {
  password: string;
  hash: string;
}): Promise<{ matches: boolean; needsRehash: boolean }> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(hash);
  if (!parts) return { matches: false, needsRehash: false };
  const [, memory, passes, parallelism, salt = "", tag = ""] = parts;
  const used = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const expected = Buffer.from(tag, "base64");
  const actual = await derive(password, Buffer.from(salt, "base64"), used);
  const matches = expected.length === actual.length && timingSafeEqual(expected, actual);
  const isCurrent =
    used.memory === cost.memory && used.passes === cost.passes && used.parallelism === cost.parallelism;
  return { matches, needsRehash: matches && !isCurrent };
}
