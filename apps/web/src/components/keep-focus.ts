/** What the focus may rest on although nobody can press it: what happened, or what this part of the page is about. */
const landings = ':is(h1,h2,h3,p,div,section,article,li)[tabindex="-1"]';

let isKept = false;

function canHold(element: Element): boolean {
  return element.isConnected && !element.matches(":disabled") && element.checkVisibility();
}

/** The nearest place that is left, seen from what has gone. */
function landingNear(path: readonly Element[]): HTMLElement | undefined {
  for (const place of path) {
    if (!place.isConnected) continue;
    const found = [place, ...place.querySelectorAll<HTMLElement>(landings)].find(
      (each): each is HTMLElement => each.matches(landings) && canHold(each),
    );
    if (found) return found;
  }
  const title = document.querySelector("h1");
  title?.setAttribute("tabindex", "-1");
  return title ?? undefined;
}

/**
 * Keeps the focus on the page: when what had it goes away, is hidden or disabled, the browser leaves it on the body, at the
 * top of everything; from there it is led to the nearest heading or notice instead. Those who know better where it belongs
 * (a step's heading, the notice of what was refused) put it there themselves, and find it untouched.
 */
export function keepFocus(): void {
  if (isKept) return;
  isKept = true;
  /** What has the focus, or was pressed, and all that is around it, inside out. */
  let path: Element[] = [];
  let isLooking = false;

  function remember(target: EventTarget | null) {
    path = [];
    for (let each = target as Element | null; each; each = each.parentElement) path.push(each);
  }

  function look() {
    isLooking = false;
    const [last] = path;
    if (!last || document.activeElement !== document.body || !document.hasFocus()) return;
    // Left by its owner, for nothing in particular.
    if (canHold(last)) path = [];
    else landingNear(path)?.focus();
  }

  function lookSoon() {
    if (isLooking) return;
    isLooking = true;
    // After the browser has drawn, for only then does it give up what is hidden, and after those who know better.
    requestAnimationFrame(() => setTimeout(look, 30));
  }

  document.addEventListener("focusin", ({ target }) => remember(target));
  // Some browsers give no focus to a button that is pressed with a mouse: whoever pressed it was there all the same.
  document.addEventListener(
    "click",
    ({ target }) => {
      const pressed = (target as Element).closest("a,button");
      if (pressed && document.activeElement === document.body) remember(pressed);
    },
    true,
  );
  document.addEventListener("focusout", lookSoon);
  addEventListener("focus", lookSoon);
  new MutationObserver(lookSoon).observe(document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ["class", "disabled", "hidden"],
  });
}
