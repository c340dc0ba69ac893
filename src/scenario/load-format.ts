import {
  bytes,
  count,
  duration,
  forever,
  hour,
  hoursAhead,
  plain,
  point,
  range,
  rate,
  share,
  shareOr,
} from "./parts.js";
import { type ValueOf, choice, flag, name, names, object } from "./shape.js";

export const user = object(
  {
    place: name("a city of the catalogue, or a name of your own with `at`"),
    at: point,
    utc_offset: hoursAhead,
    requests: rate("mean rate over a day, whatever becomes of earlier requests"),
    think: duration("instead of a rate: mean time from the end of a user's operation to the next one"),
    reads: share("of the requests"),
    sessions: count("users, each with a connection"),
    shape: choice(["daily", "flat"], "whether the rate follows the local day"),
    peak: hour,
    swing: share("by how much the peak exceeds the mean"),
  },
  "users in a place",
  ["place"],
);

/** What an architecture may do otherwise: all but the promise to its users. */
const habits = {
  timeout: duration("of one attempt"),
  retries: object(
    {
      attempts: count("in all"),
      backoff: range("first and longest"),
      budget: shareOr("none", "retries per first attempt, or none: no limit"),
    },
    "retries",
  ),
  hedge: object(
    {
      after: forever("until a read that is not answered is asked of a second region too, or never"),
      budget: share("second requests per operation"),
    },
    "second requests",
  ),
  circuit_breaker: object(
    {
      failures: shareOr("never", "share of failed tries at which no more are made for a while, or never"),
      of: count("tries over which the share is taken"),
      open_for: duration("until a single try finds out whether the region answers again"),
    },
    "circuit breakers, one for each place and region",
  ),
  handshakes: count("round trips before the first byte on a new connection"),
  keep_alive: duration("until an idle connection is closed"),
  pinned: share("of the users who resolve a name once and never again"),
  roaming: share("of the operations that come from another place than their user's home"),
};

export const client = object(
  { deadline: duration("until an operation has failed"), ...habits },
  "what users do when no answer comes",
);
export const clientOfArchitecture = object(habits, "where its clients do otherwise");

const requestType = object(
  {
    share: share("of all requests"),
    work: plain("times the region's service time"),
    deadline: duration("until an operation of this type has failed"),
    timeout: duration("of one attempt"),
    reads: share("of the requests of this type"),
    request: bytes("of one request, beside the data in it"),
    answer: bytes("of one answer, beside the data in it"),
    priority: choice(["normal", "low"], "low: shed at half the wait at which others are"),
  },
  "a type of requests",
  ["share"],
);
export const requests = names(requestType, "types of requests: real-time, batch, static", 3);

export const overload = object(
  {
    shed_after: forever("the wait beyond which a request is refused at once, or never"),
    propagate_deadlines: flag("requests carry their client's patience, and are not served when it is over"),
    discipline: choice(["fifo", "lifo"], "which request of the queue is served first"),
  },
  "how regions meet more than they can serve",
);

export type RawUser = ValueOf<typeof user>;
