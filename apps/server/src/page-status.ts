import type { IncomingMessage, ServerResponse } from "node:http";

/** Answers of pages under way, by the nonce of their request: it is ours, unique, and no visitor can send one. */
const underWay = new Map<string, ServerResponse>();

/** Lets the page that answers this request say its status, until the answer has gone. */
export function followPage(request: IncomingMessage, response: ServerResponse): void {
  const nonce = request.headers["x-nonce"];
  if (typeof nonce !== "string") return;
  underWay.set(nonce, response);
  response.once("close", () => underWay.delete(nonce));
}

/**
 * Leaves for the pages how they say "there is no such page" and still draw one. Next's own way answers with an empty
 * document that only JavaScript fills; and its bundle and the server are two module graphs in one process.
 */
export function publishPageStatus(): void {
  const answerNotFound = (headers: Headers) => {
    const response = underWay.get(headers.get("x-nonce") ?? "");
    if (response && !response.headersSent) response.statusCode = 404;
  };
  Object.assign(globalThis, { [Symbol.for("creneau.not-found")]: answerNotFound });
}
