import { useEffect, useState } from "react";

/** The present instant, epoch milliseconds, renewed twice a minute: what may be done changes as time goes by. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
