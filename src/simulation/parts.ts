import type { Engine } from "../engine/engine.js";
import type { Streams } from "../network/streams.js";
import type { Letter } from "../policies/contract.js";
import type { Conditions } from "./conditions.js";
import type { ControlPlane } from "./control-plane.js";
import type { Copies } from "./copies.js";
import type { Faults } from "./faults.js";
import type { Forwarding } from "./forwarding.js";
import type { Groups } from "./groups.js";
import type { HostEvents } from "./host-events.js";
import type { Newcomers } from "./newcomers.js";
import type { Observer } from "./observer.js";
import type { Operator } from "./operator.js";
import type { Post } from "./post.js";
import type { RegionAgent } from "./region-agent.js";
import type { Replicas } from "./replicas.js";
import type { Requests } from "./requests.js";
import type { Servers } from "./servers.js";
import type { Surges } from "./surges.js";
import type { SystemOfRecord } from "./system-of-record.js";
import type { UserSide } from "./user-side.js";

/**
 * The parts of a run that events are handed to, and that live and die with their regions. Made once, of one shape: what
 * is asked for at every event must not look new to the compiler.
 */
export interface Parts {
  readonly engine: Engine;
  readonly conditions: Conditions;
  readonly streams: Streams<Letter>;
  readonly post: Post;
  readonly users: UserSide;
  readonly surges: Surges;
  readonly servers: readonly Servers[];
  readonly requests: Requests;
  readonly forwarding: Forwarding;
  readonly replicas: Replicas;
  readonly hostEvents: HostEvents;
  readonly copies: Copies;
  readonly control: ControlPlane;
  readonly agents: readonly RegionAgent[];
  readonly record: SystemOfRecord;
  readonly faults: Faults;
  readonly operator: Operator;
  readonly observer: Observer;
  readonly groups: Groups;
  /** Null where nobody adds a region. */
  readonly newcomers: Newcomers | null;
}
