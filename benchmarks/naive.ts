/** What one writes in an afternoon: a binary heap of {time, fn} objects, swapped into place. The comparison's reference. */
export interface NaiveEvent {
  readonly time: number;
  readonly fn: () => void;
  cancelled: boolean;
}

export class NaiveEngine {
  now = 0;
  dispatched = 0;
  private readonly heap: NaiveEvent[] = [];

  schedule(delay: number, fn: () => void): NaiveEvent {
    const event = { time: this.now + delay, fn, cancelled: false };
    this.heap.push(event);
    let index = this.heap.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.heap[parent]!.time <= this.heap[index]!.time) break;
      this.swap(parent, index);
      index = parent;
    }
    return event;
  }

  run(events: number): void {
    while (this.dispatched < events && this.heap.length > 0) {
      const event = this.pop();
      if (event.cancelled) continue;
      this.now = event.time;
      this.dispatched++;
      event.fn();
    }
  }

  private pop(): NaiveEvent {
    const { heap } = this;
    this.swap(0, heap.length - 1);
    const top = heap.pop()!;
    let index = 0;
    for (;;) {
      let least = index;
      const left = 2 * index + 1;
      if (left < heap.length && heap[left]!.time < heap[least]!.time) least = left;
      if (left + 1 < heap.length && heap[left + 1]!.time < heap[least]!.time) least = left + 1;
      if (least === index) return top;
      this.swap(least, index);
      index = least;
    }
  }

  private swap(a: number, b: number): void {
    const { heap } = this;
    const kept = heap[a]!;
    heap[a] = heap[b]!;
    heap[b] = kept;
  }
}
