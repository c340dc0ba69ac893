import { type Answer, answer } from "../console/answers.js";
import type { Session } from "../console/session.js";
import type { Command } from "../operate/parse.js";
import { sessionCosts } from "./session-costs.js";

/** What is said to a command: any but those about files. */
export const said = (session: Session, command: Command, line: string, isTyped: boolean): Promise<Answer> =>
  command.words.name.startsWith("cost ") ? sessionCosts(session, command, isTyped) : answer(session, command, line);
