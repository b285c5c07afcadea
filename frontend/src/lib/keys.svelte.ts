/** Keys: each page says which it knows, the help lists them, and single letters can be turned off (WCAG 2.1.4). */
import { onMount } from "svelte";
import { prefs } from "./prefs.svelte.ts";

export interface Key {
  /** "j", "Shift+J", "ArrowDown", "g q" (one after the other), or several with "|" between them. */
  keys: string;
  label: string;
  run: (event: KeyboardEvent) => void;
  /** also while a field has the focus */
  inFields?: boolean;
  hidden?: boolean;
}

export interface KeyGroup {
  title: string;
  keys: Key[];
}

class Keyboard {
  groups = $state.raw<KeyGroup[]>([]);
  #prefix = "";
  #timer = 0;

  add(group: KeyGroup): () => void {
    this.groups = [...this.groups, group];
    return () => {
      this.groups = this.groups.filter((other) => other !== group);
    };
  }

  handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    const target = event.target as HTMLElement | null;
    const field = !!target?.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
    const pressed = event.shiftKey && event.key.length > 1 ? `Shift+${event.key}` : event.key;
    const wanted = this.#prefix ? `${this.#prefix} ${pressed}` : pressed;
    const single = pressed.length === 1;
    if (single && !prefs.letters && pressed !== "?") return;
    // the page's keys go before those of the shell
    for (const group of [...this.groups].reverse()) {
      for (const key of group.keys) {
        if (!key.keys.split("|").includes(wanted) || (field && !key.inFields)) continue;
        // Enter and Space belong to the button or link that has the focus
        if ((pressed === "Enter" || pressed === " ") && target?.closest("button, a[href], summary, [role=option], input")) continue;
        event.preventDefault();
        this.#forget();
        key.run(event);
        return;
      }
    }
    const begins = !field && this.groups.some((group) => group.keys.some((key) => key.keys.startsWith(`${pressed} `)));
    this.#forget();
    if (begins) {
      this.#prefix = pressed;
      this.#timer = setTimeout(() => this.#forget(), 1200) as unknown as number;
    }
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#prefix = "";
  }
}

export const keyboard = new Keyboard();

/** The keys of a component, for as long as it is shown. */
export function useKeys(title: string, keys: Key[]): void {
  onMount(() => keyboard.add({ title, keys }));
}
