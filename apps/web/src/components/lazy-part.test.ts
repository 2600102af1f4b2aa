import { act, createElement } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { lazyPart } from "./lazy-part.tsx";

/** As much of a document as React needs to show text in an element. */
function textElement() {
  const texts: { nodeValue: string }[] = [];
  const document = {
    nodeType: 9,
    addEventListener: () => undefined,
    createTextNode: (nodeValue: string) => ({ nodeType: 3, nodeValue }),
  };
  const element = {
    nodeType: 1,
    nodeName: "DIV",
    tagName: "DIV",
    namespaceURI: "http://www.w3.org/1999/xhtml",
    ownerDocument: document,
    addEventListener: () => undefined,
    appendChild: (text: { nodeValue: string }) => void texts.push(text),
    insertBefore: (text: { nodeValue: string }) => void texts.unshift(text),
    removeChild: (text: { nodeValue: string }) => void texts.splice(texts.indexOf(text), 1),
    get textContent() {
      return texts.map(({ nodeValue }) => nodeValue).join("");
    },
    set textContent(_) {
      texts.length = 0;
    },
  };
  return element;
}

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.stubGlobal("window", { event: undefined, HTMLIFrameElement: class {} });
});
afterEach(() => vi.unstubAllGlobals());

type Steps = (tell: (text: string) => Promise<void>, arrive: () => Promise<void>) => Promise<void>;

/** What is in view after the steps: news told to a part, and the arrival of its code. */
async function shownIn(steps: Steps) {
  const { createRoot } = await import("react-dom/client");
  const code = Promise.withResolvers<({ text }: { text: string }) => string>();
  const Part = lazyPart(() => code.promise, "…");
  const element = textElement();
  const root = createRoot(element as unknown as Element);
  await steps(
    (text) => act(async () => root.render(createElement(Part, { text }))),
    () => act(async () => code.resolve(({ text }) => text)),
  );
  return element.textContent;
}

it("shows the news that arrived before the code of the part did", async () => {
  const shown = await shownIn(async (tell, arrive) => {
    await tell("first");
    await tell("news");
    await arrive();
  });
  expect(shown).toBe("news");
});

it("shows the news that arrives after the code of the part", async () => {
  const shown = await shownIn(async (tell, arrive) => {
    await tell("first");
    await arrive();
    await tell("news");
  });
  expect(shown).toBe("news");
});

it("keeps its place until the code is there, whatever the news", async () => {
  const shown = await shownIn(async (tell) => {
    await tell("first");
    await tell("news");
  });
  expect(shown).toBe("…");
});
