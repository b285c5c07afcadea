/** Long lists and charts: what fits the frame stands at once, the rest follows some each frame. */
export class Growing {
  upto = $state(0);

  constructor(some: number, all: () => number) {
    this.upto = some;
    $effect(() => {
      if (this.upto >= all()) return;
      const frame = requestAnimationFrame(() => (this.upto += some));
      return () => cancelAnimationFrame(frame);
    });
  }
}
