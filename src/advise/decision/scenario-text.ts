import type { Path } from "./matrix.js";
import { stepLine } from "./matrix.js";
import { SKETCHES, type Sketch } from "./sketches.js";
import { CHOICES } from "./why.js";

const WIDTH = 118;

const WORLD: readonly (readonly [string, number])[] = [
  ["New York", 30],
  ["Chicago", 15],
  ["Los Angeles", 15],
  ["London", 25],
  ["Frankfurt", 20],
  ["Singapore", 20],
  ["Mumbai", 15],
];
const NEAR: readonly (readonly [string, number])[] = [
  ["New York", 60],
  ["Boston", 30],
  ["Atlanta", 30],
];

/** A scenario that shows what the path has led to: it runs as it is, and every figure in it is one to be replaced. */
export function scenarioText(path: Path): string {
  const sketch = SKETCHES[path.choice](path);
  const { title, why } = CHOICES[path.choice];
  const way = path.steps.map((step) => `  ${stepLine(step)}`);
  return [
    ...commented([`Decided: ${title}.`, ...way, why]),
    ...commented([
      "Rates, sizes and capacities are examples: put your own in their place, then `faultline compare` this file, and",
      "`faultline audit` it.",
    ]),
    `question: ${sketch.question}`,
    "start: 2026-03-02T14:00Z # 09:00 in New York; users follow the sun",
    "duration: 40m",
    "",
    ...topologyLines(sketch),
    "",
    ...userLines(sketch),
    "",
    "# One retry in ten requests at most: retries without a budget can keep a system down after its trouble has passed.",
    "client: {deadline: 5s, timeout: 2s, retries: {attempts: 3, backoff: 100ms..2s, budget: 10%}}",
    "",
    sketch.data,
    "",
    "faults:",
    sketch.faults,
    "",
    "architectures:",
    sketch.architectures,
    "",
    "expect: # `faultline check` judges these; exit code 1 when one is broken",
    sketch.expect,
    "",
  ].join("\n");
}

function topologyLines({ regions }: Sketch): string[] {
  return [
    "topology:",
    "  latency: aws-2024-04 # measured round trips, p10 to p99",
    "  regions:",
    "    # 48 workers of 50 ms serve 960 requests/s: a region left alone carries everybody with room to spare.",
    ...regions.map((name) => `    ${name}: {instances: 6, workers: 8, service_time: 50ms, queue: 2000}`),
  ];
}

function userLines({ world, reads }: Sketch): string[] {
  return [
    "users: # means over a day, with the peak at ten in the morning local time",
    ...(world ? WORLD : NEAR).map(
      ([place, rate]) => `  - {place: ${place}, requests: ${rate}/s, reads: ${reads}, sessions: ${rate * 15}}`,
    ),
  ];
}

/** Comments, broken between words where a line would be too long. */
function commented(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const indent = /^ */.exec(line)![0];
    const rows: string[] = [];
    let row = "";
    for (const word of line.trim().split(" ")) {
      if (row !== "" && `# ${indent}${row} ${word}`.length > WIDTH) {
        rows.push(row);
        row = word;
      } else row = row === "" ? word : `${row} ${word}`;
    }
    return [...rows, row].map((each) => `# ${indent}${each}`);
  });
}
