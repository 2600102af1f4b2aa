import { type DestinationStream, type Logger, pino } from "pino";

export type { Logger };

/** Fields that may hold a secret or a person; they are cut wherever they appear near the top of a record. */
const confidential = [
  "authorization",
  "cookie",
  "password",
  "passwordHash",
  "currentPassword",
  "newPassword",
  "token",
  "secret",
  "email",
  "name",
  "phone",
  "address",
  "headers",
  "input",
  "body",
];

/** The process's logger: JSON lines, message after the fields, no secrets and nobody's personal data. */
export function createLog({
  level,
  destination,
}: {
  level: string;
  destination?: DestinationStream;
}): Logger {
  return pino(
    {
      level,
      base: { service: "creneau" },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError, error: describeError },
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: confidential.flatMap((field) => [field, `*.${field}`]), censor: "[redacted]" },
    },
    destination ?? pino.destination({ fd: 1, sync: false }),
  );
}

const quoted = /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()]*)\)=\((?:[^()]*)\))/g;
const emailLike = /[^\s@<>"'(),;:=]+@[^\s@<>"'(),;:=]+/g;

/**
 * What of an error goes to the log: its kind, code, stack, and its words without quoted values or e-mail addresses,
 * since a database error repeats the row it refused.
 */
function describeError(error: unknown): {
  kind: string;
  code?: string;
  message: string;
  stack?: string;
} {
  if (!(error instanceof Error)) return { kind: typeof error, message: "thrown value is not an error" };
  const code = (error as { code?: unknown }).code;
  const message = error.message.replace(quoted, "…").replace(emailLike, "…").slice(0, 500);
  const stack = error.stack
    ?.split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .join("\n");
  return { kind: error.name, ...(typeof code === "string" && { code }), message, ...(stack && { stack }) };
}
