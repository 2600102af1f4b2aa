import { resolve } from "node:path";
import { z } from "zod";

/** The parts of the product that one process can play. */
const serverRoles = ["web", "socket", "worker"] as const;
type ServerRole = (typeof serverRoles)[number];

const googleApi = "https://www.googleapis.com/calendar/v3";

/** `KEY=` in a file or a shell means the same as no KEY at all. */
function dropEmpty(values: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
}

const httpUrl = z.url({ protocol: /^https?$/, error: "must be an http or https address", abort: true });
const url = httpUrl.transform(withoutEndingSlash);
/** Everything is served from the root: links, cookies and the origin check are made from scheme, host and port. */
const origin = httpUrl
  .refine((value) => URL.parse(value)?.href === `${URL.parse(value)?.origin}/`, {
    error: "must be scheme, host and port alone, such as https://agenda.example.org",
  })
  .transform((value) => new URL(value).origin);
const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: "must look like postgresql://user:password@host/name",
});
const smtpUrl = z.url({ protocol: /^smtps?$/, error: "must look like smtp://user:password@host:587" });
const text = z.string();

function withoutEndingSlash(value: string): string {
  return value.replace(/\/+$/, "");
}

function whole({ from, to }: { from: number; to: number }) {
  const error = `must be a whole number from ${from} to ${to}`;
  return z.string().regex(/^\d+$/, error).transform(Number).pipe(z.number().min(from, error).max(to, error));
}

const flag = z
  .enum(["0", "1", "true", "false", "on", "off"], { error: "must be 1 or 0" })
  .transform((value) => ["1", "true", "on"].includes(value));

/** `id:base64,…`, 32 bytes each: the first encrypts, all decrypt. */
const encryptionKeys = text.refine(
  (value) =>
    value.split(",").every((entry) => {
      const [, key] = /^[\w-]+:([A-Za-z0-9+/]+={0,2})$/.exec(entry.trim()) ?? [];
      return key !== undefined && Buffer.from(key, "base64").length === 32;
    }),
  { error: "must be id:base64,… with 32 bytes behind each id (openssl rand -base64 32)" },
);

const schema = z.object({
  PORT: whole({ from: 1, to: 65_535 }).default(3000),
  HOST: text.default("127.0.0.1"),
  APP_URL: origin.optional(),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_ADMIN_URL: postgresUrl.optional(),
  // Absolute from here on: Next wants the web app's folder as the working directory.
  DATA_DIR: text.default(".data").transform((folder) => resolve(folder)),
  AUTH_SECRET: text.min(32, "must have at least 32 characters").optional(),
  ENCRYPTION_KEYS: encryptionKeys.optional(),
  DEMO: flag.optional(),
  APPOINTMENTS_SLOT_MINUTES: whole({ from: 1, to: 240 }).default(15),
  CRON_SECRET: text.min(16, "must have at least 16 characters").optional(),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], {
      error: "must be one of trace, debug, info, warn, error, fatal, silent",
    })
    .default("info"),
  TRUST_PROXY: flag.default(false),
  RATE_LIMITS: flag.default(true),
  DRAIN_SECONDS: whole({ from: 0, to: 300 }).default(5),

  GOOGLE_CLIENT_ID: text.optional(),
  GOOGLE_CLIENT_SECRET: text.optional(),
  GOOGLE_AUTH_URL: url.default("https://accounts.google.com/o/oauth2/v2/auth"),
  GOOGLE_TOKEN_URL: url.default("https://oauth2.googleapis.com/token"),
  GOOGLE_REVOKE_URL: url.default("https://oauth2.googleapis.com/revoke"),
  GOOGLE_CALENDAR_URL: url.default(googleApi),

  MICROSOFT_CLIENT_ID: text.optional(),
  MICROSOFT_CLIENT_SECRET: text.optional(),
  MICROSOFT_AUTHORITY_URL: url.default("https://login.microsoftonline.com/common"),
  MICROSOFT_GRAPH_URL: url.default("https://graph.microsoft.com/v1.0"),

  WEBHOOK_BASE_URL: url.optional(),
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: text.optional(),
  TELEGRAM_BOT_TOKEN: text.optional(),
  TELEGRAM_API_URL: url.default("https://api.telegram.org"),
  SMS_URL: url.optional(),
  SMS_TOKEN: text.optional(),
  VAPID_PUBLIC_KEY: text.optional(),
  VAPID_PRIVATE_KEY: text.optional(),
  VAPID_SUBJECT: text.optional(),
});

type Parsed = z.infer<typeof schema>;

/** What a start is told from outside, before secrets that were not given are read or generated. */
export interface StartEnv extends Omit<Parsed, "APP_URL" | "DEMO" | "WEBHOOK_BASE_URL"> {
  APP_URL: string;
  WEBHOOK_BASE_URL: string;
  DEMO: boolean;
  /** Demo mode was asked for or refused, not merely left to the default. */
  isDemoChosen: boolean;
  roles: ReadonlySet<ServerRole>;
}

/** The complete configuration of a running server. */
export interface ServerEnv extends StartEnv {
  AUTH_SECRET: string;
  ENCRYPTION_KEYS: string;
}

/** A value that cannot be used. `message` is one line that names it, meant to be printed as it is. */
export class EnvError extends Error {
  override readonly name = "EnvError";
}

function parseRoles(values: string[]): Set<ServerRole> {
  if (values.length === 0) return new Set(serverRoles);
  const names = values.flatMap((value) => value.split(",")).map((value) => value.trim());
  const roles = serverRoles.filter((role) => names.includes(role));
  const unknown = names.find((name) => !serverRoles.some((role) => role === name));
  if (unknown !== undefined) {
    throw new EnvError(`--roles: "${unknown}" is not a role (choose from ${serverRoles.join(", ")})`);
  }
  return new Set(roles);
}

/** Reads and validates the environment; `roles` are the values of `--roles`. Throws EnvError. */
export function readEnv({
  variables = process.env,
  roles = [],
}: {
  variables?: Record<string, string | undefined>;
  roles?: string[];
} = {}): StartEnv {
  const result = schema.safeParse(dropEmpty(variables));
  if (!result.success) {
    const issue = result.error.issues[0];
    // The value is not repeated: it may be a secret.
    throw new EnvError(`${issue?.path.join(".")}: ${issue?.message}`);
  }
  const parsed = result.data;
  if (parsed.DATABASE_ADMIN_URL && !parsed.DATABASE_URL) {
    throw new EnvError("DATABASE_ADMIN_URL: needs DATABASE_URL too");
  }
  const appUrl = parsed.APP_URL ?? `http://localhost:${parsed.PORT}`;
  return {
    ...parsed,
    APP_URL: appUrl,
    WEBHOOK_BASE_URL: parsed.WEBHOOK_BASE_URL ?? appUrl,
    // Behind a public address only by hand: everybody knows its passwords, and can read the mail it sends.
    DEMO: parsed.DEMO ?? (parsed.DATABASE_URL === undefined && isLoopback(appUrl)),
    isDemoChosen: parsed.DEMO !== undefined,
    roles: parseRoles(roles),
  };
}

/** Whether an address leads to the very machine that asks for it, and so to nobody else. */
export function isLoopback(address: string): boolean {
  const { hostname } = new URL(address);
  return /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname);
}

/** Completes what was read with the secrets kept in the data folder; those given from outside win. */
export function completeEnv(
  env: StartEnv,
  generated?: { AUTH_SECRET: string; ENCRYPTION_KEYS: string },
): ServerEnv {
  const AUTH_SECRET = env.AUTH_SECRET ?? generated?.AUTH_SECRET;
  const ENCRYPTION_KEYS = env.ENCRYPTION_KEYS ?? generated?.ENCRYPTION_KEYS;
  if (!AUTH_SECRET) throw new EnvError("AUTH_SECRET: is required");
  if (!ENCRYPTION_KEYS) throw new EnvError("ENCRYPTION_KEYS: is required");
  return { ...env, AUTH_SECRET, ENCRYPTION_KEYS };
}

/** Makes next-auth believe the two forwarded headers that `createAuth` gives it, which are ours, never the client's. */
export function believeForwardedHost(): void {
  process.env.AUTH_TRUST_HOST = "1";
}

/**
 * Publishes the decisions of this start to the rest of the process: the Next bundle is a module graph of its own and
 * reads `process.env`, where defaults and generated secrets would be missing.
 */
export function publishEnv(
  env: ServerEnv,
  { databaseUrl, dev }: { databaseUrl: string; dev: boolean },
): void {
  Object.assign(process.env, {
    NODE_ENV: dev ? "development" : "production",
    PORT: String(env.PORT),
    APP_URL: env.APP_URL,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: env.AUTH_SECRET,
    ENCRYPTION_KEYS: env.ENCRYPTION_KEYS,
    DEMO: env.DEMO ? "1" : "0",
    NEXTAUTH_URL: env.APP_URL,
    NEXTAUTH_SECRET: env.AUTH_SECRET,
    NEXT_TELEMETRY_DISABLED: "1",
  });
}

/**
 * The environment of a child process that builds: what the system needs, none of our secrets, so that nothing of this
 * machine can end up in a bundle.
 */
export function buildEnvironment(): NodeJS.ProcessEnv {
  const kept = ["PATH", "HOME", "TMPDIR", "LANG", "CI", "NODE_OPTIONS", "FORCE_COLOR", "NO_COLOR", "TERM"];
  return {
    ...Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    TURBO_TELEMETRY_DISABLED: "1",
  };
}
