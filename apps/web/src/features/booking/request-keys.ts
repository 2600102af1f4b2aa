import { useRef } from "react";

/** 128 random bits; `randomUUID` is missing where the page is not served over TLS. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

/** A key for each request by its content: sent again, however often, it carries the same one and acts once. */
export function useRequestKeys(): (request: object) => string {
  const keys = useRef(new Map<string, string>());
  return (request) => {
    const content = JSON.stringify(request);
    const key = keys.current.get(content) ?? newKey();
    keys.current.set(content, key);
    return key;
  };
}
