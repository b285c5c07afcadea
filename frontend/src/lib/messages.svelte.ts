/** Short messages at the edge of the screen, read out by screen readers; some can be undone. */
import { ApiError } from "./api.ts";

export interface Message {
  id: number;
  words: string;
  todo: string;
  bad: boolean;
  undo: (() => void) | null;
}

class Messages {
  list = $state<Message[]>([]);
  #next = 1;

  say(words: string, options: { undo?: () => void; bad?: boolean; todo?: string } = {}): void {
    const message: Message = {
      id: this.#next++,
      words,
      todo: options.todo ?? "",
      bad: options.bad ?? false,
      undo: options.undo ?? null,
    };
    this.list = [...this.list.slice(-2).map((older) => ({ ...older, undo: null })), message];
    setTimeout(() => this.drop(message.id), message.bad ? 12000 : 6000);
  }

  fail(error: unknown): void {
    if (error instanceof DOMException && error.name === "AbortError") return;
    const words = error instanceof Error ? error.message : String(error);
    this.say(words, { bad: true, todo: error instanceof ApiError ? error.todo : "" });
  }

  drop(id: number): void {
    this.list = this.list.filter((message) => message.id !== id);
  }
}

export const messages = new Messages();
