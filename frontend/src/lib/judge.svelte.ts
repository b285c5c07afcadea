/** Judging: every correction is one request that names the version its user saw. */
import { ApiError, send } from "./api.ts";
import { dropCards } from "./cards.ts";
import { messages } from "./messages.svelte.ts";
import type { Judged } from "./types.ts";

export interface Target {
  layer: string;
  id: string;
  report?: string;
}

interface Done {
  id: string;
  version: string;
  reload: () => Promise<unknown> | void;
  what: string;
}

class Judge {
  /** what this user did last on this page, for undo */
  done = $state.raw<Done[]>([]);

  /** Write a judgement. Answers null where it could not be written; the reader has then been told why. */
  async write(
    target: Target,
    version: string,
    correction: Record<string, unknown>,
    options: { reason?: string; what: string; reload: () => Promise<unknown> | void; quiet?: boolean },
  ): Promise<Judged | null> {
    try {
      const judged = await send<Judged>("POST", "judgements", {
        version,
        target,
        correction,
        reason: options.reason ?? "",
      });
      // a state or a name on it changes nothing but the incident itself
      dropCards(["state", "assign"].includes(String(correction.kind)) && target.layer === "incidents" ? target.id : undefined);
      const id = judged.judgement.id ?? judged.judgement.judgement ?? "";
      this.done = [...this.done.slice(-49), { id, version: judged.version, reload: options.reload, what: options.what }];
      messages.say(options.what, { undo: () => void this.undo() });
      if (!options.quiet) await options.reload();
      return judged;
    } catch (error) {
      await this.#refused(error, options.reload);
      return null;
    }
  }

  /** Take the last judgement back. */
  async undo(): Promise<void> {
    const last = this.done.at(-1);
    if (!last) {
      messages.say("There is nothing to undo.");
      return;
    }
    this.done = this.done.slice(0, -1);
    try {
      await this.take(last.id, last.version);
      messages.say(`Undone: ${last.what.charAt(0).toLowerCase()}${last.what.slice(1)}`);
      await last.reload();
    } catch (error) {
      await this.#refused(error, last.reload);
    }
  }

  async take(id: string, version: string, reason = "taken back"): Promise<Judged> {
    const judged = await send<Judged>("POST", `judgements/${encodeURIComponent(id)}/undo`, { version, reason });
    dropCards();
    return judged;
  }

  async #refused(error: unknown, reload: () => Promise<unknown> | void): Promise<void> {
    if (error instanceof ApiError && error.status === 409) {
      messages.say("Somebody changed this since you opened it. It is shown anew; nothing of yours was written.", {
        bad: true,
        todo: "Look at it again and judge then.",
      });
      await reload();
    } else {
      messages.fail(error);
    }
  }
}

export const judge = new Judge();
