import { at, factsWith, weekly } from "./availability/sample-facts.fixture.ts";
import { slots } from "./availability/slots.ts";
import { formatInstant } from "./time/iso-instant.ts";
import { localDate } from "./time/local-date.ts";
import { instantFromLocal, localTimeOf } from "./time/local-time.ts";
import { zone } from "./time/zone.ts";

// Run by process-zone.test.ts in processes with different zones. `control` is what must differ between them.
const facts = factsWith({
  now: at("2026-03-27T00:00Z"),
  schedule: {
    zone: zone("Europe/Paris"),
    provider: { rules: weekly([6, 7, 1], "01:00-05:00"), exceptions: [] },
  },
});
const found = slots({ facts, from: facts.now, to: at("2026-04-01T00:00Z") });
const local = { date: localDate("2026-10-25"), minute: 150, zone: zone("Europe/Paris") };
console.log(
  JSON.stringify({
    result: [
      found.map(formatInstant),
      found.map((start) => localTimeOf(start, zone("America/St_Johns"))),
      instantFromLocal({ ...local, gap: "forward", overlap: "earlier" }),
    ],
    control: new Date(2026, 2, 29, 9).getTime(),
  }),
);
