import { bytes, count, duration, rate, share } from "../../scenario/parts.js";
import { type ValueOf, choice, flag, list, name, names, object, quantity } from "../../scenario/shape.js";
import type { Parsed } from "../../units/parse.js";

/** The file of requirements: every key with its shape. */

/** "20000", "20_000 USD": dollars a month. */
const dollars = quantity((value: unknown): Parsed<number> => {
  const found = /^(\d[\d_]*(?:\.\d+)?)(?:\s*USD)?$/.exec(String(value).trim());
  const amount = Number(found?.[1]?.replaceAll("_", ""));
  if (found !== null && Number.isFinite(amount)) return { ok: true, value: amount };
  return { ok: false, expected: 'dollars a month, as 20000 or "20_000 USD"' };
}, "dollars a month");

/** "2/h" of one person; a day counts too. */
const habit = quantity((value: unknown): Parsed<number> => {
  const found = /^(\d+(?:\.\d+)?)\s*\/\s*(s|min|h|d)$/.exec(String(value).trim());
  if (found === null) return { ok: false, expected: 'requests of one person, as "2/h" or "20/d"' };
  const seconds = { s: 1, min: 60, h: 3600, d: 86_400 }[found[2] as "s" | "min" | "h" | "d"];
  return { ok: true, value: Number(found[1]) / seconds };
}, "requests of one of them");

export const LEVELS = ["eventual", "session", "strong"] as const;
export type Level = (typeof LEVELS)[number];

const user = object(
  {
    place: name("a city of `faultline list places`"),
    requests: rate("mean over a day"),
    people: count("who ask, in place of requests"),
    each: habit,
    reads: share("of the requests"),
    p95: duration("within which 95 of 100 requests from here are answered"),
  },
  "users of one place and their volume",
  ["place"],
);

const dataClass = object(
  {
    share: share("of all requests"),
    consistency: choice(
      LEVELS,
      "what a read has to show: anything, what its session has written and seen, or the latest",
    ),
    owned: flag("whether each key belongs to the users of one place, so that it can live near them"),
    allowed: list(name("a region, or a jurisdiction as EU/EEA"), "the only places where it may rest", 1, 60),
  },
  "a class of data and its needs",
  ["share"],
);

export const REQUIREMENTS = object(
  {
    users: list(user, "users by place and volume", 1, 200),
    latency: object({ p95: duration("within which 95 of 100 requests are answered") }, "of all users together"),
    recovery: object(
      {
        rto: duration("from the loss of any one region until users are served again"),
        rpo: duration("for which acknowledged writes may be lost then"),
      },
      "when a region is lost",
    ),
    data: object(
      {
        size: bytes("of a whole copy"),
        value: bytes("of one value"),
        consistency: choice(LEVELS, "of all data, where there are no classes"),
        classes: names(dataClass, "classes of data, by name", 10),
      },
      "the data",
    ),
    budget: dollars,
    provider: choice(["aws", "gcp", "azure"], "whose regions"),
    candidates: list(
      name("a region"),
      "the regions to choose from; all of the provider's in the latency tables",
      1,
      30,
    ),
    regions: count("that may be chosen at most"),
    service_time: duration("mean time that a request keeps a worker"),
  },
  "what is required",
  ["users"],
);

export type RawRequirements = ValueOf<typeof REQUIREMENTS>;
