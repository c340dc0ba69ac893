import { patterns } from "../../architectures/catalogue.js";
import { CHECKERS } from "../../check/catalogue.js";
import { bundledCsv } from "../../cost/books.js";
import { faultKinds } from "../../faults/catalogue.js";
import { presets } from "../../faults/presets.js";
import { METRICS } from "../../measure/catalogue.js";
import { DANGERS } from "../../measure/dangers.js";
import { catalogue } from "../../policies/catalogue.js";
import type { PolicyFacts } from "../../policies/contract.js";
import { escapeTerminal, oneLine } from "../../report/escape.js";
import { faultReference, targetOf } from "../../scenario/fault-reference.js";
import { scenarioJsonSchema } from "../../scenario/json-schema.js";
import { policyReference } from "../../scenario/policy-reference.js";
import { bundledTables } from "../../topology/latency-table.js";
import { allPlaces, allRegions } from "../../topology/places.js";
import { bundledScenarios } from "../bundled.js";
import type { CommandBody } from "../commands.js";
import { LISTS, PAGES } from "../listed.js";

type Row = Readonly<Record<string, string | number>>;

const ROWS: Readonly<Record<(typeof LISTS)[number], () => Row[]>> = {
  regions: () =>
    allRegions().map(({ provider, name, place, country }) => ({ name, provider, place: `${place}, ${country}` })),
  places: () => allPlaces().map(({ name, country, continent }) => ({ name, country, continent })),
  policies: () =>
    Object.entries(catalogue).flatMap(([kind, members]) =>
      Object.values<PolicyFacts>(members).map(({ name, about }) => ({ kind, name, about })),
    ),
  patterns: () => patterns.map(({ name, about }) => ({ name, about })),
  faults: () => faultKinds.map((kind) => ({ name: kind.name, strikes: targetOf(kind), about: kind.about })),
  "time-laws": () => presets.map(({ name, tells, source }) => ({ name, tells, source })),
  scenarios: () => scenarioRows(),
  "latency-tables": () => [
    ...bundledTables.map(({ name, date, title, source }) => ({ name, date, what: `${title}; ${source}` })),
    { name: "distance-classes", date: "", what: "five classes of distance: minimum, typical, degraded" },
  ],
  checkers: () => CHECKERS.map(({ name, question }) => ({ name, question })),
  dangers: () => DANGERS.map(({ word, facts }) => ({ word, metric: facts.name, about: facts.about })),
  metrics: () => METRICS.map(({ name, unit, about }) => ({ name, unit, about })),
};

const TEXTS: Readonly<Record<(typeof PAGES)[number], () => string>> = {
  schema: scenarioJsonSchema,
  "fault-reference": () => faultReference(bundledScenarios()),
  "policy-reference": () => policyReference(bundledScenarios()),
  "price-books": bundledCsv,
};

/** The scenarios that come along, each with its question. */
const scenarioRows = (): Row[] =>
  [...bundledScenarios()].map(([name, { raw }]) => ({ name, question: oneLine(raw.question!) }));

type What = (typeof LISTS)[number] | (typeof PAGES)[number];

const isPage = (what: What): what is (typeof PAGES)[number] => what in TEXTS;

export const list: CommandBody<{ what: What; json: boolean }> = {
  builder: (argv) =>
    argv
      .positional("what", {
        type: "string",
        choices: [...LISTS, ...PAGES],
        demandOption: true,
        describe: "what to list",
      })
      .option("json", { type: "boolean", default: false, describe: "print one JSON document and nothing else" }),
  handler: ({ what, json }) => {
    if (isPage(what)) {
      process.stdout.write(TEXTS[what]());
      return;
    }
    const rows = ROWS[what]();
    if (json) {
      process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
      return;
    }
    const keys = Object.keys(rows[0] ?? {});
    const widths = keys.map((key) => Math.max(...rows.map((row) => String(row[key]).length)));
    const lines = rows.map((row) =>
      keys
        .map((key, column) => String(row[key]).padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    );
    process.stdout.write(`${escapeTerminal(lines.join("\n"))}\n`);
  },
};
