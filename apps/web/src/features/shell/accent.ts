type Rgb = [number, number, number];

const surfaces = { light: "#ffffff", dark: "#131417" } as const;
const ink = { light: "#ffffff", dark: "#0b1220" } as const;

function parse(hex: string): Rgb {
  const digits = hex.slice(1);
  return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)) as Rgb;
}

function format(rgb: Rgb): string {
  return `#${rgb.map((channel) => Math.round(channel).toString(16).padStart(2, "0")).join("")}`;
}

function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG contrast of two `#rrggbb` colours, from 1 to 21. */
export function contrast(a: string, b: string): number {
  const [lighter, darker] = [luminance(parse(a)), luminance(parse(b))].sort((x, y) => y - x) as [
    number,
    number,
  ];
  return (lighter + 0.05) / (darker + 0.05);
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return from.map((channel, at) => channel + ((to[at] ?? 0) - channel) * share) as Rgb;
}

/** Nearest tint of `hex` that reads on the theme's surface and carries the theme's ink, both at 4.5 : 1. */
export function readableAccent(hex: string, theme: "light" | "dark"): string {
  const toward: Rgb = theme === "light" ? [0, 0, 0] : [255, 255, 255];
  for (let step = 0; step <= 20; step++) {
    const candidate = format(mix(parse(hex), toward, step / 20));
    if (contrast(candidate, surfaces[theme]) >= 4.5 && contrast(candidate, ink[theme]) >= 4.5)
      return candidate;
  }
  return theme === "light" ? "#000000" : "#ffffff";
}

/** The style rule that gives a page its organization's accent; anything but `#rrggbb` gives none. */
export function accentRule(accent: string): string | null {
  if (!/^#[0-9a-f]{6}$/i.test(accent)) return null;
  return [
    ":root{",
    `--organization-accent:${readableAccent(accent, "light")};--organization-on-accent:${ink.light};`,
    `--organization-accent-dark:${readableAccent(accent, "dark")};--organization-on-accent-dark:${ink.dark}}`,
  ].join("");
}
