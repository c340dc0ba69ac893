import { complaints } from "./check-text.js";
import { escapeHtml } from "./escape.js";
import { type JudgedFile, type ToldPromise, promiseText, seenText, whyText } from "./judged-file.js";

/**
 * The promises as JUnit XML, as CI servers read it: a suite a file, a case a promise. A broken one is a failure, an
 * undecided one an error: nothing is known to be wrong, and it is not known to be right.
 */
export function junit(files: readonly JudgedFile[]): string {
  const suites = files.map((each) => {
    const cases = each.promises.map((told) => caseOf(told, each));
    return `${opened("testsuite", { name: each.file, ...counted([each]) })}\n${cases.join("\n")}\n  </testsuite>`;
  });
  const body = suites.map((suite) => `  ${suite}`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    opened("testsuites", { name: "faultline", ...counted(files) }),
    ...body,
    "</testsuites>",
    "",
  ].join("\n");
}

function caseOf({ promise, replay }: ToldPromise, file: JudgedFile): string {
  const name = promiseText(promise);
  const start = attributes({
    classname: `${file.scenario}.${promise.architecture}`,
    name,
    file: file.file,
    line: promise.line,
  });
  if (promise.verdict === "kept") return `    <testcase${start}/>`;
  const element = promise.verdict === "broken" ? "failure" : "error";
  const [message] = complaints({ ...file, promises: [{ promise, replay }] });
  const text = [seenText(promise), whyText(promise), `Replay: ${replay}`].filter((line) => line !== "");
  const inner = `${opened(element, { message: message!, type: promise.verdict })}${text.map(escapeXml).join("\n")}</${element}>`;
  return `    <testcase${start}>\n      ${inner}\n    </testcase>`;
}

function counted(files: readonly JudgedFile[]): Readonly<Record<string, number>> {
  const all = files.flatMap(({ promises }) => promises.map(({ promise }) => promise.verdict));
  const count = (verdict: string): number => all.filter((each) => each === verdict).length;
  return { tests: all.length, failures: count("broken"), errors: count("undecided"), skipped: 0 };
}

const opened = (element: string, values: Readonly<Record<string, string | number>>): string =>
  `<${element}${attributes(values)}>`;

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join("");

/** Without the code points that XML 1.0 has no place for: halves of pairs, and the two that are no characters. */
const escapeXml = (text: string): string =>
  escapeHtml(
    text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g, ""),
  );
