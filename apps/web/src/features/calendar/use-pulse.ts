import { useCallback, useEffect, useRef, useState } from "react";

const pulseMilliseconds = 2_400;

/** Ids to light up for a moment. */
export function usePulse() {
  const [pulsing, setPulsing] = useState<ReadonlySet<string>>(() => new Set());
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());

  const pulse = useCallback((id: string) => {
    setPulsing((current) => new Set(current).add(id));
    const timer = setTimeout(() => {
      timers.current.delete(timer);
      setPulsing((current) => new Set([...current].filter((each) => each !== id)));
    }, pulseMilliseconds);
    timers.current.add(timer);
  }, []);

  useEffect(() => {
    const running = timers.current;
    return () => {
      for (const timer of running) clearTimeout(timer);
    };
  }, []);

  return { pulsing, pulse };
}
