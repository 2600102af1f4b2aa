export const deadlockDetected = "40P01";
export const serializationFailure = "40001";

/** SQLSTATE of an error raised by `pg` or through Prisma's adapter; undefined for anything else. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { code, cause, meta } = error as { code?: unknown; cause?: unknown; meta?: Record<string, unknown> };
  if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && !/^P\d{4}$/.test(code)) return code;
  const adapterError = meta?.driverAdapterError as { cause?: { originalCode?: string } } | undefined;
  const original =
    adapterError?.cause?.originalCode ?? (cause as { originalCode?: string } | undefined)?.originalCode;
  return (
    original ?? (meta?.code as string | undefined) ?? (code === "P2034" ? serializationFailure : undefined)
  );
}
