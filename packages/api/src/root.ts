import { appointmentsRouter } from "./appointments/router.ts";
import { availabilityRouter } from "./availability/router.ts";
import { directoryRouter } from "./directory/router.ts";
import { sessionRouter } from "./identity/router.ts";
import { jobsRouter } from "./jobs/router.ts";
import { router } from "./trpc.ts";

/** The whole API; each slice brings its own router. */
export const appRouter = router({
  jobs: jobsRouter,
  session: sessionRouter,
  appointments: appointmentsRouter,
  directory: directoryRouter,
  availability: availabilityRouter,
});

export type AppRouter = typeof appRouter;
