/** Colours that tell kinds and holders apart, dark enough for white figures on them. */

const FAMILIES: Record<string, string> = {
  violence: "#b3261e", remote_violence: "#c04a0c", detention: "#7e3bb5", destruction: "#8f3b1a", territory: "#1f56c4", movement: "#0f766e",
  verbal: "#5f6b7a", diplomacy: "#1f7a43", coercion: "#a02aa0", relief: "#0e6f8a", support: "#53761a", forces: "#46536a", politics: "#6440c0", dissent: "#8f650a",
};
const HOLDERS = ["#0072b2", "#c65300", "#0a8560", "#a4487c", "#7d6608", "#4a5fb0", "#5a7d1e", "#8c4f1a", "#6b46a8", "#5c6470", "#b0293a", "#0f7f8c"];

export function familyColor(parent: string): string {
  return FAMILIES[parent] ?? "#5f6b7a";
}

/** A family's colour, lighter for each further type of it. */
export function typeColor(parent: string, n: number): string {
  const hex = familyColor(parent);
  const lighter = [0, 0.32, 0.55, 0.18, 0.7, 0.45][n % 6]!;
  const part = (at: number): string => Math.round(parseInt(hex.slice(at, at + 2), 16) * (1 - lighter) + 255 * lighter).toString(16).padStart(2, "0");
  return `#${part(1)}${part(3)}${part(5)}`;
}

/** The nth holder's colour; who comes often gets the most distinct. */
export function holderColor(n: number): string {
  return HOLDERS[((n % HOLDERS.length) + HOLDERS.length) % HOLDERS.length]!;
}

export const TIES: Record<string, { color: string; label: string; dash: string }> = {
  hostility: { color: "#b3261e", label: "Hostility", dash: "" },
  rivalry: { color: "#c04a0c", label: "Rivalry", dash: "5 3" },
  alliance: { color: "#1f7a43", label: "Alliance", dash: "" },
  support: { color: "#0072b2", label: "Support", dash: "" },
  membership: { color: "#7d6608", label: "Membership", dash: "2 3" },
  command: { color: "#6440c0", label: "Command", dash: "2 3" },
};
