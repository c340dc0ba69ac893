import { NOBODY } from "../policies/contract.js";
import { ADMITTED, LAUNCHES, ORDERED, WAITS } from "../simulation/newcomers.js";
import { serves } from "../simulation/plan.js";
import type { World } from "../simulation/world.js";
import { formatRounded } from "../units/time.js";
import { count } from "./layout.js";

/** What the control plane believes of a region: all that it knows, it has been told. */
export function believed(world: World, region: number): string {
  const { plan, control, groups } = world;
  const stage = world.newcomers?.stageOf(region) ?? null;
  if (stage === WAITS) return "not there: nobody has added it yet";
  if (stage !== null && !world.newcomers!.isAdmitted(region))
    return world.control.failovers[0]!.reports.heardAt[region]! < 0
      ? "launching: nothing heard of it"
      : "filling, not led to yet";
  if (stage === null && plan.regions[region]!.waiting) return "empty, waits for a backup";
  const words: string[] = [];
  const led = control.failovers.filter(({ leader }) => leader === region).length;
  if (led > 0)
    words.push(groups.all.length === 1 ? "leads" : `leads ${led} of ${count(groups.all.length, "group", "groups")}`);
  if (serves(plan.regions[region]!)) {
    const since = world.engine.now - control.traffic.unhealthySince(region);
    const down = stage === ADMITTED ? "not found healthy yet" : `down for ${formatRounded(since)}`;
    words.push(control.traffic.healthy(region) ? "healthy" : down);
  }
  const held = control.failovers.filter((_, group) => groups.all[group]!.holders.includes(region));
  if (held.some(({ reports }) => reports.fenced[region] === 1)) words.push("fenced");
  if (held.some(({ reports }) => reports.paused[region] === 1)) words.push("paused");
  return words.length === 0 ? "not watched" : words.join(", ");
}

/** How things truly are in a region. */
export function truth(world: World, region: number): string {
  const { lives, groups, replicas, plan } = world;
  const { conditions } = lives.parts;
  if (lives.up[region] === 0) return "dark";
  const stage = world.newcomers?.stageOf(region) ?? null;
  if (stage === WAITS) return "nothing runs there";
  if (stage === ORDERED) return "nothing runs there: the order is on its way";
  if (stage === LAUNCHES) return "booting";
  const words: string[] = [];
  const hosts = replicas.hosts.filter(({ id, holds }) => id === region && holds);
  const dead = hosts.length > 0 && conditions.hostDead[region] === 1;
  const leads = hosts.filter(({ leadership }) => leadership.leader === region);
  const writes = leads.filter((host) => host.mayWrite() === null).length;
  const everywhere = groups.all.every(({ primary }) => primary === NOBODY);
  if (dead) words.push(plan.regions[region]!.waiting ? "no host yet" : "host of its copy dead");
  else if (everywhere && hosts.length > 0) words.push("takes writes");
  else if (leads.length > 0) words.push(writes > 0 ? "leads, takes writes" : "leads, may not write");
  if (lives.pauseOf(region) > 0) words.push("host stands still");
  if (conditions.zones[region] !== 0) words.push("zones lost");
  if (conditions.capacity[region]! < 1) words.push(`${Math.round(conditions.capacity[region]! * 100)} % of capacity`);
  if (conditions.failing[region]! > 0) words.push(`${Math.round(conditions.failing[region]! * 100)} % fail`);
  if (conditions.hanging[region]! > 0) words.push(`${Math.round(conditions.hanging[region]! * 100)} % hang`);
  if (conditions.service[region]! > 1) words.push(`${conditions.service[region]} times as slow`);
  if (hosts.some(({ node }) => lives.paused[node] === 1)) words.push("paused");
  if (hosts.some(({ blank }) => blank) && !dead) words.push("copy empty");
  const copy = world.copies.underWay(region);
  if (copy !== null) words.push(`${Math.floor((100 * copy.sent) / copy.whole)} % sent`);
  return words.length === 0 || (!dead && leads.length === 0 && !everywhere)
    ? ["up", ...words].join(", ")
    : words.join(", ");
}
