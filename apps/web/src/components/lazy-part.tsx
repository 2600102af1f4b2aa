"use client";

import { type ComponentType, lazy, memo, type ReactNode, Suspense } from "react";

/**
 * A part of a page that is drawn on the server with the rest and whose code comes when it is needed. What the server drew
 * stays in view until then: news of the page around it would make React throw it away, so they wait too.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  fallback: ReactNode = null,
): ComponentType<Props> {
  let isLoaded = false;
  const Part = lazy(async () => {
    // Once more where the line broke.
    const part = await load().catch(load);
    isLoaded = true;
    return { default: part as ComponentType<object> };
  });
  return memo(
    function LazyPart(props: Props) {
      return (
        <Suspense fallback={fallback}>
          <Part {...props} />
        </Suspense>
      );
    },
    () => !isLoaded,
  );
}
