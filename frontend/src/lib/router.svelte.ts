/** Where the reader is: the path names the page, the query everything else, so that every state has a link. */

class Route {
  path = $state(location.pathname);
  query = $state.raw(new URLSearchParams(location.search));

  get(name: string): string {
    return this.query.get(name) ?? "";
  }
}

export const route = new Route();

function take(): void {
  route.path = location.pathname;
  route.query = new URLSearchParams(location.search);
}

addEventListener("popstate", take);

export function go(href: string, options: { replace?: boolean } = {}): void {
  const before = location.pathname;
  if (options.replace) history.replaceState(null, "", href);
  else history.pushState(null, "", href);
  take();
  if (location.pathname !== before) {
    scrollTo(0, 0);
    // a screen reader and the keyboard start at the page that has come, not at the link that is gone
    requestAnimationFrame(() => document.getElementById("main")?.focus({ preventScroll: true }));
  }
}

type Values = Record<string, string | number | null | undefined>;

/** The address of a page with a query; what is empty stays out. */
export function href(path: string, values: Values = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** Change some values of the query of this page. */
export function setQuery(values: Values, options: { push?: boolean } = {}): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === undefined || value === "") query.delete(name);
    else query.set(name, String(value));
  }
  const text = query.toString();
  const to = text ? `${location.pathname}?${text}` : location.pathname;
  if (to !== location.pathname + location.search) go(to, { replace: !options.push });
}

/** Links within the desk change the page without loading it anew. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element | null)?.closest?.("a");
  if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (link.pathname.startsWith("/api/") || link.getAttribute("href")?.startsWith("#")) return;
  event.preventDefault();
  go(link.pathname + link.search);
}
