import { COMMANDS, HAPPENINGS, type Words, usage } from "../operate/commands.js";
import type { Command } from "../operate/parse.js";
import { isVain } from "../operate/told.js";
import { parseDuration } from "../units/parse.js";
import { nearest } from "../units/text.js";
import { verdict } from "./chaos-test.js";
import type { Happening } from "./chronicle.js";
import { failoverDryRun } from "./failover-test.js";
import { healthCheck, healthHistory } from "./health.js";
import { latencyTest } from "./latency-test.js";
import { clock, moment } from "./layout.js";
import { regionList } from "./region-list.js";
import { replicationStatus } from "./replication-status.js";
import { refusalOf, taken } from "./replies.js";
import type { Planned, Session } from "./session.js";
import { since, status } from "./status.js";

/** What is said to a command; `fine` is false where it could not be done, and the lines say what to do. */
export interface Answer {
  readonly lines: readonly string[];
  readonly fine: boolean;
}

const said = (lines: readonly string[]): Answer => ({ lines, fine: true });
const refused = (...lines: string[]): Answer => ({ lines, fine: false });
const STOPPED = "stopped where you interrupted it; what was asked for is not done";

/** Does what a command says, but for those that are about files or about the bill. */
export async function answer(session: Session, { words, values }: Command, line: string): Promise<Answer> {
  const { world } = session;
  const region = values.get("region") as string | undefined;
  switch (words.name) {
    case "region list":
      return said(regionList(world));
    case "replication status":
      return said(replicationStatus(world, region));
    case "health check":
      return said(healthCheck(world, region));
    case "health history":
      return said(healthHistory(world, session.chronicle, region, values.get("days") as number | undefined));
    case "latency test":
      return said(latencyTest(session, values));
    case "status":
      return said(status(session));
    case "help":
      return help([values.get("noun"), values.get("verb")].filter((each) => each !== undefined).join(" "));
    case "advance":
      return pass(session, session.now + Number(values.get("time")));
    case "until":
      return until(session, String(values.get("what")), values.get("within") as number | undefined);
    case "failover test":
      return values.get("dry-run") === true ? said(failoverDryRun(world)) : order(session, line);
    case "chaos test":
      return chaos(session, line, values.get("dry-run") === true);
    default:
      return order(session, line);
  }
}

async function pass(session: Session, to: number): Promise<Answer> {
  const { now, plan } = session;
  if (now >= plan.duration) return over(session);
  const whole = await session.advance(to);
  const lines = [...since(session, now), moment(session.now, plan.duration)];
  return whole
    ? said(session.outcome === null ? lines : [...lines.slice(0, -1), ...status(session)])
    : refused(...lines, STOPPED);
}

async function until(session: Session, what: string, within: number | undefined): Promise<Answer> {
  const { now, plan } = session;
  const happening = HAPPENINGS.find(([word]) => word === what);
  if (within !== undefined && (what === "end" || happening === undefined))
    return refused(`${what.slice(0, 60)} is no happening that may stay away; expected no --within`);
  if (what === "end") return pass(session, plan.duration);
  if (happening === undefined) return untilMoment(session, what);
  if (now >= plan.duration) return over(session);
  const by = now + (within ?? Number.POSITIVE_INFINITY);
  const met = await session.until(what as Happening, by);
  if (!met && session.now >= plan.duration) await session.advance(plan.duration);
  const lines = [...since(session, now), moment(session.now, plan.duration)];
  if (met) return said(lines);
  if (session.now >= plan.duration)
    return refused(
      ...lines,
      `no ${what} has come by the end of the run; \`status\` says how it went, \`until ${what} --within=1m\` waits no longer than that`,
    );
  return refused(...lines, session.now >= by ? `no ${what} has come within ${clock(within!)}` : STOPPED);
}

function untilMoment(session: Session, what: string): Promise<Answer> | Answer {
  const parsed = parseDuration(what);
  const words = HAPPENINGS.map(([word]) => word);
  if (!parsed.ok) {
    const close = nearest(what, words);
    const meant = close === undefined ? "" : `; did you mean "${close}"?`;
    return refused(
      `until "${what.slice(0, 60)}" means nothing; expected one of ${words.join(", ")}, or a moment of the run, as 12m${meant}`,
    );
  }
  if (parsed.value > session.now) return pass(session, parsed.value);
  return refused(
    `${clock(parsed.value)} is over: it is ${moment(session.now, session.plan.duration)}; time only goes on (a new session begins at 0s)`,
  );
}

const over = ({ plan }: Session): Answer =>
  refused(
    `the run is over: it takes ${clock(plan.duration)}; \`status\` says how it went, a new session begins it again`,
  );

async function order(session: Session, line: string): Promise<Answer> {
  const planned = plannable(session, line);
  if (!planned.ok) return planned.answer;
  if (!(await session.order(planned))) return refused(STOPPED);
  const { world } = session;
  const reply = world.operator.replies.at(-1)!;
  const why = refusalOf(session.plan, reply);
  if (why === null) return said([taken(session.plan, planned.action.order, reply)]);
  return isVain(reply.refused!) ? said([why]) : refused(why);
}

async function chaos(session: Session, line: string, dry: boolean): Promise<Answer> {
  const planned = plannable(session, line.replace(/\s--dry-run(=true)?(?=\s|$)/, ""));
  if (!planned.ok) return planned.answer;
  const without = await session.forecast(session.plan);
  const withIt = without === null ? null : await session.forecast(planned.plan);
  if (without === null || withIt === null) return refused(STOPPED);
  const { order: what } = planned.action;
  if (what.kind !== "fault") throw new Error("internal error: a chaos test that is no fault");
  const { plan, scenario } = session;
  if (!dry && !(await session.order(planned))) return refused(STOPPED);
  const reply = session.world.operator.replies.at(-1);
  return said([
    ...(dry || reply === undefined
      ? ["nothing is done; this is what it would come to:"]
      : [taken(session.plan, what, reply)]),
    "The whole run, if nothing else is ordered:",
    ...verdict({ plan, fault: what.fault, scenario }, [withIt], [without]).lines,
  ]);
}

/** An order as it would stand in the scenario, or what is wrong with it there. */
function plannable(
  session: Session,
  line: string,
): (Planned & { readonly ok: true }) | { readonly ok: false; readonly answer: Answer } {
  if (session.now >= session.plan.duration) return { ok: false, answer: over(session) };
  const planned = session.planned(line);
  if (planned.ok) return planned;
  const { message, expected, hint } = planned.problem;
  const text = [
    message,
    ...(expected === undefined ? [] : [`expected ${expected}`]),
    ...(hint === undefined ? [] : [hint]),
  ];
  return { ok: false, answer: refused(text.join("; ")) };
}

function help(name: string): Answer {
  const found = COMMANDS.filter((words) => name === "" || words.name === name || words.name.split(" ")[0] === name);
  if (found.length === 0) {
    const close = nearest(
      name,
      COMMANDS.map((words) => words.name),
    );
    return refused(
      `there is no command "${name.slice(0, 60)}"; \`help\` lists them${close === undefined ? "" : `; did you mean "${close}"?`}`,
    );
  }
  if (found.length > 1) return said(found.flatMap((words) => [usage(words), `    ${words.about}`]));
  return said(whole(found[0]!));
}

function whole(words: Words): string[] {
  const options = Object.entries(words.options).map(([name, { about, choices }]) => {
    const known = choices === undefined ? "" : ` (${choices.join(", ")})`;
    return `  ${name}: ${about}${known}`;
  });
  const happenings = words.name === "until" ? HAPPENINGS.map(([word, about]) => `  ${word}: ${about}`) : [];
  return [usage(words), `    ${words.about}`, ...options, ...happenings];
}
