/** Who gets what the streams carry, and hears of what they could not. */
export interface Recipient<T> {
  delivered(content: T, from: number, to: number, lane: number): void;
  dropped(content: T): void;
  /** The connection is gone; letters sent before may have been lost, and those sent later open a new one. */
  broken(from: number, to: number, lane: number): void;
}
