import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError, notFound } from "../errors.ts";
import type { Services } from "../services.ts";
import { readCalendar } from "./read-calendar.ts";

const path = /^\/api\/ics\/([A-Za-z0-9_-]{16,200})\.ics$/;

/**
 * Answers `GET /api/ics/<token>.ics` (HEAD too): reads, and changes nothing. Throws AppError for the caller's map:
 * `not_found` for every token that opens nothing, `invalid_input` for other methods, `rate_limited`.
 */
export async function handleCalendarFile(
  request: IncomingMessage,
  response: ServerResponse,
  services: Pick<Services, "database" | "now" | "rateLimit"> & { address: string },
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD")
    throw new AppError("invalid_input", "Calendar files are only read");
  await services.rateLimit("public_read", services.address);
  const token = path.exec(URL.parse(request.url ?? "", "http://localhost")?.pathname ?? "")?.[1];
  const found = token && (await readCalendar(services, token));
  if (!found) throw notFound("calendar");
  const body = Buffer.from(found.text);
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  response.setHeader("ETag", etag);
  response.setHeader("Cache-Control", "private, no-cache");
  response.setHeader("X-Robots-Tag", "noindex");
  response.setHeader("Referrer-Policy", "no-referrer");
  if (request.headers["if-none-match"] === etag) {
    response.statusCode = 304;
    response.end();
    return;
  }
  response.statusCode = 200;
  response.setHeader("Content-Type", "text/calendar; charset=utf-8; method=PUBLISH");
  response.setHeader("Content-Disposition", `attachment; filename="${found.name}"`);
  response.setHeader("Content-Length", String(body.length));
  response.end(request.method === "HEAD" ? undefined : body);
}
