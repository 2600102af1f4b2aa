import { sessionRouter } from "./identity/router.ts";
import { router } from "./trpc.ts";

/** The whole API; each slice brings its own router. */
export const appRouter = router({
  session: sessionRouter,
});

export type AppRouter = typeof appRouter;
