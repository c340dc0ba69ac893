import { NOBODY } from "../policies/contract.js";
import { CAUSE_NAMES } from "../simulation/causes.js";
import { formatMoment, formatRounded } from "../units/time.js";
import { count, moment } from "./layout.js";
import type { Session } from "./session.js";

const sum = (column: Float64Array): number => column.reduce((total, each) => total + each, 0);

/** Where the run stands, who leads, and how users have fared so far. */
export function status(session: Session): string[] {
  const { world, plan, now, outcome, facts } = session;
  const { availability, oracle, control, groups, engine } = world;
  const name = (region: number): string => (region === NOBODY ? "nobody" : plan.regions[region]!.name);
  const leaders = control.failovers.map(({ leader, doing }, group) => {
    const who = `${name(leader)}${groups.label(group)}`;
    return doing === "nothing" ? who : `${who} (under way: ${doing})`;
  });
  const answered = sum(availability.succeeded);
  const share =
    availability.ended === 0 ? "" : `, ${((answered / availability.ended) * 100).toFixed(3)} % of them well`;
  const failed = CAUSE_NAMES.flatMap((cause, index) => {
    const number = availability.failedBy[index]!;
    return number > 0 ? [`${number} ${cause.replaceAll("_", " ")}`] : [];
  });
  const holding = world.plan.faults.filter(({ at, until }) => at <= now && until > now);
  const faults = holding.map(({ label, until }) =>
    until === Number.POSITIVE_INFINITY ? label : `${label} (${formatRounded(until - now)} more)`,
  );
  return [
    `time     ${moment(now, plan.duration)}${outcome === null ? "" : ": the run is over"}; ${facts.architecture}, seed ${facts.seed}`,
    `leads    ${groups.all.every(({ primary }) => primary === NOBODY) ? "nobody: every copy takes writes" : `${leaders.join("; ")}, as believed`}`,
    `users    ${availability.ended} requests have ended${share}`,
    ...(failed.length === 0 ? [] : [`failed   ${failed.join(", ")}`]),
    `writes   ${oracle.lost === 0 ? "none" : oracle.lost} of those acknowledged ${oracle.lost === 1 ? "is" : "are"} known to be lost`,
    `faults   ${faults.length === 0 ? "none now" : faults.join(", ")}`,
    `orders   ${count(session.orders, "order", "orders")} given here`,
    ...(outcome === null
      ? [`digest   ${engine.digest()} of the events so far`]
      : [`digests  ${outcome.digests.events} of the events, ${outcome.digests.metrics} of the metrics`]),
  ];
}

/** What has happened from a moment on, for whoever let time pass. */
export function since(session: Session, from: number): string[] {
  const told = session.chronicle.entries.filter(({ at }) => at > from && at <= session.world.engine.now);
  const MOST = 20;
  const lines = told.slice(-MOST).map(({ at, text }) => `${formatMoment(at).padStart(20)}  ${text}`);
  return told.length > MOST ? [`(${told.length - MOST} earlier ones: \`health history\`)`, ...lines] : lines;
}
