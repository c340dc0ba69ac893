import { Observer } from "./observer.js";
import type { World } from "./world.js";

/** An observer that somebody adds to a run from outside: it is shown the world first, and told when the run is over. */
export abstract class Watcher extends Observer {
  abstract begin(world: World): void;
  /** Nothing happens any more. */
  abstract end(): void;
}
