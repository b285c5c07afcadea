/** The desk's API: one way to ask, one way to tell. */
import { busy } from "./busy.svelte.ts";

export class ApiError extends Error {
  readonly status: number;
  readonly todo: string;
  readonly body: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    super(typeof body.error === "string" ? body.error : `The desk answered ${status}.`);
    this.status = status;
    this.todo = typeof body.todo === "string" ? body.todo : "";
    this.body = body;
  }
}

let token = "";

export function setToken(value: string): void {
  token = value;
}

type Params = Record<string, string | number | boolean | null | undefined | string[]>;

export function address(path: string, params: Params = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (Array.isArray(value)) for (const part of value) query.append(name, part);
    else if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return `/api/${path}${text ? `?${text}` : ""}`;
}

async function answer<T>(request: Promise<Response>): Promise<T> {
  const done = busy.begin();
  try {
    let response: Response;
    try {
      response = await request;
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw new ApiError(0, {
        error: "The desk does not answer.",
        todo: "Is `sitrep desk` still running in its terminal? Start it again and reload this page.",
      });
    }
    const body: unknown = response.status === 204 ? null : await response.json().catch(() => null);
    if (!response.ok) throw new ApiError(response.status, (body ?? {}) as Record<string, unknown>);
    return body as T;
  } finally {
    done();
  }
}

const asked = new Map<string, Promise<Response>>();

/** Ask while the pages are still being made ready; whoever asks for the same next gets that answer. */
export function askAhead(path: string, params: Params = {}): void {
  const url = address(path, params);
  const response = fetch(url, { headers: { Accept: "application/json" } });
  response.catch(() => undefined);
  asked.set(url, response);
  setTimeout(() => asked.delete(url), 4000);
}

export function get<T>(path: string, params: Params = {}, signal?: AbortSignal): Promise<T> {
  const url = address(path, params);
  const ahead = asked.get(url);
  asked.delete(url);
  return answer<T>(ahead ?? fetch(url, { signal, headers: { Accept: "application/json" } }));
}

export function send<T>(method: "POST" | "PUT" | "DELETE", path: string, body: unknown = {}): Promise<T> {
  return answer<T>(
    fetch(address(path), {
      method,
      headers: { "Content-Type": "application/json", "X-CSRF-Token": token, Accept: "application/json" },
      body: JSON.stringify(body),
    }),
  );
}
