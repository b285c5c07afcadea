/** What is being waited for; the shell shows it where it takes longer than a reader notices. */
import { untrack } from "svelte";

class Busy {
  count = $state(0);

  begin(): () => void {
    // whoever asks for something does not thereby depend on what else is asked for
    untrack(() => (this.count += 1));
    let ended = false;
    return () => {
      if (!ended) this.count -= 1;
      ended = true;
    };
  }
}

export const busy = new Busy();
