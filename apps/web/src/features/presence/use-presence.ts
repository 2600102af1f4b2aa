"use client";

import { useState } from "react";
import { trpc } from "../../trpc/react.ts";

/** Tells others that this appointment is open here, for as long as it is, and answers who else has it open. */
export function usePresence(appointmentId: string): { userId: string; name: string }[] {
  const [others, setOthers] = useState<{ userId: string; name: string }[]>([]);
  trpc.presence.holdOpen.useSubscription(
    { appointmentId },
    { onData: (presence) => setOthers(presence.others), onError: () => setOthers([]) },
  );
  return others;
}
