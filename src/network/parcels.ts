const NONE = -1;

/** The letters that are on their way, as columns: what each carries, on which stream, and how it stands there. */
export class Parcels<T> {
  stream = new Int32Array(256);
  bytes = new Int32Array(256);
  /** When it was sent, in 32 bits, and which of its link's letters of that moment it is: what its luck belongs to. */
  moment = new Int32Array(256);
  twin = new Int32Array(256);
  /** Which of the explicit laws its delay follows, -1 for that of its path. */
  law = new Int32Array(256);
  /** Life of the sender in which it was sent. */
  sender = new Int32Array(256);
  /** When it will be at the other end, once it is on the wire. */
  dueAt = new Float64Array(256);
  /** Link to the next letter in whatever queue it waits. */
  next = new Int32Array(256);
  private readonly contents: (T | null)[] = [];
  private free = NONE;
  private used = 0;

  take(content: T): number {
    const letter = this.free;
    if (letter !== NONE) {
      this.free = this.next[letter]!;
      this.contents[letter] = content;
      return letter;
    }
    if (this.used === this.stream.length) this.grow();
    this.contents[this.used] = content;
    return this.used++;
  }

  give(letter: number): T {
    const content = this.contents[letter];
    if (content == null) throw new Error(`internal error: letter ${letter} ended twice`);
    this.contents[letter] = null;
    this.next[letter] = this.free;
    this.free = letter;
    return content;
  }

  /** Calls `visit` for every letter on its way. */
  each(visit: (letter: number) => void): void {
    for (let letter = 0; letter < this.used; letter++) if (this.contents[letter] !== null) visit(letter);
  }

  private grow(): void {
    this.stream = doubled(this.stream);
    this.bytes = doubled(this.bytes);
    this.moment = doubled(this.moment);
    this.twin = doubled(this.twin);
    this.law = doubled(this.law);
    this.sender = doubled(this.sender);
    this.dueAt = doubledDoubles(this.dueAt);
    this.next = doubled(this.next);
  }
}

function doubled(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2);
  larger.set(column);
  return larger;
}

function doubledDoubles(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(column.length * 2);
  larger.set(column);
  return larger;
}
