import { presetNamed } from "../faults/presets.js";
import type { Parsed } from "../units/parse.js";
import { type TimeLaw, lawOfSample, logNormalThrough } from "../units/time-law.js";
import type { RawTimeLaw } from "./fault-format.js";

const KINDS = "exactly one of exponential, weibull, log_normal, empirical, constant, or the name of a preset";
const refused = (expected: string): Parsed<TimeLaw> => ({ ok: false, expected });

/** The law that a scenario file gives by name or by its parameters, or what would have been right. */
export function timeLawOf(raw: RawTimeLaw): Parsed<TimeLaw> {
  if (typeof raw === "string") {
    const preset = presetNamed(raw);
    return preset === undefined ? refused(KINDS) : { ok: true, value: preset.law };
  }
  if (Object.keys(raw).length !== 1) return refused(KINDS);
  const law = lawFrom(raw);
  return law === null
    ? refused("times above 0, a Weibull shape of 0.1 to 20, and quantiles that rise")
    : { ok: true, value: law };
}

function lawFrom(raw: Exclude<RawTimeLaw, string>): TimeLaw | null {
  const { exponential, constant, weibull, log_normal: logNormal, empirical } = raw;
  if (exponential !== undefined) return exponential > 0 ? { kind: "exponential", mean: exponential } : null;
  if (constant !== undefined) return constant > 0 ? { kind: "constant", value: constant } : null;
  if (weibull?.scale !== undefined && weibull.shape !== undefined) {
    const fine = weibull.scale > 0 && weibull.shape >= 0.1 && weibull.shape <= 20;
    return fine ? { kind: "weibull", scale: weibull.scale, shape: weibull.shape } : null;
  }
  if (logNormal?.median !== undefined) {
    const { median, p95, p99 } = logNormal;
    const [u, value] = p95 === undefined ? [0.99, p99] : [0.95, p95];
    if (value === undefined || (p95 !== undefined && p99 !== undefined)) return null;
    return median > 0 && value > median ? logNormalThrough(median, u, value) : null;
  }
  const sample = (empirical ?? []).filter((each) => each !== undefined);
  return sample.length > 0 && sample.some((each) => each > 0) ? lawOfSample(sample) : null;
}
