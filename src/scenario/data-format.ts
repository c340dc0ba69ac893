import { HOLDS } from "../workload/demand.js";
import { LOAD_PRESETS } from "../workload/presets.js";
import { bytes, count, plain, share } from "./parts.js";
import { type ValueOf, choice, either, flag, names, object } from "./shape.js";

const MOST_CLASSES = 20;

/** How keys of one class look and are asked for; of `data` itself these are what its classes do not say. */
const demand = {
  preset: choice(
    LOAD_PRESETS.map(({ name }) => name),
    "a well-known load: what it says holds unless said otherwise",
  ),
  holds: choice(HOLDS, "what a key holds, which decides what a write does"),
  keys: count("how many"),
  popularity: either(
    choice(["uniform", "latest"], "every key alike, or by how lately it was inserted"),
    object({ zipf: plain("its exponent") }, "Zipf", ["zipf"]),
  ),
  value: bytes("of one value"),
  reads: share("of the requests, where that is not a matter of who asks"),
  deletes: share("of the writes; a delete leaves a tombstone"),
  decrements: share("of the writes of a counter: each takes one away"),
  compare_and_set: share("of the writes: each reads first, and swaps what it has read"),
  inserts: share("of the writes: each under the next key"),
  scan: count("a read returns one to so many records"),
  local: share("of the requests that are for keys of the asker's own place; each key then belongs to the users of one"),
  personal: flag("whether they are about people, so that the GDPR protects those of people in Europe"),
};

const dataClass = object({ share: share("of all requests"), ...demand }, "a class of data", ["share"]);

export const data = object(
  {
    ...demand,
    request: bytes("of one request"),
    size: bytes("of a whole copy"),
    shards: count("failure domains of the RPO"),
    classes: names(dataClass, "classes of data, by name", MOST_CLASSES),
  },
  "the data",
);

export type RawData = ValueOf<typeof data>;
export type RawDataClass = ValueOf<typeof dataClass>;
