import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT, faultline } from "../cli/cli.js";
import { folder, scenario } from "./own.js";

/** Sources of ours as a user would have written them: the contract comes from the package. */
const FILES = [
  ...["replication/async.ts", "replication/multi-primary.ts", "replication/shipping.ts", "replication/term-history.ts"],
  ...["conflict/last-write-wins.ts", "routing/primary.ts", "routing/latency.ts", "failover/automatic.ts"],
];
const sources = Object.fromEntries(
  FILES.map((file) => [
    `theirs/${file}`,
    readFileSync(join(ROOT, "src/policies", file), "utf8").replaceAll(
      /"\.\.\/(?:contract|options)\.js"/g,
      '"faultline/policy"',
    ),
  ]),
);
const own = (file: string, policy: string): string =>
  `import { ${policy} } from "./theirs/${file}.js";\nexport default { ...${policy}, name: "own-${policy.toLowerCase()}" };\n`;

const FAULTS = `
faults:
  - {region_outage: us-east-1, at: 30s, for: 40s, disks: kept}
  - {partition: {pair: [eu-west-1, ap-southeast-1]}, at: 20s, for: 30s}
`;
const LEADER = "primary: us-east-1, standby: eu-west-1, conflict: none, standby_instances: full";

/** Of each architecture, the digest of its events. */
function events(architectures: readonly string[], files: Readonly<Record<string, string>>): string[] {
  const lines = architectures.map((each, index) => `  a${index}: {${each}}\n`).join("");
  const at = folder({ "s.yaml": scenario("pattern: active-active") + lines + FAULTS, ...files });
  const { code, err } = faultline(["compare", "s.yaml", "--seeds", "1", "--quiet", "--out", "out"], at);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const { runs } = JSON.parse(readFileSync(join(at, "out/s/manifest.json"), "utf8"));
  return runs.map(({ digests }: { digests: { events: string } }) => digests.events);
}

test("our own policies, given as files of a user's own, cause the same events under faults: guards change nothing", () => {
  const ours = events(
    ["replication: multi-primary", `${LEADER}, replication: async, routing: primary, failover: automatic`],
    {},
  );
  const theirs = events(
    [
      "replication: ./many.ts, conflict: ./last.ts",
      `${LEADER}, replication: ./one.ts, routing: ./primary.ts, failover: ./automatic.ts`,
    ],
    {
      ...sources,
      "many.ts": own("replication/multi-primary", "multiPrimary"),
      "one.ts": own("replication/async", "asynchronous"),
      "last.ts": own("conflict/last-write-wins", "lastWriteWins"),
      "primary.ts": own("routing/primary", "primary"),
      "automatic.ts": own("failover/automatic", "automatic"),
    },
  );
  expect(new Set(ours).size).toBeGreaterThan(1);
  expect(theirs).toEqual(ours);
});
