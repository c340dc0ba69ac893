import { members } from "../testing/members.js";
import type { Report } from "../testing/report.js";

export interface LawsJob {
  readonly member: number;
  readonly first: number;
  readonly seeds: number;
}

/** In a thread of its own: one suite over a range of seeds. */
export const runLaws = ({ member, first, seeds }: LawsJob): Report => members[member]!.check({ first, seeds });
