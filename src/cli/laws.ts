import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Piscina } from "piscina";
import { members } from "../testing/members.js";
import { type Report, inWords } from "../testing/report.js";
import { BAD_INPUT, EXPECTATION_FAILED, FINE } from "./exit.js";
import type { LawsJob } from "./laws-job.js";

/** Seeds a job takes, so that an interrupted run says where to go on. */
const CHUNK = 10;
const USE = `npm run laws -- [--seeds 100] [--first 0] [--only TEXT] [--threads N] [--out DIR]
Every policy that comes along against the laws of its kind, for so many seeds each. --only: those whose kind and name
contain the text ("failover manual"). --out: writes a scenario for each finding. Exit code 1 where there are findings.
`;

/** The contract suites over many seeds: all members for some seeds before the next, so a range can be taken up again. */
async function laws(): Promise<number> {
  const asked = options();
  if (asked === null) {
    process.stderr.write(USE);
    return BAD_INPUT;
  }
  const { seeds, first, only, threads, out } = asked;
  const chosen = members.flatMap(({ kind, name }, member) => (`${kind} ${name}`.includes(only) ? [member] : []));
  if (chosen.length === 0) {
    process.stderr.write(`no policy is called "${only}"\n${USE}`);
    return BAD_INPUT;
  }
  const filename = new URL("laws-job.js", import.meta.url).href;
  const pool = new Piscina({ filename, name: "runLaws", minThreads: threads, maxThreads: threads });
  const [held, undecided] = [new Map<string, number>(), new Map<string, number>()];
  let findings = 0;
  for (let from = first; from < first + seeds; from += CHUNK) {
    const count = Math.min(CHUNK, first + seeds - from);
    const jobs = chosen.map((member): LawsJob => ({ member, first: from, seeds: count }));
    const reports = await Promise.all(jobs.map((job) => pool.run(job) as Promise<Report>));
    for (const report of reports) {
      add(held, report.held);
      add(undecided, report.undecided);
      for (const finding of report.findings) {
        findings++;
        process.stdout.write(`${inWords(finding)}\n`);
        if (out !== undefined && finding.scenario !== null) {
          mkdirSync(out, { recursive: true });
          const name = `${finding.kind}-${finding.policy}-${finding.seed}.yaml`;
          writeFileSync(
            join(out, name),
            `# ${finding.law}: faultline run ${name} --seed ${finding.seed}\n${finding.scenario}`,
          );
        }
      }
    }
    process.stderr.write(`seeds ${first} to ${from + count - 1} of ${chosen.length} policies: ${findings} findings\n`);
  }
  await pool.destroy();
  for (const [law, times] of [...held].toSorted())
    process.stdout.write(`${String(times).padStart(8)} held, ${undecided.get(law) ?? 0} undecided: ${law}\n`);
  process.stdout.write(`${findings} findings\n`);
  return findings > 0 ? EXPECTATION_FAILED : FINE;
}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        seeds: { type: "string", default: "100" },
        first: { type: "string", default: "0" },
        only: { type: "string", default: "" },
        threads: { type: "string", default: String(availableParallelism()) },
        out: { type: "string" },
      },
    });
    const [seeds, first, threads] = [values.seeds, values.first, values.threads].map(Number) as [
      number,
      number,
      number,
    ];
    const fine = [seeds, first, threads].every((each) => Number.isSafeInteger(each) && each >= 0);
    return fine && seeds > 0 && threads > 0 ? { seeds, first, threads, only: values.only, out: values.out } : null;
  } catch {
    return null;
  }
}

function add(to: Map<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [law, times] of Object.entries(counts)) to.set(law, (to.get(law) ?? 0) + times);
}

process.exitCode = await laws();
