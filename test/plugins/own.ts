import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** What stands in each place of the replication below; a line each, so that a test can say which line it means. */
export interface Parts {
  readonly top?: string;
  readonly on?: string;
  readonly request?: string;
  readonly receive?: string;
  readonly timer?: string;
  readonly facts?: string;
}

/** Line of the file on which a part stands. */
export const LINES = { top: 2, facts: 4, on: 9, request: 12, receive: 17, timer: 20 } as const;

/** A replication that serves everybody from what is there and ships nothing: in TypeScript, or in JavaScript. */
export function replication(parts: Parts = {}, language: "ts" | "js" = "ts"): string {
  const type = (text: string): string => (language === "ts" ? `: ${text}` : "");
  const types = language === "ts" ? ", type Host, type Operation, type Register" : "";
  return `import { Letter, duration${types} } from "faultline/policy";
${parts.top ?? ""}
export default {
  ${parts.facts ?? 'name: "mine",'}
  about: "Serves everybody from what is there.",
  options: { pause: duration(1_000_000, "between two looks", { least: 1000 }) },
  gives: { writers: "every-replica" }, needs: { conflict: true }, verbs: ["nothing"], letter: () => new Letter(),
  on(host${type("Host")}, options${type("any")})${type("any")} {
    ${parts.on ?? ""}
    return {
      request(operation${type("Operation")}) {
        ${parts.request ?? ""}
        if (operation.write) host.accept(operation);
        host.commit(operation);
      },
      receive(letter${type("Letter")}) {
        ${parts.receive ?? ""}
      },
      timer() {
        ${parts.timer ?? ""}
        host.after(options.pause, 0, 0);
      },
      disconnected() {}, led() {}, persisted() {}, wants: () => false, installed() {},
      restart() { this.timer(); },
      position: () => host.log.end, logTerm: () => 0,
    };
  },
};
`;
}

/** Three regions with measured latencies and users beside them, with one architecture of ours and one of the user's own. */
export const scenario = (architecture: string): string => `question: What does it do?
duration: 2m
topology:
  latency: aws-2024-04
  regions:
    us-east-1: {instances: 2, workers: 8, service_time: 40ms}
    eu-west-1: {instances: 2, workers: 8, service_time: 40ms}
    ap-southeast-1: {instances: 2, workers: 8, service_time: 40ms}
users:
  - {place: New York, requests: 20/s, reads: 70%, sessions: 200}
  - {place: London, requests: 20/s, reads: 70%, sessions: 200}
  - {place: Singapore, requests: 20/s, reads: 70%, sessions: 200}
data: {keys: 10_000, popularity: {zipf: 0.99}, value: 2 KB}
architectures:
  ours: {pattern: active-active}
  mine: {${architecture}}
`;

/** Line of the file on which the user's own architecture stands. */
export const MINE = 16;

/** A folder with these files. */
export function folder(files: Readonly<Record<string, string>>): string {
  const made = mkdtempSync(join(tmpdir(), "faultline-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(made, name)), { recursive: true });
    writeFileSync(join(made, name), text);
  }
  return made;
}
