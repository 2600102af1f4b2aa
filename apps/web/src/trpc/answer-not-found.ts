import { headers } from "next/headers";

const slot = Symbol.for("creneau.not-found");

/**
 * Gives the answer under way the status 404; the page then draws what it has to say. `notFound()` of Next would send a
 * document without content that needs JavaScript to say anything.
 */
export async function answerNotFound(): Promise<void> {
  const answer = (globalThis as { [slot]?: (headers: Headers) => void })[slot];
  answer?.(await headers());
}
