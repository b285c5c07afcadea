/** Something asked of the desk, asked again when what it depends on changes; late answers are dropped. */

export class Load<T> {
  value = $state.raw<T | null>(null);
  error = $state.raw<Error | null>(null);
  loading = $state(false);
  #stop: AbortController | null = null;

  async take(ask: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    this.#stop?.abort();
    const stop = new AbortController();
    this.#stop = stop;
    this.loading = true;
    try {
      const value = await ask(stop.signal);
      if (stop.signal.aborted) return null;
      this.value = value;
      this.error = null;
      return value;
    } catch (error) {
      if (!stop.signal.aborted) this.error = error instanceof Error ? error : new Error(String(error));
      return null;
    } finally {
      if (this.#stop === stop) this.loading = false;
    }
  }
}
