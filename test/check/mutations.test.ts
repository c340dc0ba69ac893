import { expect, test } from "vitest";
import { CHECKERS, type CheckOptions, runChecker } from "../../src/check/catalogue.js";
import { Streams } from "../../src/engine/random.js";
import {
  ACCEPTED,
  BEGAN,
  ENDED,
  FENCED,
  NIL,
  READ,
  type RunRecord,
  SHOWN,
  UNDONE,
  WRITE,
  isShowing,
} from "../../src/record/record.js";
import type { Column } from "../../src/record/table.js";
import { largeRecord } from "./large.js";
import { keepsPrefix, rowsOfVersions } from "./replica-reference.js";
import { storeRecord } from "./stores.js";

const check = (name: string, record: RunRecord, options?: CheckOptions) =>
  runChecker(CHECKERS.find((checker) => checker.name === name)!, record, options);

const good = largeRecord({ operations: 3000, keys: 40, sessions: 30, regions: 3 });
const log = storeRecord({
  ...{ seed: "log", regions: 3, keys: 3, sessions: 3, events: 120, mostOperations: 40 },
  ...{ delivery: "log", wins: "came-last", sticky: true, heals: true },
});

type Mutable = Record<string, Column>;

/** A copy with another table in place of one: the rows that `keep` lets through, and more. */
function withVersions(record: RunRecord, keep: (row: number) => boolean, added: readonly number[][] = []): RunRecord {
  const copy = structuredClone(record);
  const rows = Array.from(copy.versions.time, (_, row) => row).filter(keep);
  const columns = Object.entries(copy.versions).map(([name, column], at) => {
    const cells = [...rows.map((row) => column[row]!), ...added.map((cells) => cells[at]!)];
    return [name, new (column.constructor as Float64ArrayConstructor)(cells)];
  });
  return { ...copy, versions: Object.fromEntries(columns) };
}

/** Cells of an added row, in the order of the columns. */
const version = (record: RunRecord, write: number, previous: number, region: number, what: number): number[] => [
  ...[record.end, write, previous, region, what],
];

function answered(record: RunRecord, read: number, result: number): RunRecord {
  const copy = structuredClone(record);
  copy.operations.value[read] = result;
  return copy;
}

const rows = rowsOfVersions(good);
const { session, key, kind, value: result } = good.operations;
const operations = Array.from(kind, (_, row) => row);
/** What came before a version in the region that accepted it. */
const beneath = new Map(rows.flatMap((row) => (row.what === ACCEPTED ? [[row.write, row.previous]] : [])));
const earlier = (row: number, of: number): number[] =>
  operations.filter(
    (other) => other < row && session[other] === session[row] && key[other] === key[row] && kind[other] === of,
  );

test("a causally replicated record passes all that it should", () => {
  const right = CHECKERS.map(({ name }) => `${name} ${check(name, good).verdict}`);
  expect(right).toEqual([
    "linearizable false",
    "sequential unknown",
    "causal true",
    "read-your-writes true",
    "monotonic-reads true",
    "monotonic-writes true",
    "writes-follow-reads true",
    "consistent-prefix false",
    "external-order true",
    "bounded-staleness true",
    "convergence true",
    "durability true",
    "leader-per-term true",
    "one-primary true",
    "residency true",
    "exactly-once true",
  ]);
  expect(check("consistent-prefix", log).verdict).toBe("true");
});

test("a read that misses its session's own write is found, whichever it is", () => {
  const reads = operations.filter((row) => kind[row] === READ && earlier(row, WRITE).length > 0);
  const tried = reads.filter((_, at) => at % 7 === 0);
  for (const read of tried) {
    const own = earlier(read, WRITE);
    const broken = answered(good, read, beneath.get(own[own.length - 1]!)!);
    const found = check("read-your-writes", broken);
    expect({ read, verdict: found.verdict, hasIt: found.evidence.includes(read) }).toEqual({
      ...{ read, verdict: "false", hasIt: true },
    });
    expect(found.explanation).toContain(`session ${session[read]}`);
    expect(check("causal", broken).verdict).toBe("false");
  }
  expect(tried.length).toBeGreaterThan(40);
});

test("a read that goes back behind an earlier read is found, whichever it is", () => {
  let tried = 0;
  for (const read of operations.filter((row) => kind[row] === READ)) {
    const before = earlier(read, READ).findLast((other) => result[other] !== NIL);
    if (before === undefined || read % 5 !== 0) continue;
    const older = beneath.get(result[before]!)!;
    const found = check("monotonic-reads", answered(good, read, older));
    expect({ read, verdict: found.verdict, hasIt: found.evidence.includes(read) }).toEqual({
      ...{ read, verdict: "false", hasIt: true },
    });
    tried++;
  }
  expect(tried).toBeGreaterThan(40);
});

test("a value from nowhere, and a read of a later write by the same session, are found", () => {
  const read = operations.findLast((row) => kind[row] === READ)!;
  for (const name of ["causal", "read-your-writes", "monotonic-reads", "writes-follow-reads", "bounded-staleness"]) {
    const found = check(name, answered(good, read, 1_000_000));
    expect([found.verdict, found.evidence]).toEqual(["false", [read]]);
  }
  const early = operations.find(
    (row) =>
      kind[row] === READ &&
      operations.some(
        (other) => other > row && kind[other] === WRITE && session[other] === session[row] && key[other] === key[row],
      ),
  )!;
  const later = operations.find(
    (row) => row > early && kind[row] === WRITE && session[row] === session[early] && key[row] === key[early],
  )!;
  expect(check("causal", answered(good, early, later)).reason).toContain("circle");
});

test("a write that comes to a region without what its session had done before is found", () => {
  const arrivals = rows.flatMap((row, at) => (row.what !== ACCEPTED && row.time > 100_000 ? [{ ...row, at }] : []));
  let [writes, reads] = [0, 0];
  for (const { write, region, at } of arrivals.filter((_, index) => index % 60 === 0)) {
    const isOwn = rows.some((row) => row.what === ACCEPTED && row.write === write && row.region === region);
    if (isOwn) continue;
    const broken = withVersions(good, (row) => row !== at);
    const next = (from: number, of: readonly number[]): boolean =>
      operations.some((row) => row > from && of.includes(session[row]!) && kind[row] === WRITE);
    if (next(write, [session[write]!])) {
      expect({ at, verdict: check("monotonic-writes", broken).verdict }).toEqual({ at, verdict: "false" });
      writes++;
    }
    const reader = operations.find((row) => kind[row] === READ && result[row] === write);
    if (reader !== undefined && next(reader, [session[reader]!])) {
      expect({ at, verdict: check("writes-follow-reads", broken).verdict }).toEqual({ at, verdict: "false" });
      reads++;
    }
  }
  expect(Math.min(writes, reads)).toBeGreaterThan(10);
});

test("a hole in a replica's prefix is found, wherever it is", () => {
  const all = rowsOfVersions(log);
  let holes = 0;
  for (const [at, { region }] of all.entries()) {
    if (region === 0) continue;
    const broken = withVersions(log, (row) => row !== at);
    // The last row of a region leaves no hole, and nor does one whose key is written again in the same moment.
    const isHole = !keepsPrefix(broken);
    if (isHole) holes++;
    expect({ at, verdict: check("consistent-prefix", broken).verdict }).toEqual({ at, verdict: String(!isHole) });
  }
  expect(holes).toBeGreaterThan(10);
});

test("a copy that stays behind, an undone acknowledgement and a second acceptance are found", () => {
  const last = rows.length - 1;
  const stayed = check(
    "convergence",
    withVersions(good, (row) => row !== last),
  );
  expect([stayed.verdict, stayed.measured!["diverged_keys"]]).toEqual(["false", 1]);
  expect(
    check(
      "convergence",
      withVersions(good, (row) => row !== last),
      { quiet: 1e9 },
    ).verdict,
  ).toBe("unknown");

  const { write, previous } = rows[last]!;
  const keep = (row: number): boolean => rows[row]!.write !== write;
  const lost = withVersions(good, keep);
  const gone = check("durability", lost);
  expect([gone.verdict, gone.evidence, gone.measured!["lost_writes"]]).toEqual(["false", [write], 1]);
  const undone = [0, 1, 2].map((region) => {
    const came = rows.find((row) => row.write === write && row.region === region && isShowing(row.what))!;
    return version(good, write, came.previous, region, UNDONE);
  });
  expect(
    check(
      "durability",
      withVersions(good, () => true, undone),
    ).evidence,
  ).toEqual([write]);
  expect(
    check(
      "durability",
      withVersions(good, () => true, undone.slice(1)),
    ).verdict,
  ).toBe("true");
  const down = { ...withVersions(good, () => true, undone.slice(1)), alive: 0b110 };
  expect(check("durability", down).measured).toMatchObject({ lost_writes: 0, unavailable: 1 });

  const twice = check(
    "exactly-once",
    withVersions(good, () => true, [version(good, write, previous, 0, ACCEPTED)]),
  );
  expect([twice.verdict, twice.evidence]).toEqual(["false", [write]]);
});

test("two leaders of a term, and two primaries at once, are found; a fence or an end in time is none", () => {
  const roles = (cells: readonly (readonly [number, number, number, number])[]): RunRecord => ({
    ...good,
    roles: {
      time: Float64Array.from(cells, ([time]) => time),
      term: Int32Array.from(cells, ([, term]) => term),
      region: Uint8Array.from(cells, ([, , region]) => region),
      what: Uint8Array.from(cells, ([, , , what]) => what),
      group: Uint8Array.from(cells, () => 0),
    },
  });
  const verdicts = (cells: readonly (readonly [number, number, number, number])[]): string[] =>
    ["leader-per-term", "one-primary"].map((name) => check(name, roles(cells)).verdict);
  expect(
    verdicts([
      [0, 1, 0, BEGAN],
      [5, 1, 0, ENDED],
      [5, 2, 1, BEGAN],
    ]),
  ).toEqual(["true", "true"]);
  expect(
    verdicts([
      [0, 1, 0, BEGAN],
      [4, 1, 0, FENCED],
      [5, 2, 1, BEGAN],
      [7, 1, 0, ENDED],
    ]),
  ).toEqual(["true", "true"]);
  expect(
    verdicts([
      [0, 1, 0, BEGAN],
      [5, 2, 1, BEGAN],
      [5, 1, 0, FENCED],
    ]),
  ).toEqual(["true", "true"]);
  expect(
    verdicts([
      [0, 1, 0, BEGAN],
      [5, 2, 1, BEGAN],
      [9, 1, 0, FENCED],
    ]),
  ).toEqual(["true", "false"]);
  expect(
    verdicts([
      [0, 1, 0, BEGAN],
      [5, 1, 0, ENDED],
      [6, 1, 1, BEGAN],
    ]),
  ).toEqual(["false", "true"]);
  expect(
    verdicts([
      [0, 1, 0, BEGAN],
      [3, 2, 0, BEGAN],
      [4, 1, 0, ENDED],
      [5, 3, 1, BEGAN],
    ]),
  ).toEqual(["true", "false"]);
  const overlap = check(
    "one-primary",
    roles([
      [0, 1, 0, BEGAN],
      [5, 2, 1, BEGAN],
      [6, 3, 2, BEGAN],
      [9, 1, 0, FENCED],
    ]),
  );
  expect(overlap.measured).toEqual({ overlaps: 1, longest_overlap_us: good.end - 5 });
  expect(check("one-primary", roles([])).verdict).toBe("unknown");
});

test("a version outside its class's regions is found, also when it was there for a moment", () => {
  const classed = (allowed: number): RunRecord => ({
    ...good,
    residency: { classes: [{ name: "personal", allowed }], classOfKey: Int16Array.from([0, 0, NIL, 0]) },
  });
  expect(check("residency", classed(0b111)).verdict).toBe("true");
  const found = check("residency", classed(0b101));
  // A region is called what it is called, at the beginning of a sentence too.
  expect(found.explanation).toMatch(/^region 1 /);
  expect(found.verdict).toBe("false");
  expect(found.explanation).toContain("class personal, which may be in region 0, region 2 only");
  const misplaced = rows.filter((row) => row.region === 1 && [0, 1, 3].includes(row.key));
  expect(found.measured!["misplaced_writes"]).toBe(new Set(misplaced.map(({ write }) => write)).size);
});

test("the staleness measured is the lag that the store has, and a bound just below it is broken", () => {
  const { measured } = check("bounded-staleness", good);
  const [versions, age] = [measured!["most_versions_behind"]!, measured!["most_age_us"]!];
  expect(age).toBeGreaterThan(45_000);
  expect(age).toBeLessThanOrEqual(50_000);
  expect(check("bounded-staleness", good, { mostVersions: versions, mostAge: age }).verdict).toBe("true");
  expect(check("bounded-staleness", good, { mostVersions: versions - 1 }).verdict).toBe("false");
  expect(check("bounded-staleness", good, { mostAge: age - 1 }).evidence.length).toBeGreaterThan(1);
});

test("whatever a record says, every checker answers", () => {
  const random = new Streams("fuzz").sequence("cells");
  const pick = (below: number): number => Math.floor(random.uniform() * below);
  const said = new Set<string>();
  for (let seed = 0; seed < 400; seed++) {
    const record = structuredClone(
      storeRecord({
        ...{ seed: `f${seed % 20}`, regions: 3, keys: 2, sessions: 3, events: 30, mostOperations: 12 },
        ...{ delivery: "any", wins: "accepted-last", sticky: false, undo: 0.05, copy: 0.05 },
      }),
    );
    for (let change = 0; change < 1 + (seed % 4); change++) {
      const tables = [record.operations, record.versions] as readonly Readonly<Record<string, Column>>[];
      const columns = Object.values(tables[pick(2)]!);
      const column = columns[pick(columns.length)]!;
      column[pick(column.length)] = [NIL, 0, 1, 2, 5, 200, -7, 2 ** 30, Number.NaN][pick(9)]!;
    }
    for (const { name } of CHECKERS) said.add(check(name, record).verdict);
  }
  expect([...said].sort()).toEqual(["false", "true", "unknown"]);
});

test("records that lack what a checker needs, or contradict themselves, are undecided and say why", () => {
  const bare = withVersions({ ...good, roles: { ...log.roles } }, () => false);
  for (const checker of CHECKERS.filter(({ needs }) => needs.length > 0)) {
    const found = runChecker(checker, bare);
    expect(`${checker.name} ${found.verdict}: ${found.reason}`).toMatch(/unknown: the record does not say/);
  }
  const late = structuredClone(good);
  (late.versions as unknown as Mutable)["time"]![10] = 1e12;
  expect(check("durability", late).reason).toMatch(/contradicts itself: version row 11 is earlier/);
  const short = { ...good, versions: { ...good.versions, write: good.versions.write.slice(1) } };
  expect(check("durability", short).reason).toMatch(/not of one length/);
  expect(check("durability", { ...good, names: { ...good.names, keys: [5 as never] } }).reason).toMatch(/no text/);
  expect(rows.some(({ what }) => what === SHOWN)).toBe(true);
});
