import { benchSlots } from "../../../../packages/domain/bench/slots.ts";
import type { Benchmark } from "../benchmark.ts";

/** Slot generation in memory, without any database. */
export const slots: Benchmark = {
  name: "slots",
  about: "slots of one provider over 8 weeks, in memory",
  async run() {
    const { rows } = await benchSlots();
    return {
      tables: [{ title: "8 weeks, 15-minute grid, two windows a day, 300 busy intervals, DST inside", rows }],
    };
  },
};
