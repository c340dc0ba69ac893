import { chaosFault } from "../operate/chaos.js";
import { COMMANDS } from "../operate/commands.js";
import { type Command, understand } from "../operate/parse.js";
import { allRegions, regionFacts } from "../topology/places.js";
import { formatDuration } from "../units/time.js";
import type { RawAction } from "./action-format.js";
import { additionsOf, isGivenIn, namedAt, withAdded } from "./added-regions.js";
import { MOST_DELETIONS, checkFault } from "./check-faults.js";
import { meant } from "./check.js";
import { type RawFault, fault } from "./fault-format.js";
import type { RawScenario } from "./format.js";
import { object } from "./shape.js";
import { Source } from "./source.js";

/** As many as a topology takes. */
const MOST_REGIONS = 30;

/** What can stand in a scenario: orders, and what only looks. The rest steers the console. */
const WRITTEN = COMMANDS.filter(({ does }) => does !== "steers");

/** Whether a command changes nothing: somebody wants to see how things are at its moment. */
export const looksOnly = ({ words, values }: Command): boolean =>
  words.does === "looks" || values.get("dry-run") === true;

const namesOf = (raw: RawScenario, regions: readonly string[]) => ({
  regions,
  places: (raw.users ?? []).flatMap((user) => user?.place ?? []),
});

/** The command of an action that has been checked. */
export function commandOf(action: RawAction, raw: RawScenario): Command {
  const regions = [...(raw.topology?.regions?.keys() ?? []), ...additionsOf(raw).map(({ name }) => name)];
  const understood = understand(action.do!, namesOf(raw, regions), WRITTEN);
  if (!understood.ok) throw new Error("internal error: an unchecked action");
  return understood.command;
}

export function checkActions(raw: RawScenario, source: Source): void {
  raw.actions?.forEach((action, index) => {
    if (action === undefined) return;
    const path = `actions.${index}`;
    const { at } = action;
    if (at !== undefined && raw.duration !== undefined && at >= raw.duration)
      source.errorAt(
        `${path}.at`,
        `the order is given at ${formatDuration(at)}, when the run is over`,
        `less than ${formatDuration(raw.duration)}`,
        "let it be given earlier, or lengthen the run",
      );
    checkWhere(action, path, raw, source);
    if (action.do !== undefined) checkWords(action.do, `${path}.do`, index, raw, source);
  });
  const deletions = (raw.actions ?? []).flatMap((action, index) =>
    /operator[-_]error/.test(action?.do ?? "") ? [index] : [],
  );
  if (deletions.length > MOST_DELETIONS)
    source.errorAt(
      `actions.${deletions[MOST_DELETIONS]}`,
      `somebody deletes data ${deletions.length} times`,
      `${MOST_DELETIONS} times or fewer: memory keeps what each takes until it is restored`,
    );
}

function checkWhere({ in: only }: RawAction, path: string, raw: RawScenario, source: Source): void {
  const known = [...(raw.architectures?.keys() ?? [])];
  [only ?? []].flat().forEach((name, index) => {
    if (name === undefined || known.includes(name)) return;
    const at = typeof only === "string" ? `${path}.in` : `${path}.in.${index}`;
    source.errorAt(at, `there is no architecture "${name}"`, `one of ${known.join(", ")}`, meant(name, known));
  });
}

function checkWords(written: string, path: string, entry: number, raw: RawScenario, source: Source): void {
  const regions = namedAt(raw, entry);
  const understood = understand(written, namesOf(raw, regions), WRITTEN);
  if (!understood.ok) {
    const { at, message, expected, hint } = understood.complaint;
    const steers = COMMANDS.some(({ name, does }) => does === "steers" && name === written.trim().split(/\s+/)[0]);
    const way = steers
      ? "what steers the console stands in no scenario: time goes on by itself there"
      : (comesElsewhere(written, at, raw) ?? hint);
    source.errorWithin(path, written, at, message, expected, way);
    return;
  }
  if (understood.command.words.name === "region add") checkAdded(written, path, entry, raw, source);
  if (understood.command.words.name !== "chaos test") return;
  const more = regions.map((name) => ({ name, as: "replica" as const }));
  const { own } = broughtFault(understood.command, withAdded(raw, more));
  for (const { message, expected, hint } of own.problems)
    source.errorWithin(path, written, 0, message, expected, hint?.startsWith('add "for:"') ? "add --for=5m" : hint);
}

/** A region that is added: one that is not there, of which the catalogue knows where it is. */
function checkAdded(written: string, path: string, entry: number, raw: RawScenario, source: Source): void {
  const { regions } = raw.topology ?? {};
  const addition = additionsOf(raw).find((each) => each.entry === entry);
  if (addition === undefined || regions === undefined) return;
  const { name } = addition;
  const at = written.indexOf(name, "region add".length);
  const refuse = (...what: [message: string, expected: string, hint?: string]): void =>
    source.errorWithin(path, written, at, ...what);
  const places = (raw.users ?? []).flatMap((user) => user?.place ?? []);
  if (regions.has(name))
    refuse(`${name} is in this scenario already`, "a region that it does not have", "`region list` shows them");
  else if (places.includes(name)) refuse(`${name} is a place of users`, "another name");
  else if (regionFacts(name) === undefined)
    refuse(
      `no catalogue knows the region "${name}", so nobody can say where it is`,
      "a region of `faultline list regions`",
      meant(
        name,
        allRegions().map((facts) => facts.name),
      ) ?? "one of your own stands in topology.regions with its coordinates, from the start",
    );
  const all = new Set([...regions.keys(), ...additionsOf(raw).map((each) => each.name)]);
  if (all.size > MOST_REGIONS) refuse(`with ${name} there would be ${all.size} regions`, `at most ${MOST_REGIONS}`);
}

/** Of a region that an action speaks of and that is there at another moment, or in another architecture, only. */
function comesElsewhere(written: string, at: number, raw: RawScenario): string | undefined {
  const found = additionsOf(raw).find(({ name }) => written.startsWith(name, at));
  if (found === undefined) return undefined;
  const where = found.action.in === undefined ? "" : ` in ${[found.action.in].flat().join(", ")}`;
  return `${found.name} is added at ${formatDuration(found.at)}${where}: speak of it after that, and only there`;
}

/** The fault of a chaos test, read and checked as one that stands in the file; it begins when it is ordered. */
export function broughtFault(command: Command, raw: RawScenario): { readonly fault: RawFault; readonly own: Source } {
  const brought = chaosFault(command.values);
  if (!("fault" in brought)) throw new Error("internal error: an unchecked chaos test");
  const own = new Source("", JSON.stringify({ it: { ...brought.fault, at: "0s" } }));
  const read = object({ it: fault }, "").read(own.root!, "", own)?.it;
  if (read !== undefined && own.problems.length === 0) checkFault(read, "it", raw, own);
  return { fault: read ?? {}, own };
}
