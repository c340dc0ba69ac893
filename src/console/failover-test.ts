import { refusalIn } from "../operate/told.js";
import { NOBODY } from "../policies/contract.js";
import type { World } from "../simulation/world.js";
import { formatDuration, formatRounded } from "../units/time.js";
import { ago, columns, count } from "./layout.js";

/**
 * What the controller would do if whoever leads failed now, and what that would lose: by what it has been told, and in
 * truth. Nothing is done and nothing is asked of anyone.
 */
export function failoverDryRun(world: World): string[] {
  const { plan, groups, control } = world;
  const { failover } = plan.policies;
  if (control.failovers.every(({ follows }) => follows))
    return [
      `failover ${failover.name}: the regions settle by themselves who leads, so there is nothing that the controller would do.`,
      "`chaos test --scenario=host-crash --region=LEADER --for=30s --dry-run` says what they would do.",
    ];
  if (groups.all.every(({ primary }) => primary === NOBODY))
    return ["Nobody leads: every region that holds a copy takes writes, and users are led away from one that fails."];
  return groups.all.flatMap((_, group) => ofGroup(world, group));
}

function ofGroup(world: World, group: number): string[] {
  const { plan, groups, control, engine, replicas } = world;
  const failover = control.failovers[group]!;
  const { leader, reports } = failover;
  const name = (region: number): string => plan.regions[region]!.name;
  const heir = control.successor(group);
  const position = (region: number): number => replicas.hosts[groups.node(group, region)]!.replica.position();
  const told = (region: number): number => Math.max(0, reports.position(leader) - reports.position(region));
  const lacks = (region: number): number => Math.max(0, position(leader) - position(region));
  const rows = failover.standbys.map((region) => [
    name(region),
    failover.healthy(region) ? "healthy" : "down",
    reports.position(region) < 0 ? "nothing heard" : `${told(region)}, ${ago(engine.now - reports.heardAt[region]!)}`,
    String(lacks(region)),
    region === heir ? "would be promoted" : "",
  ]);
  const found = obstacles(world, group, heir);
  return [
    `If ${name(leader)}, which leads${groups.label(group)}, failed now:`,
    ...steps(world, heir === NOBODY ? null : name(heir)).map((step) => `  ${step}`),
    ...columns(["candidate", "believed", "lacks, as reported", "in truth", ""], rows),
    heir === NOBODY
      ? `Nobody would be promoted: ${refusalIn(plan, "no-candidate", { region: NOBODY, leader, behind: 0 }).message}.`
      : `It would lose ${count(told(heir), "write", "writes")} as reported, ${lacks(heir)} in truth.`,
    ...(found.length === 0
      ? ["No step would fail, as things stand in truth."]
      : found.map((each) => `Would fail: ${each}`)),
  ];
}

function steps({ plan }: World, heir: string | null): string[] {
  const { health, failover, dns, policies } = plan;
  const least = health.interval * (health.threshold - 1) + health.timeout;
  const fence = {
    none: "none: nothing keeps the old leader from writing",
    stonith: `an order to the old leader's machines, ${formatDuration(failover.fenceTimeout)} at most, and then ${failover.onUnknown}`,
    lease: `waits until its lease has run out: at most ${formatDuration(failover.lease + failover.clockMargin)}`,
    epoch: "by the term: who hears of the new one stops",
  }[failover.fencing];
  return [
    `detect   ${health.threshold} misses in a row: ${formatRounded(least)} to ${formatRounded(least + health.interval)}, and a report`,
    `verify   ${formatDuration(failover.verify)}`,
    `fence    ${fence}`,
    `promote  ${heir ?? "nobody"} (failover ${policies.failover.name}), ${formatDuration(failover.promotion)}`,
    dns.anycast === null
      ? `reroute  ${formatDuration(dns.update)}, and up to ${formatDuration(dns.ttl)} more for those who have cached the name`
      : `reroute  ${formatDuration(dns.anycast.convergence)} until the routes have moved`,
  ];
}

/** What would keep a step from coming about now, as nobody in the run may know it. */
function obstacles(world: World, group: number, heir: number): string[] {
  const { plan, lives, post, control, operator } = world;
  const { leader, doing } = control.failovers[group]!;
  const { controller } = plan.health;
  const { conditions } = lives.parts;
  const { links } = post;
  const name = (region: number): string => plan.regions[region]!.name;
  const cut = (region: number): boolean =>
    region !== controller &&
    (links.cut[links.link(controller, region)] === 1 || links.cut[links.link(region, controller)] === 1);
  const unreached = operator.unreached();
  const found: string[] = [];
  if (unreached !== null)
    found.push(`detect, ${refusalIn(plan, unreached, { region: NOBODY, leader, behind: 0 }).message}`);
  if (controller === leader)
    found.push(`detect, for as long as ${name(leader)} is dark: the control plane lives there itself`);
  if (doing !== "nothing") found.push(`detect, until what is under way is over: ${doing}`);
  const { fencing, onUnknown } = plan.failover;
  if (fencing === "stonith" && onUnknown === "wait" && cut(leader))
    found.push(`fence, no order reaches ${name(leader)} from ${name(controller)}, and without an answer it waits`);
  if (operator.refusesPromotions) found.push("promote, the call that promotes a region is refused");
  if (heir === NOBODY) return found;
  if (lives.up[heir] === 0) found.push(`promote, ${name(heir)} is dark`);
  else if (conditions.hostDead[heir] === 1) found.push(`promote, the host of ${name(heir)}'s copy is dead`);
  else if (cut(heir)) found.push(`promote, no order reaches ${name(heir)} from ${name(controller)}`);
  if (operator.refusesNames) found.push("reroute, the name servers take no update");
  return found;
}
