/** How this reader likes the desk; kept in this browser. */

type Theme = "auto" | "light" | "dark";
const NAME = "sitrep-desk";

interface Kept {
  theme: Theme;
  veil: boolean;
  letters: boolean;
  off: string[];
}

function kept(): Partial<Kept> {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? "{}") as Partial<Kept>;
  } catch {
    return {};
  }
}

class Prefs {
  theme = $state<Theme>("auto");
  /** whether veiled passages are covered until asked for */
  veil = $state(true);
  /** whether single letters are commands */
  letters = $state(true);
  /** layers that are not marked in the text */
  off = $state<string[]>([]);

  constructor() {
    const was = kept();
    if (was.theme === "light" || was.theme === "dark") this.theme = was.theme;
    this.veil = was.veil ?? true;
    this.letters = was.letters ?? true;
    this.off = Array.isArray(was.off) ? was.off.filter((name) => typeof name === "string") : [];
    this.show();
  }

  keep(): void {
    const { theme, veil, letters, off } = this;
    try {
      localStorage.setItem(NAME, JSON.stringify({ theme, veil, letters, off }));
    } catch {
      // a browser that keeps nothing still shows everything
    }
    this.show();
  }

  show(): void {
    const root = document.documentElement;
    if (this.theme === "auto") root.removeAttribute("data-theme");
    else root.dataset.theme = this.theme;
  }

  get dark(): boolean {
    return this.theme === "dark" || (this.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  }

  turn(): void {
    this.theme = this.dark ? "light" : "dark";
    this.keep();
  }
}

export const prefs = new Prefs();
