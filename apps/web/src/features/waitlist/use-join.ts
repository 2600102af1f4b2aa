"use client";

import { useRef, useState } from "react";
import { type Refusal, refusalOf } from "../booking/guest-client.ts";
import { useRequestKeys } from "../booking/request-keys.ts";
import { solveInWorker } from "../booking/solve-in-worker.ts";
import { type Wish, waitlist } from "./waitlist-client.ts";

/**
 * Puts the visitor on the list. Pressing twice, or again after an answer that was lost on the way, makes one entry:
 * every try for a wish carries the same key.
 */
export function useJoin() {
  const [phase, setPhase] = useState<"none" | "sending" | "proving">("none");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [joined, setJoined] = useState<{ waitlistToken: string; wish: Wish } | null>(null);
  const isUnderWay = useRef(false);
  const keyFor = useRequestKeys();

  async function join(wish: Wish): Promise<void> {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setPhase("sending");
    setRefusal(null);
    const input = { ...wish, idempotencyKey: keyFor(wish) };
    const send = () =>
      waitlist.join(input).catch(async (error) => {
        const { challenge } = refusalOf(error).details;
        if (!challenge) throw error;
        setPhase("proving");
        return waitlist.join({ ...input, challenge: await solveInWorker(challenge) });
      });
    try {
      const { waitlistToken } = await send().catch((error) => {
        if (refusalOf(error).code === "offline") return send();
        throw error;
      });
      setJoined({ waitlistToken, wish });
    } catch (error) {
      setRefusal(refusalOf(error));
    }
    isUnderWay.current = false;
    setPhase("none");
  }

  return { join, phase, refusal, joined };
}
