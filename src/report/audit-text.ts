import type { Audit } from "../advise/audit/audit.js";
import type { Finding } from "../advise/audit/finding.js";

export type Wrap = (text: string, width: number) => string;

/** A finding of several architectures that is the same to the word. */
interface Shared extends Finding {
  readonly architectures: readonly string[];
}

/** Findings by gravity, each with its place, its reason, what to change and what shows it; then what nobody can simulate. */
export function auditText(
  audit: Audit,
  file: string,
  width: number,
  command: (...args: string[]) => string,
  wrap: Wrap,
): string {
  const shared = merged(audit.findings);
  const lines = shared.flatMap((finding) => [...findingLines(finding, audit, file, width, command, wrap), ""]);
  const topics = [...new Set(audit.questions.map(({ topic }) => topic))];
  const questions = topics.flatMap((topic) => [
    `  ${topic}`,
    ...audit.questions
      .filter((question) => question.topic === topic)
      .map(({ asks }) => indented(asks, width, "    ? ", "      ", wrap)),
  ]);
  return [...lines, "What no simulation can judge:", ...questions, "", summary(shared, audit)].join("\n");
}

function merged(findings: readonly Finding[]): Shared[] {
  const found = new Map<string, { finding: Finding; architectures: string[] }>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, finding.severity, finding.what, finding.why, finding.change]);
    const known = found.get(key);
    if (known === undefined) found.set(key, { finding, architectures: [finding.architecture] });
    else known.architectures.push(finding.architecture);
  }
  const order = ["critical", "warning", "advice"];
  return [...found.values()]
    .map(({ finding, architectures }) => ({ ...finding, architectures }))
    .toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

function findingLines(
  finding: Shared,
  audit: Audit,
  file: string,
  width: number,
  command: (...args: string[]) => string,
  wrap: Wrap,
): string[] {
  const all = finding.architectures.length === audit.architectures.length && audit.architectures.length > 1;
  const whose = all ? "all architectures" : finding.architectures.join(", ");
  const part = (title: string, text: string): string =>
    indented(text, width, `  ${title.padEnd(8)}`, " ".repeat(10), wrap);
  return [
    `${file}:${finding.line}:${finding.column}: ${finding.severity}: ${finding.rule} (${whose})`,
    indented(finding.what, width, "  ", "  ", wrap),
    part("why", finding.why),
    part("change", finding.change),
    ...(finding.shows === null
      ? []
      : [`  ${"see it".padEnd(8)}${command(...finding.shows.map((word) => (word === "FILE" ? file : word)))}`]),
  ];
}

function indented(text: string, width: number, first: string, rest: string, wrap: Wrap): string {
  return wrap(text, width - rest.length)
    .split("\n")
    .map((line, index) => `${index === 0 ? first : rest}${line}`)
    .join("\n");
}

function summary(shared: readonly Shared[], audit: Audit): string {
  const count = (severity: string): number => shared.filter((finding) => finding.severity === severity).length;
  const many = (number: number, one: string, more: string): string => `${number} ${number === 1 ? one : more}`;
  return `${count("critical")} critical, ${many(count("warning"), "warning", "warnings")}, ${count("advice")} advice; ${many(audit.questions.length, "question", "questions")} that only people can answer`;
}

/** The document of `audit --json`. */
export const auditDocument = (audit: Audit, file: string): string =>
  `${JSON.stringify(
    {
      schema: "faultline/audit/1",
      file,
      architectures: audit.architectures,
      findings: audit.findings.map(
        ({ architecture, rule, severity, line, column, path, what, why, change, shows }) => ({
          ...{ architecture, rule, severity, line, column, path, what, why, change },
          see: shows === null ? null : ["faultline", ...shows.map((word) => (word === "FILE" ? file : word))],
        }),
      ),
      questions: audit.questions,
    },
    null,
    2,
  )}\n`;
