import { WebSocket } from "ws";
import { z } from "zod";
import { isLoopback, type ServerEnv } from "../env.ts";
import { instanceOf } from "../instance.ts";
import { type Finding, fault, fine, hint, reasonOf } from "./finding.ts";

type AddressEnv = Pick<ServerEnv, "APP_URL" | "HOST" | "PORT" | "AUTH_SECRET" | "TRUST_PROXY">;

const about = "address";
const answerMs = 10_000;

/** What `/healthz` of this product says. */
const healthSchema = z.object({
  appUrl: z.string(),
  instance: z.string(),
  seen: z.object({
    host: z.string().nullable(),
    scheme: z.string().nullable(),
    address: z.string(),
    isForwarded: z.boolean(),
  }),
});

type Health = z.infer<typeof healthSchema>;

async function askHealth(origin: string): Promise<Health | Response> {
  const response = await fetch(`${origin}/healthz`, {
    redirect: "manual",
    signal: AbortSignal.timeout(answerMs),
  });
  const text = response.ok ? await response.text() : "";
  try {
    return healthSchema.parse(JSON.parse(text));
  } catch {
    return response;
  }
}

/** Where the server of this machine listens, as this machine reaches it. */
function localOrigin({ HOST, PORT }: AddressEnv): string {
  const host = HOST === "0.0.0.0" || HOST === "::" ? "127.0.0.1" : HOST.includes(":") ? `[${HOST}]` : HOST;
  return `http://${host}:${PORT}`;
}

async function isRunningHere(env: AddressEnv): Promise<boolean> {
  try {
    return !((await askHealth(localOrigin(env))) instanceof Response);
  } catch {
    return false;
  }
}

/** What the server says of itself. */
async function readinessFindings(env: AddressEnv): Promise<Finding[]> {
  const response = await fetch(`${localOrigin(env)}/readyz`, { signal: AbortSignal.timeout(answerMs) });
  const { problems } = (await response.json()) as { problems: string[] };
  return problems.length === 0
    ? []
    : [
        fault(
          "server",
          `it is not ready: ${problems.join(", ")}`,
          "docs/operating.md, Health, says what each word means",
        ),
      ];
}

/**
 * Goes the way of a visitor: from the public address through whatever stands in front to the server, with the headers a
 * browser sends, over HTTP and over a socket.
 */
export async function checkAddress(env: AddressEnv): Promise<Finding[]> {
  const isRunning = await isRunningHere(env);
  return [...(isRunning ? await readinessFindings(env) : []), ...(await publicFindings(env, isRunning))];
}

async function publicFindings(env: AddressEnv, isRunning: boolean): Promise<Finding[]> {
  const { APP_URL } = env;
  if (!isRunning && isLoopback(APP_URL))
    return [hint(about, `no server runs at ${APP_URL}: it was not tried`, "start it, then ask again")];
  let health: Health | Response;
  try {
    health = await askHealth(APP_URL);
  } catch (error) {
    return [
      fault(
        about,
        `${APP_URL} does not answer: ${reasonOf(error)}`,
        isRunning
          ? `the server runs on port ${env.PORT}: look at DNS, the proxy in front of it, and the firewall`
          : "start the server; then look at DNS, the proxy and the firewall",
      ),
    ];
  }
  if (health instanceof Response) return [strangerFinding(env, health)];
  if (health.instance !== instanceOf(env.AUTH_SECRET))
    return [
      fault(
        about,
        `another installation answers at ${APP_URL}, or this one with another AUTH_SECRET`,
        "set APP_URL to this one's own address, and the same AUTH_SECRET for every process and for this command",
      ),
    ];
  return [...passageFindings(env, health), ...(await writeFindings(env)), await socketFinding(env)];
}

function strangerFinding({ APP_URL }: AddressEnv, response: Response): Finding {
  const location = response.headers.get("location");
  const target = location && URL.parse(location, APP_URL)?.origin;
  if (target && target !== APP_URL)
    return fault(
      about,
      `${APP_URL} leads on to ${target}`,
      `set APP_URL=${target}: links, cookies and sign-in are made for one address`,
    );
  return fault(
    about,
    `something else answers at ${APP_URL} (status ${response.status})`,
    "lead the proxy to this server, /healthz included, or set APP_URL to the right address",
  );
}

/** What the server saw of a request that was sent to the public address. */
function passageFindings(env: AddressEnv, { appUrl, seen }: Health): Finding[] {
  const { APP_URL, TRUST_PROXY } = env;
  const { host, protocol } = new URL(APP_URL);
  const findings: Finding[] = [];
  if (appUrl !== APP_URL)
    findings.push(
      fault(
        about,
        `the running server believes in ${appUrl}, this command in ${APP_URL}`,
        "give both the same APP_URL, and restart",
      ),
    );
  if (seen.host !== host)
    findings.push(
      fault(
        about,
        `the server is asked for ${seen.host ?? "no host"} when a browser asks for ${host}`,
        "have the proxy pass the Host header on (nginx: proxy_set_header Host $host)",
      ),
    );
  if (TRUST_PROXY && seen.scheme !== null && `${seen.scheme}:` !== protocol)
    findings.push(
      fault(
        about,
        `the proxy says ${seen.scheme} for what a browser reaches by ${protocol.replace(":", "")}`,
        "have it send the right X-Forwarded-Proto",
      ),
    );
  if (TRUST_PROXY && !seen.isForwarded)
    findings.push(
      fault(
        about,
        "TRUST_PROXY is on, and no proxy says whom it speaks for: anybody can claim any address",
        "have the proxy send X-Forwarded-For, or set TRUST_PROXY=0",
      ),
    );
  if (!TRUST_PROXY && seen.isForwarded)
    findings.push(
      fault(
        about,
        `a proxy stands in front, and every visitor has its address (${seen.address}): one who tries too often locks all out`,
        "set TRUST_PROXY=1",
      ),
    );
  if (protocol === "http:" && !isLoopback(APP_URL))
    findings.push(
      hint(
        about,
        "passwords and sessions travel in the clear",
        "put TLS in front, and set APP_URL=https://…",
      ),
    );
  if (findings.every(({ level }) => level !== "fault"))
    findings.unshift(fine(about, `${APP_URL} leads here`));
  return findings;
}

/** Whether a page of ours may change something: a browser's own headers, and a call that changes nothing. */
async function writeFindings({ APP_URL }: AddressEnv): Promise<Finding[]> {
  try {
    const response = await fetch(`${APP_URL}/api/trpc/session.me`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: APP_URL, "sec-fetch-site": "same-origin" },
      body: "{}",
      signal: AbortSignal.timeout(answerMs),
    });
    if (response.status !== 403) return [];
  } catch (error) {
    return [fault(about, `a change does not pass: ${reasonOf(error)}`, "have the proxy pass POST")];
  }
  return [
    fault(
      about,
      "the server takes a page of its own for another site's: nothing can be booked or changed",
      "set APP_URL to the address in the browser, scheme included, and restart",
    ),
  ];
}

async function socketFinding({ APP_URL }: AddressEnv): Promise<Finding> {
  const socket = new WebSocket(`${APP_URL.replace(/^http/, "ws")}/api/trpc`, {
    origin: APP_URL,
    handshakeTimeout: answerMs,
  });
  const refusal = await new Promise<string | null>((resolve) => {
    socket.once("open", () => resolve(null));
    socket.once("unexpected-response", (_request, response) => resolve(`status ${response.statusCode}`));
    socket.once("error", (error) => resolve(reasonOf(error)));
  });
  socket.terminate();
  return refusal === null
    ? fine("sockets", "live changes arrive")
    : fault(
        "sockets",
        `a WebSocket does not pass: ${refusal}`,
        "have the proxy pass upgrades (docs/operating.md, Behind a reverse proxy)",
      );
}
