import { appointmentsRouter } from "./appointments/router.ts";
import { attendeesRouter } from "./attendees/router.ts";
import { availabilityRouter } from "./availability/router.ts";
import { bookingRouter } from "./booking/router.ts";
import { calendarFeedRouter } from "./calendar-files/router.ts";
import { clientLinksRouter } from "./client-links/router.ts";
import { directoryRouter } from "./directory/router.ts";
import { sessionRouter } from "./identity/router.ts";
import { jobsRouter } from "./jobs/router.ts";
import { membersRouter } from "./members/router.ts";
import { notesRouter } from "./notes/router.ts";
import { notificationsRouter } from "./notifications/router.ts";
import { presenceRouter } from "./presence/router.ts";
import { router } from "./trpc.ts";
import { waitlistRouter } from "./waitlist/router.ts";

/** The whole API; each slice brings its own router. */
export const appRouter = router({
  jobs: jobsRouter,
  session: sessionRouter,
  appointments: appointmentsRouter,
  directory: directoryRouter,
  clientLinks: clientLinksRouter,
  availability: availabilityRouter,
  booking: bookingRouter,
  calendarFeed: calendarFeedRouter,
  attendees: attendeesRouter,
  notes: notesRouter,
  members: membersRouter,
  notifications: notificationsRouter,
  presence: presenceRouter,
  waitlist: waitlistRouter,
});

export type AppRouter = typeof appRouter;
