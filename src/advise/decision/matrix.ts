import { parseDuration } from "../../units/parse.js";
import { nearest } from "../../units/text.js";
import { MINUTE, type Micros } from "../../units/time.js";

/** The leaves of the matrix. */
export type Choice =
  | "single-region"
  | "active-passive"
  | "geo-partitioned"
  | "read-replicas"
  | "single-master"
  | "multi-master";

export interface Answer {
  /** What is typed; of a duration, "DURATION". */
  readonly word: string;
  /** How the path shows it. */
  readonly means: string;
  /** The next question, or where the path ends. */
  readonly next: QuestionName | Choice;
}

export interface Question {
  /** The name of its flag too. */
  readonly name: QuestionName;
  readonly asks: string;
  readonly answers: readonly Answer[];
}

export type QuestionName = "users" | "latency" | "rto" | "data-regulations" | "write-heavy" | "conflict-tolerance";

/** Below it no failover through DNS brings users back: probes, a fence, a promotion and a cached answer take as long. */
export const LEAST_RTO = MINUTE;

const DURATION = "DURATION";

/**
 * The decision matrix for multi-region architectures: a tree of questions, each with what leads on and what ends the way.
 * "Need DR?" is asked as a figure, since the scenario that comes out has to promise one.
 */
export const QUESTIONS: readonly Question[] = [
  {
    name: "users",
    asks: "Where are your users?",
    answers: [
      { word: "one-region", means: "around one region", next: "single-region" },
      { word: "global", means: "in several regions of the world", next: "latency" },
    ],
  },
  {
    name: "latency",
    asks: "Is your application sensitive to latency?",
    answers: [
      { word: "relaxed", means: "no", next: "rto" },
      { word: "sensitive", means: "yes", next: "data-regulations" },
    ],
  },
  {
    name: "rto",
    asks: "How soon must the service be back when a region is lost (the RTO)?",
    answers: [
      { word: "none", means: "no disaster recovery needed", next: "single-region" },
      { word: DURATION, means: "within", next: "active-passive" },
    ],
  },
  {
    name: "data-regulations",
    asks: "Do regulations say where data may be?",
    answers: [
      { word: "yes", means: "yes", next: "geo-partitioned" },
      { word: "no", means: "no", next: "write-heavy" },
    ],
  },
  {
    name: "write-heavy",
    asks: "Is the load heavy on writes?",
    answers: [
      { word: "no", means: "no, it mostly reads", next: "read-replicas" },
      { word: "yes", means: "yes", next: "conflict-tolerance" },
    ],
  },
  {
    name: "conflict-tolerance",
    asks: "Can two regions change the same thing at once, to be merged later?",
    answers: [
      { word: "low", means: "no, tolerance for conflicts is low", next: "single-master" },
      { word: "high", means: "yes, tolerance for conflicts is high", next: "multi-master" },
    ],
  },
];

export interface Step {
  readonly question: Question;
  readonly answer: Answer;
  /** As it was given: "1m". */
  readonly given: string;
}

export interface Path {
  readonly steps: readonly Step[];
  readonly choice: Choice;
  /** Null where nothing has to be back. */
  readonly rto: Micros | null;
}

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly expected: string };

/** What of a question's answers a text is. */
export function readAnswer(question: Question, text: string): Read<Answer> {
  const typed = text.trim();
  const found = question.answers.find(({ word }) => word !== DURATION && word === typed.toLowerCase());
  if (found !== undefined) return { ok: true, value: found };
  const ofDuration = question.answers.find(({ word }) => word === DURATION);
  const words = question.answers.map(({ word }) => word).filter((word) => word !== DURATION);
  if (ofDuration === undefined) {
    const close = nearest(typed, words);
    return { ok: false, expected: `${words.join(" or ")}${close === undefined ? "" : `; did you mean "${close}"?`}` };
  }
  const parsed = parseDuration(typed);
  if (!parsed.ok) return { ok: false, expected: `${words.join(", ")} or ${parsed.expected}` };
  if (parsed.value >= LEAST_RTO) return { ok: true, value: ofDuration };
  const expected =
    "at least 1m: probes, a fence, a promotion and cached answers of DNS take as long; " +
    "who needs less has to write in several regions (--latency sensitive)";
  return { ok: false, expected };
}

export type Walked =
  | { readonly kind: "there"; readonly path: Path }
  | { readonly kind: "open"; readonly question: Question; readonly steps: readonly Step[] }
  | { readonly kind: "wrong"; readonly question: Question; readonly given: string; readonly expected: string };

/** As far as the given answers lead: to a leaf, to a question without an answer, or to an answer that is none. */
export function walk(given: ReadonlyMap<QuestionName, string>): Walked {
  const steps: Step[] = [];
  let rto: Micros | null = null;
  let question = QUESTIONS[0]!;
  for (;;) {
    const text = given.get(question.name);
    if (text === undefined) return { kind: "open", question, steps };
    const read = readAnswer(question, text);
    if (!read.ok) return { kind: "wrong", question, given: text, expected: read.expected };
    steps.push({ question, answer: read.value, given: text.trim() });
    const duration = parseDuration(text);
    if (read.value.word === DURATION && duration.ok) rto = duration.value;
    const { next } = read.value;
    const following = QUESTIONS.find(({ name }) => name === next);
    if (following === undefined) return { kind: "there", path: { steps, choice: next as Choice, rto } };
    question = following;
  }
}

/** "users in several regions of the world": the way, a line a step. */
export const stepLine = ({ question, answer, given }: Step): string =>
  `${question.asks} ${answer.word === DURATION ? `${answer.means} ${given}` : answer.means}`;
