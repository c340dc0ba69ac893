import { formatShare } from "../units/format.js";
import { formatDuration } from "../units/time.js";
import { meant } from "./check.js";
import type { RawScenario } from "./format.js";
import { REQUEST_TYPES, hyphenatedType, requestTypes } from "./load.js";
import { type Settings, step } from "./settings.js";
import type { Source } from "./source.js";

/** Types of requests: known ones, each once, with shares that make a whole and a patience that is one. */
export function checkRequests(raw: RawScenario, shared: Settings, source: Source): void {
  if (raw.requests === undefined) return;
  const seen = new Set<string>();
  for (const name of raw.requests.keys()) {
    const at = `requests.${step(name)}`;
    const known = hyphenatedType(name);
    if (!REQUEST_TYPES.includes(known))
      source.errorAt(
        at,
        `there is no type of requests "${name}"`,
        `one of ${REQUEST_TYPES.join(", ")}`,
        meant(known, REQUEST_TYPES),
      );
    else if (seen.has(known)) source.errorAt(at, `"${name}" stands here for the second time`, "each type once");
    seen.add(known);
  }
  if ([...raw.requests.values()].some((type) => type?.share === undefined)) return;
  const types = requestTypes(raw, shared);
  const share = types.reduce((sum, type) => sum + type.share, 0);
  if (Math.abs(share - 1) > 1e-3)
    source.errorAt("requests", `the shares of the types make ${formatShare(share)}`, "100% together");
  [...raw.requests.keys()].forEach((name, index) => {
    const { deadline, timeout } = types[index]!;
    const at = `requests.${step(name)}`;
    checkPatience(
      timeout ?? shared.number("client.timeout"),
      deadline ?? shared.number("client.deadline"),
      source.has(`${at}.timeout`) ? `${at}.timeout` : `${at}.deadline`,
      source,
    );
  });
}

/** An architecture may have its clients give up a try earlier, or later. */
export function checkClients(raw: RawScenario, shared: Settings, source: Source): void {
  for (const [name, architecture] of raw.architectures ?? []) {
    const timeout = architecture?.client?.timeout;
    if (timeout !== undefined)
      checkPatience(timeout, shared.number("client.deadline"), `architectures.${step(name)}.client.timeout`, source);
  }
}

function checkPatience(timeout: number, deadline: number, at: string, source: Source): void {
  if (timeout > deadline)
    source.errorAt(
      at,
      "one attempt may take longer than the whole operation",
      `a time-out of at most ${formatDuration(deadline)}, the deadline`,
    );
}

/** Users ask at a rate, after they have thought, or when a trace says so. */
export function checkAsking(raw: RawScenario, source: Source): void {
  if (raw.trace !== undefined && raw.data?.classes !== undefined)
    source.errorAt("data.classes", "a trace names its keys by itself", "no classes", "take them away, or the trace");
  raw.users?.forEach((user, index) => {
    if (user === undefined) return;
    const at = `users.${index}`;
    const has = (key: string): boolean => source.has(`${at}.${key}`);
    if (raw.trace !== undefined) {
      for (const key of ["requests", "think"].filter(has))
        source.errorAt(`${at}.${key}`, "the trace says when these users ask", undefined, `take "${key}:" away`);
      return;
    }
    if (!has("requests") && !has("think"))
      source.errorAt(at, "nothing says how often these users ask", undefined, 'add "requests:" (a rate) or "think:"');
    if (has("requests") && has("think"))
      source.errorAt(
        `${at}.think`,
        "these users ask at a rate, and also whenever they have thought",
        "one of requests and think",
        "with think, the rate follows from sessions and how long answers take",
      );
  });
}
