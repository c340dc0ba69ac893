import type { ClientPlan, OverloadPlan, RequestTypePlan } from "../simulation/plan.js";
import { REQUEST_DEFAULTS } from "./defaults.js";
import type { RawScenario } from "./format.js";
import { DEFAULT, type Setting, type SettingValue, type Settings, leaves, step } from "./settings.js";

/** The types of requests that the seed's edge placement tells apart. */
export const REQUEST_TYPES = Object.keys(REQUEST_DEFAULTS);

/** Adds the settings of each type of requests that the file names. */
export function expandRequests(raw: RawScenario["requests"], settings: Map<string, Setting>): void {
  for (const [name, own] of raw ?? []) {
    const at = `requests.${step(name)}`;
    for (const [key, value] of Object.entries(REQUEST_DEFAULTS[hyphenatedType(name)] ?? {}))
      settings.set(`${at}.${key}`, { value, origin: DEFAULT });
    for (const [path, value] of leaves(own ?? {}, at))
      settings.set(path, { value, origin: { kind: "file", name: path } });
  }
}

export const hyphenatedType = (name: string): string => name.replaceAll("_", "-");

export function requestTypes(raw: RawScenario, shared: Settings): RequestTypePlan[] {
  const names = [...(raw.requests?.keys() ?? [])];
  if (names.length === 0) return [typeOf("real-time", () => undefined)];
  return names.map((name) => typeOf(hyphenatedType(name), (key) => shared.get(`requests.${step(name)}.${key}`)));
}

function typeOf(name: string, setting: (key: string) => SettingValue | undefined): RequestTypePlan {
  const number = (key: string): number | null => (setting(key) as number | undefined) ?? null;
  return {
    name,
    share: number("share") ?? 1,
    work: number("work") ?? 1,
    deadline: number("deadline"),
    timeout: number("timeout"),
    reads: number("reads"),
    requestBytes: number("request"),
    answerBytes: number("answer"),
    yields: setting("priority") === "low",
  };
}

/** What the architecture says of its clients goes before what the scenario says of all. */
export function clientPlan(shared: Settings, own: Settings): ClientPlan {
  const get = <T extends SettingValue>(key: string): T =>
    (own.get(`client.${key}`) ?? shared.get(`client.${key}`)) as T;
  const [backoffFirst, backoffCap] = get<readonly [number, number]>("retries.backoff");
  const failures = get<number>("circuit_breaker.failures");
  return {
    deadline: shared.number("client.deadline"),
    timeout: get("timeout"),
    attempts: get("retries.attempts"),
    backoffFirst,
    backoffCap,
    retryBudget: get("retries.budget"),
    handshakes: get("handshakes"),
    keepAlive: get("keep_alive"),
    pinned: get("pinned"),
    roaming: get("roaming"),
    hedgeAfter: get("hedge.after"),
    hedgeBudget: get("hedge.budget"),
    breaker:
      failures === Number.POSITIVE_INFINITY
        ? null
        : { failures, window: get("circuit_breaker.of"), openFor: get("circuit_breaker.open_for") },
  };
}

export const overloadPlan = (own: Settings): OverloadPlan => ({
  shedAfter: own.number("overload.shed_after"),
  propagateDeadlines: own.get("overload.propagate_deadlines") === true,
  discipline: own.text("overload.discipline") as OverloadPlan["discipline"],
});
