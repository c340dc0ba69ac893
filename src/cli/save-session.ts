import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Answer } from "../console/answers.js";
import type { Session } from "../console/session.js";
import { formatProblem } from "../scenario/problem.js";
import { Exit } from "./exit.js";
import { parseAt } from "./load.js";
import { PendingFile } from "./pending-file.js";
import { replayOf } from "./shell.js";

const refused = (line: string): Answer => ({ lines: [line], fine: false });

/** Writes the scenario with what was ordered in the session: whole or not at all, and over nothing unless it is told to. */
export function saveSession(session: Session, file: string, force: boolean): Answer {
  const { text, facts, orders, outcome } = session;
  if (existsSync(file) && !force)
    return refused(`${file} is there already; expected a new file, or \`save ${file} --force\` to replace it`);
  const read = parseAt(resolve(file), file, text);
  if (!read.ok)
    return refused(
      `saved there, it could not be read: ${formatProblem(read.problems[0]!)}; save it beside ${facts.file}, whose files it names`,
    );
  try {
    const pending = new PendingFile(file);
    try {
      pending.write(text);
      pending.commit();
    } finally {
      pending.discard();
    }
  } catch (error) {
    if (error instanceof Exit) return refused(error.message);
    throw error;
  }
  const digests = outcome === null ? [] : [`digests  ${outcome.digests.events} ${outcome.digests.metrics}`];
  return {
    lines: [
      `${file} has the scenario and ${orders === 1 ? "one order" : `${orders} orders`}, given in ${facts.architecture}.`,
      `Replay  ${replayOf("run", file, "--architecture", facts.architecture, "--seed", facts.seed)}`,
      ...digests,
    ],
    fine: true,
  };
}
