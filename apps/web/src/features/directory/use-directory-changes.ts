"use client";

import { useEffect, useRef } from "react";
import { trpc } from "../../trpc/react.ts";

/** Changes that come closer together than this are told together. */
const gatherMilliseconds = 300;

type Options = {
  /** Milliseconds that pass at least before the first telling, and between two. */
  pause?: number;
  onChange: (kinds: ReadonlySet<string>) => void;
};

/**
 * Tells which kinds of the directory anybody has changed, and answers how the line is that brings it. Every start and every
 * return of the line tells all kinds once: what came before it listened was not heard.
 */
export function useDirectoryChanges({ pause = 0, onChange }: Options) {
  const newest = useRef(onChange);
  useEffect(() => {
    newest.current = onChange;
  });
  const waiting = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const toldAt = useRef(0);
  const { status, error } = trpc.directory.onChange.useSubscription(undefined, {
    onData({ kinds }) {
      for (const kind of kinds) waiting.current.add(kind);
      const wait = Math.max(gatherMilliseconds, toldAt.current + pause - Date.now());
      timer.current ??= setTimeout(() => {
        const told = waiting.current;
        timer.current = undefined;
        toldAt.current = Date.now();
        waiting.current = new Set();
        newest.current(told);
      }, wait);
    },
  });
  useEffect(() => {
    toldAt.current = Date.now();
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, []);
  return { status, error };
}
