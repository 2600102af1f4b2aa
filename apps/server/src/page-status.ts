import type { IncomingMessage, ServerResponse } from "node:http";
import { renderUnavailablePage } from "./unavailable-page.ts";

interface PageUnderWay {
  pathname: string;
  response: ServerResponse;
}

/** Answers of pages under way, by the nonce of their request: it is ours, unique, and no visitor can send one. */
const underWay = new Map<string, PageUnderWay>();

/** Lets the page that answers this request say its status, until the answer has gone. */
export function followPage(request: IncomingMessage, response: ServerResponse): void {
  const nonce = request.headers["x-nonce"];
  if (typeof nonce !== "string") return;
  const pathname = URL.parse(request.url ?? "/", "http://localhost")?.pathname ?? "/";
  underWay.set(nonce, { pathname, response });
  response.once("close", () => underWay.delete(nonce));
}

/**
 * Leaves for the pages how they say "there is no such page" and still draw one. Next's own way answers with an empty
 * document that only JavaScript fills; and its bundle and the server are two module graphs in one process.
 */
export function publishPageStatus(): void {
  const answerNotFound = (headers: Headers) => {
    const response = underWay.get(headers.get("x-nonce") ?? "")?.response;
    if (response && !response.headersSent) response.statusCode = 404;
  };
  Object.assign(globalThis, { [Symbol.for("creneau.not-found")]: answerNotFound });
}

/**
 * Answers a page under way itself, because the database that it needs is away: Next would say that something went wrong,
 * with a status that blames us, and its page would not come back by itself. Whatever Next still has to say of it is dropped.
 */
export function answerUnavailable(headers: Headers, retryAfterSeconds: number): void {
  const page = underWay.get(headers.get("x-nonce") ?? "");
  if (!page || page.response.headersSent) return;
  const { pathname, response } = page;
  for (const name of response.getHeaderNames()) {
    // What Next has said of its own page.
    if (/^(content-(type|length|encoding)|etag|cache-control|vary|link|x-next|x-powered-by)/.test(name))
      response.removeHeader(name);
  }
  response.writeHead(503, {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Retry-After": String(retryAfterSeconds),
  });
  response.end(renderUnavailablePage({ pathname, retryAfterSeconds }));
  silence(response);
}

/** Lets whoever goes on writing to an answer that has ended do so without a fault. */
function silence(response: ServerResponse): void {
  const nothing = () => response;
  Object.assign(response, {
    setHeader: nothing,
    appendHeader: nothing,
    removeHeader: () => undefined,
    writeHead: nothing,
    flushHeaders: () => undefined,
    write: () => true,
    end: nothing,
  });
}
