import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPlainLine, isPlainText, tidyLine, tidyText } from "./human-text.ts";

/** Every control character of Unicode (category Cc). */
const controls = Array.from({ length: 160 }, (_, code) => code)
  .filter((code) => code < 32 || code > 126)
  .map((code) => String.fromCharCode(code));

describe("a line", () => {
  it("is composed, tidy, and without what nobody sees", () => {
    const kept: [string, string][] = [
      ["  Zoe\u0301   Martin ", "Zoé Martin"],
      ["Jean\tDupont", "Jean Dupont"],
      ["\u202a+33 6 12 34 56 78\u202c", "+33 6 12 34 56 78"],
      ["\ufeffDupont", "Dupont"],
      ["Du\u00adpont", "Dupont"],
      ["Du\u200bpont", "Dupont"],
      ["abc\u202etxt.exe", "abctxt.exe"],
      ["Nguyễn", "Nguyễn"],
      ["e\u200b\u0301", "é"],
      ["山\u3000田", "山 田"],
      ["Qui\u202f? Moi\u00a0: oui", "Qui\u202f? Moi\u00a0: oui"],
      ["👩\u200d⚕️ می\u200cخواهم", "👩\u200d⚕️ می\u200cخواهم"],
    ];
    for (const [typed, tidy] of kept) {
      expect(tidyLine(typed), JSON.stringify(typed)).toBe(tidy);
      expect(isPlainLine(tidy)).toBe(true);
    }
  });

  it("is empty when nobody would see anything of it", () => {
    for (const unseen of ["", "   ", "\u200b", "\u200d\ufe0f", "\u3164", "\u00a0", "\u115f\u1160"]) {
      expect(tidyLine(unseen), JSON.stringify(unseen)).toBe("");
    }
  });

  it("is refused with a control character, a line break, or half a character, wherever it stands", () => {
    const bad = [
      ...controls.filter((control) => control !== "\t"),
      "\u2028",
      "\u2029",
      "\ud800",
      "\udc00",
      "\uffff",
    ];
    for (const mark of bad) {
      for (const typed of [`a${mark}b`, `${mark}a`, `a${mark}`, mark]) {
        const tidy = tidyLine(typed);
        // At an end, a break is no more than space; nowhere may it stay unnoticed.
        expect(tidy === "" || tidy === "a" || !isPlainLine(tidy), JSON.stringify(typed)).toBe(true);
      }
      expect(isPlainLine(tidyLine(`a${mark}b`)), JSON.stringify(mark)).toBe(false);
    }
  });
});

describe("a text", () => {
  it("ends its lines with a line feed, whatever they ended with", () => {
    expect(tidyText("one\r\ntwo\rthree\u2028four\u2029five\u0085six")).toBe(
      "one\ntwo\nthree\nfour\nfive\nsix",
    );
    expect(tidyText("\n\n  one  \n\n two\t\n")).toBe("one\n\n two");
    expect(tidyText(" \r\n\u200b")).toBe("");
  });

  it("is refused with any other control character, a vertical tab or a form feed among them", () => {
    const ends = ["\n", "\r", "\t", "\u0085"];
    for (const mark of controls.filter((control) => !ends.includes(control))) {
      expect(isPlainText(tidyText(`a${mark}b`)), JSON.stringify(mark)).toBe(false);
    }
    for (const half of ["\ud83d", "\ude00"]) expect(isPlainText(tidyText(`a${half}b`))).toBe(false);
    for (const mark of ends) expect(isPlainText(tidyText(`a${mark}b`)), JSON.stringify(mark)).toBe(true);
  });
});

describe("tidying", () => {
  const anything = fc.string({ unit: "binary", maxLength: 40 });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(tidyLine(tidyLine(text))).toBe(tidyLine(text));
        expect(tidyText(tidyText(text))).toBe(tidyText(text));
      }),
    );
  });

  it("leaves what is kept free of everything that cannot be kept or shown", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const line = tidyLine(text);
        if (isPlainLine(line)) expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
        const several = tidyText(text);
        if (isPlainText(several))
          expect(several.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
      }),
    );
  });
});
