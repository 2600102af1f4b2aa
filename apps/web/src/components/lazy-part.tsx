"use client";

import { type ComponentType, lazy, memo, type ReactNode, Suspense, useLayoutEffect, useState } from "react";

interface Held<Props> {
  props: Props;
  /** Whether the part itself is in view, so that news may reach it. */
  isShown: boolean;
  onShow: () => void;
}

/**
 * A part of a page that is drawn on the server with the rest and whose code comes when it is needed. What the server drew
 * stays in view until then: news of the page around it would make React throw it away, so they wait too, and reach the
 * part as soon as it is there, before the browser paints.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  fallback: ReactNode = null,
): ComponentType<Props> {
  const Part = lazy(async () => {
    // Once more where the line broke.
    const Loaded = await load().catch(load);
    function Shown({ props, onShow }: Held<Props>) {
      useLayoutEffect(onShow, [onShow]);
      return <Loaded {...props} />;
    }
    return { default: Shown };
  });
  const HeldPart = memo(
    function HeldPart(held: Held<Props>) {
      return (
        <Suspense fallback={fallback}>
          <Part {...held} />
        </Suspense>
      );
    },
    (_, { isShown }) => !isShown,
  );
  return function LazyPart(props: Props) {
    const [isShown, setIsShown] = useState(false);
    const [onShow] = useState(() => () => setIsShown(true));
    return <HeldPart props={props} isShown={isShown} onShow={onShow} />;
  };
}
