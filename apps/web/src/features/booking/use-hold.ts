"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { SolvedChallenge } from "./challenge.ts";
import {
  guest,
  type HoldView,
  type Refusal,
  refusalOf,
  sendOnLeaving,
  serverNow,
  type Target,
} from "./guest-client.ts";

export interface LiveHold extends HoldView {
  isExtended: boolean;
}

export type HoldPhase = "none" | "taking" | "proving" | "held" | "expired";

/** When a hold ends, on the clock that it is counted down by: the one it is judged by may be another server's. */
function endOf({ remainingMs }: { remainingMs: number }): string {
  return new Date(serverNow() + remainingMs).toISOString();
}

/** Should it fail, the server's sweep is the net. */
function giveBack(holdToken: string): Promise<unknown> {
  return guest.mutate("releaseHold", { holdToken }).catch(() => undefined);
}

/**
 * The one hold a visitor has: taken for a start, counted down by the server's clock, lengthened once, and given back
 * when they choose otherwise or leave.
 */
export function useHold(target: Target) {
  const [hold, setHold] = useState<LiveHold | null>(null);
  const [phase, setPhase] = useState<HoldPhase>("none");
  const [secondsLeft, setSecondsLeft] = useState(0);
  const live = useRef<LiveHold | null>(null);
  const asked = useRef(0);
  /** The last call that takes or gives back: the next waits for it, so that no visitor meets a hold of their own. */
  const under = useRef<Promise<unknown>>(Promise.resolve());
  const question = useRef(target);
  question.current = target;

  const set = useCallback((next: LiveHold | null, nextPhase: HoldPhase) => {
    live.current = next;
    setHold(next);
    setPhase(nextPhase);
    if (next) setSecondsLeft(Math.max(0, Math.ceil((Date.parse(next.expiresAt) - serverNow()) / 1000)));
  }, []);

  /** Gives the hold back. */
  const release = useCallback(() => {
    asked.current += 1;
    const held = live.current;
    set(null, "none");
    if (held) under.current = giveBack(held.holdToken);
  }, [set]);

  /** Takes the start; answers why not. A second call before the first has answered outdates it. */
  const take = useCallback(
    async (startsAt: string): Promise<Refusal | null> => {
      release();
      const turn = ++asked.current;
      setPhase("taking");
      const before = under.current;
      const ask = (challenge?: SolvedChallenge) =>
        guest.mutate("hold", { ...question.current, startsAt, challenge });
      const taking = before.then(() =>
        turn === asked.current
          ? ask().catch(async (error) => {
              const { challenge } = refusalOf(error).details;
              if (!challenge) throw error;
              if (turn === asked.current) setPhase("proving");
              const { solveInWorker } = await import("./solve-in-worker.ts");
              return ask(await solveInWorker(challenge));
            })
          : null,
      );
      // Whoever comes next waits for this one, and for its way back when it comes too late.
      under.current = taking.then(
        (taken) => taken && turn !== asked.current && giveBack(taken.holdToken),
        () => undefined,
      );
      try {
        const taken = await taking;
        if (!taken || turn !== asked.current) return null;
        set({ ...taken, expiresAt: endOf(taken), isExtended: false }, "held");
        return null;
      } catch (error) {
        if (turn === asked.current) set(null, "none");
        return refusalOf(error);
      }
    },
    [release, set],
  );

  /** Lengthens it, once. */
  const extend = useCallback(async (): Promise<Refusal | null> => {
    const held = live.current;
    if (!held) return null;
    try {
      const extended = await guest.mutate("extendHold", { holdToken: held.holdToken });
      if (live.current?.holdToken === held.holdToken)
        set({ ...held, expiresAt: endOf(extended), isExtended: true }, "held");
      return null;
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.code === "hold_expired") setPhase("expired");
      return refusal;
    }
  }, [set]);

  /** The server says that it is over. */
  const expire = useCallback(() => setPhase("expired"), []);

  /** The hold became a booking: nothing is left to give back. */
  const settle = useCallback(() => {
    live.current = null;
  }, []);

  useEffect(() => {
    if (phase !== "held" || !hold) return;
    const tick = () => {
      const left = Math.max(0, Math.ceil((Date.parse(hold.expiresAt) - serverNow()) / 1000));
      setSecondsLeft(left);
      if (left === 0) setPhase("expired");
    };
    tick();
    const timer = setInterval(tick, 1_000);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, [phase, hold]);

  useEffect(() => {
    const leave = () => {
      if (!live.current) return;
      sendOnLeaving("booking.releaseHold", { holdToken: live.current.holdToken });
      live.current = null;
    };
    const comeBack = ({ persisted }: PageTransitionEvent) => {
      // Out of the browser's memory the page looks as if it still held what it gave back when it was left.
      if (persisted) set(null, "none");
    };
    addEventListener("pagehide", leave);
    addEventListener("pageshow", comeBack);
    return () => {
      removeEventListener("pagehide", leave);
      removeEventListener("pageshow", comeBack);
      leave();
    };
  }, [set]);

  return { hold, phase, secondsLeft, take, extend, release, settle, expire };
}
