/*
 * Before the first paint and ever after: the theme kept on this device, else the system's. Plain text, because it runs
 * before any bundle; changes come as events (`use-theme.ts`), of the system's and of other tabs.
 */
const script = `(()=>{const root=document.documentElement,system=matchMedia("(prefers-color-scheme: dark)");
const apply=()=>{let theme=root.dataset.theme;try{theme=localStorage.getItem("theme")??theme}catch{}
const isDark=theme==="dark"||theme!=="light"&&system.matches;
if(root.classList.contains("dark")===isDark)return;
root.dataset.still="";root.classList.toggle("dark",isDark);getComputedStyle(root).color;setTimeout(()=>delete root.dataset.still,1)};
apply();system.addEventListener("change",apply);addEventListener("storage",apply);addEventListener("creneau:theme",apply)})()`;

/** The one mechanism of light and dark: costs the pages of clients no bundle. */
export function ThemeScript({ nonce }: { nonce: string | undefined }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, signed by the nonce
  return <script suppressHydrationWarning nonce={nonce} dangerouslySetInnerHTML={{ __html: script }} />;
}
