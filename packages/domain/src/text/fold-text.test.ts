import { describe, expect, it } from "vitest";
import { foldReference, foldText } from "./fold-text.ts";

describe("foldText", () => {
  it.each([
    ["N'Guyên-d'Hœuf", "nguyen dhoeuf"],
    ["N’Guyên–d’Hœuf", "nguyen dhoeuf"],
    ["NGUYỄN THỊ ĐÀO", "nguyen thi dao"],
    ["Nguyễn Thị Đào".normalize("NFD"), "nguyen thi dao"],
    ["Łukasz Wałęsa", "lukasz walesa"],
    ["IŞIL Işıl İstanbul", "isil isil istanbul"],
    ["Straße STRAẞE", "strasse strasse"],
    ["Lætitia ÆGIR", "laetitia aegir"],
    ["Œuvre cœur", "oeuvre coeur"],
    ["Jean-Pierre  Martin", "jean pierre martin"],
    ["Jean‑Pierre\u00a0Martin", "jean pierre martin"],
    ["ＪＥＡＮ　Ｄｕｐｏｎｔ", "jean dupont"],
    ["ﬁnance", "finance"],
    ["Col·legi Gaudí", "collegi gaudi"],
    ["O'Brien O’Brien OʼBrien O`Brien O´Brien", "obrien obrien obrien obrien obrien"],
    ["Þórður Ðorđe", "thordur dorde"],
    ["ΟΔΟΣ Οδός", "οδοσ οδοσ"],
    ["Ёлкин ЙОД", "елкин иод"],
    ["Dupont\u200b\u00ad", "dupont"],
    ["  ", ""],
    ["it's 100% a_b", "its 100% a_b"],
  ])("%j is %j", (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it("keeps apart what is heard apart", () => {
    expect(foldText("が")).not.toBe(foldText("か"));
    expect(foldText("कि")).not.toBe(foldText("क"));
  });
});

describe("foldReference", () => {
  it.each([
    ["ÀB-123-CD", "ab123cd"],
    ["ab 123 cd", "ab123cd"],
    ["AB–123–CD", "ab123cd"],
    ["ＡＢ１２３ＣＤ", "ab123cd"],
    ["TR_2026/014.b", "tr2026014b"],
    ["--", ""],
  ])("%j is %j", (text, folded) => {
    expect(foldReference(text)).toBe(folded);
  });
});
