import { expect, it } from "vitest";
import { carriesLink } from "./carries-link.ts";

it.each([
  "https://evil.example/x",
  "HTTP://EVIL.EXAMPLE",
  "Vous avez gagné: www.evil.example",
  "bit.ly/3xYz",
  "Cliquez t.co/abc",
  "evil.com",
  "Cadeau sur Super-Promo.COM !",
  "gagnez.fr",
  "casino.xyz",
  "écrire à x@evil.example",
  "mailto:x",
  "ｅｖｉｌ．ｃｏｍ",
  "evil。com",
  "192.168.0.1",
  "evil.example:8080",
  "xn--vil-bma.com",
])("%s carries a link", (text) => {
  expect(carriesLink(text)).toBe(true);
});

it.each([
  "Zoé Martin",
  "M. de La Tour",
  "Dr.Dupont",
  "J.R.R. Tolkien",
  "J.-P. Le Goff",
  "O'Brien",
  "N'Guyên-d'Hœuf",
  "Mme Ly",
  "Dr. Ly",
  "Sté Dupont & Fils",
  "S.A.R.L. Martin",
  "Nguyễn Thị Đào",
  "山田 太郎",
  "Jean (père)",
  "Famille Durand: 3 pers.",
  "St.Etienne",
])("%s does not", (text) => {
  expect(carriesLink(text)).toBe(false);
});
