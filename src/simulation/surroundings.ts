import type { Engine } from "../engine/engine.js";
import type { Keyed } from "../engine/random.js";
import type { Letter } from "../policies/contract.js";
import type { Acceptances } from "./acceptances.js";
import type { Answers } from "./answers.js";
import type { Attempts } from "./attempts.js";
import type { AllCarried } from "./carried.js";
import type { Conditions } from "./conditions.js";
import type { Groups } from "./groups.js";
import type { Drawer } from "./letters.js";
import type { Merging } from "./merging.js";
import type { Observer } from "./observer.js";
import type { Operations } from "./operations.js";
import type { Sizes } from "./sizes.js";
import type { Writes } from "./writes.js";

/** What a host needs from the world around it. */
export interface Surroundings {
  readonly engine: Engine;
  readonly writes: Writes;
  readonly attempts: Attempts;
  readonly merging: Merging;
  readonly answers: Answers;
  readonly carried: AllCarried;
  readonly observer: Observer;
  readonly drawer: Drawer<Letter>;
  /** Whether a newer term heard from a peer is believed at once. */
  readonly fencesByEpoch: boolean;
  readonly sizes: Sizes;
  readonly keys: number;
  readonly groups: Groups;
  /** Their clocks. */
  readonly conditions: Conditions;
  /** How often the host of each region's copy has died. */
  readonly lives: Int32Array;
  post(letter: Letter): void;
  /** Nobody needs the letter any more. */
  drop(letter: Letter): void;
  /** Hands the attempt on to the region that can serve it; false where that is not done. */
  forward(attempt: number, to: number): boolean;
  /** By copy, for what its policy draws. */
  luck: readonly Keyed[];
  /** What it means to everything else that a copy has been elected. */
  elected(node: number, since: number): void;
  copy(letter: Letter): void;
  /** A region has applied a write that will kill its host. */
  poisoned(write: number, region: number): void;
  readonly acceptances: Acceptances;
  /** Hands the letter to the network as a datagram. */
  cast(letter: Letter): void;
  readonly operations: Operations;
  /** How long ago that stood which a read is shown, microseconds; 0: what stands now. */
  ago(attempt: number, key: number): number;
}
