import { mount } from "svelte";
import "./app.css";
import App from "./App.svelte";
import { askAhead } from "./lib/api.ts";
import { PAGE_SIZE } from "./lib/pages.svelte.ts";

/** What the page at this address asks for first is asked for before the page is there. */
function ahead(): void {
  const query = new URLSearchParams(location.search);
  const id = encodeURIComponent(query.get("id") ?? "");
  const first = { limit: PAGE_SIZE, offset: 0 };
  if (["/", "/queue"].includes(location.pathname) && !location.search) askAhead("queue", { of: "incidents", state: "open", ...first });
  else if (location.pathname === "/reports" && !location.search) askAhead("reports", first);
  else if (location.pathname === "/report" && id) askAhead(`reports/${id}`, { coder: query.get("coder") });
  else if (location.pathname === "/incident" && id) askAhead(`incidents/${id}`);
  else if (location.pathname === "/situation") {
    askAhead("situation/incidents");
    askAhead("situation/control");
  }
}

ahead();
const target = document.getElementById("app");
if (target) mount(App, { target });
