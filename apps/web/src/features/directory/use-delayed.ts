import { useEffect, useState } from "react";

/** The value as it was once it has stood still for some milliseconds: for searches while typing. */
export function useDelayed<Value>(value: Value, milliseconds = 200): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
