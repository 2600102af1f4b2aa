import type { TenantScope } from "@creneau/db/tenant-scope";
import { initTRPC, TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import type { UserActor } from "./actor.ts";
import type { Context } from "./context.ts";
import { AppError, type ErrorCode, errorCodes, foreseenError, httpStatusOf } from "./errors.ts";
import type { Session } from "./identity/session.ts";
import { scopeOfSeat } from "./tenant-doors.ts";
import { workOf } from "./tenant-work.ts";

/*
 * 1. Errors: one map from our codes to the transport's; `data.code` is ours and stable.
 */
const transportToCode: Partial<Record<TRPCError["code"], ErrorCode>> = {
  BAD_REQUEST: "invalid_input",
  PARSE_ERROR: "invalid_input",
  UNSUPPORTED_MEDIA_TYPE: "invalid_input",
  METHOD_NOT_SUPPORTED: "invalid_input",
  PAYLOAD_TOO_LARGE: "invalid_input",
  NOT_FOUND: "not_found",
  UNAUTHORIZED: "unauthenticated",
  FORBIDDEN: "forbidden",
  TOO_MANY_REQUESTS: "rate_limited",
};

const t = initTRPC.context<Context>().create({
  errorFormatter({ shape, error }) {
    // Also where no middleware stands: a session that cannot be read, a subscription in the middle of its life.
    const known = foreseenError(error);
    const code: ErrorCode = known?.code ?? transportToCode[error.code] ?? "internal";
    const issues = error.cause instanceof ZodError ? error.cause.issues : null;
    const details =
      known?.details ??
      (issues && {
        issues: issues.map(({ path, code, message }) => ({ path: path.join("."), code, message })),
      });
    return {
      ...shape,
      // An unforeseen error's own words may hold a row or a statement: they go to the log, not to the caller.
      message:
        known?.message ??
        (code === "internal" ? "Something went wrong on our side" : issues ? "Invalid input" : error.message),
      data: {
        httpStatus: known ? httpStatusOf(known) : shape.data.httpStatus,
        path: shape.data.path,
        code,
        details: details ?? null,
      },
    };
  },
});

/*
 * 2. Routers and callers.
 */
export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/*
 * 3. Every procedure: our errors become the transport's, once.
 */
const withErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok) throw transportError(result.error);
  // A subscription may refuse later, in the same words.
  return isAsyncIterable(result.data) ? { ...result, data: withTransportErrors(result.data) } : result;
});

/** One of ours as the transport's; anything else as it is. */
function transportError(error: unknown): unknown {
  const cause = foreseenError(error);
  return cause ? new TRPCError({ code: errorCodes[cause.code], message: cause.message, cause }) : error;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

async function* withTransportErrors<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item> {
  try {
    yield* items;
  } catch (error) {
    throw transportError(error);
  }
}

/** Anybody, signed in or not. */
export const publicProcedure = t.procedure.use(withErrors);

/*
 * 4. Signed in, with or without an organization.
 */
export const userProcedure = publicProcedure.use(({ ctx, next }) => {
  if (!ctx.session) throw new AppError("unauthenticated", "Sign in first");
  return next({ ctx: { session: ctx.session } });
});

/*
 * 5. Inside one organization: the only way from a session to a tenant's work.
 */
export const tenantProcedure = userProcedure.use(({ ctx, next }) => {
  const seat = tenantOf(ctx.session);
  if (!seat) throw new AppError("forbidden", "You belong to no organization");
  return next({ ctx: { work: workOf(ctx, seat) } });
});

/** Who acts where; null for a user without an organization. */
export function tenantOf({ seat, user }: Session): { scope: TenantScope; actor: UserActor } | null {
  if (!seat) return null;
  const { role, siteIds, providerId } = seat;
  return {
    scope: scopeOfSeat(seat),
    actor: { kind: "user", userId: user.id, userName: user.name, role, siteIds, providerId },
  };
}
