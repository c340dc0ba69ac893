import { type Document, LineCounter, type Node, isAlias, isSeq, parseAllDocuments } from "yaml";
import { KnownPolicies } from "./own-policies.js";
import type { Problem } from "./problem.js";
import { type Aliases, MOST_NODES, tidied } from "./tree.js";
import { type Refusal, refusalOf, tooDeep } from "./unreadable.js";

/** Nobody reads more: beyond so many problems no others are looked for. */
export const MOST_PROBLEMS = 1000;
const MOST_YAML_ERRORS = 100;

/** What kind of file it is, for its messages. */
export interface FileKind {
  /** "the scenario". */
  readonly called: string;
  /** "scenario". */
  readonly noun: string;
  /** What to do when it is empty. */
  readonly hint: string;
}

const SCENARIO_FILE: FileKind = {
  called: "the scenario",
  noun: "scenario",
  hint: "`faultline init` writes one to start from",
};

/**
 * A YAML text as nodes with positions. Nothing in it is turned into objects by the parser: values are read one by one
 * through shapes, so no key of a file can become anything but a looked-up name.
 */
export class Source {
  readonly problems: Problem[] = [];
  readonly notes: Problem[] = [];
  root: Node | null = null;
  /** Whether it is YAML throughout. If not, only what ends before the first error can be believed. */
  sound = true;
  /** What stands at a path such as "faults.2.at". */
  private readonly marked = new Map<string, Node>();
  /** Where a list stands; under a name of the user's the name itself is what is marked. */
  private readonly lists = new Set<string>();
  private readonly lines = new LineCounter();
  private aliases: Aliases = new Map();
  private readonly said = new Set<string>();
  private nodes = 0;
  /** Where belief ends. */
  private end = Number.POSITIVE_INFINITY;

  constructor(
    readonly file: string,
    private readonly text: string,
    readonly policies = new KnownPolicies({}, undefined),
    private readonly kind = SCENARIO_FILE,
  ) {
    const refusal = refusalOf(text);
    if (refusal === null) this.parse(text);
    else {
      for (let at = text.indexOf("\n"); at >= 0 && at < refusal.offset; at = text.indexOf("\n", at + 1))
        this.lines.addNewLine(at + 1);
      this.refuse(refusal);
    }
  }

  /** Nothing more is looked for. */
  get full(): boolean {
    return this.problems.length >= MOST_PROBLEMS;
  }

  /** Follows an alias. Null when there is nothing to read, which has been reported. */
  resolve(node: Node): Node | null {
    this.nodes++;
    if (this.nodes === MOST_NODES) this.report(offsetOf(node), `more than ${MOST_NODES} values`, "a smaller file");
    if (this.nodes >= MOST_NODES || this.full) return null;
    return isAlias(node) ? (this.aliases.get(node) ?? null) : node;
  }

  mark(path: string, node: Node): void {
    if (!this.marked.has(path)) this.marked.set(path, node);
    if (isSeq(isAlias(node) ? this.aliases.get(node) : node)) this.lists.add(path);
  }

  /** What stands at `like` is what `path` comes from. */
  alias(path: string, like: string): void {
    const node = this.marked.get(this.nearestTo(like));
    if (node !== undefined && !this.marked.has(path)) this.marked.set(path, node);
  }

  /** The same, of all that stands below it. */
  aliasAll(path: string, like: string): void {
    for (const below of [...this.marked.keys()])
      if (below === like || below.startsWith(`${like}.`)) this.alias(`${path}${below.slice(like.length)}`, below);
  }

  has(path: string): boolean {
    return this.marked.has(path);
  }

  /** What a message calls the thing at a path. */
  called(path: string): string {
    if (path === "") return this.kind.called;
    const cut = path.lastIndexOf(".");
    const last = path.slice(cut + 1).replaceAll("·", ".");
    const isEntry = this.lists.has(path.slice(0, Math.max(0, cut)));
    return isEntry ? `entry ${Number(last) + 1} of ${this.called(path.slice(0, cut))}` : last;
  }

  lineAt(path: string): number {
    return this.lines.linePos(this.offsetAt(path)).line;
  }

  positionAt(path: string): { readonly line: number; readonly column: number } {
    const { line, col } = this.lines.linePos(this.offsetAt(path));
    return { line, column: col };
  }

  /** An error at a path; at the nearest enclosing one that stands in the file if it does not itself. */
  errorAt(path: string, message: string, expected?: string, hint?: string): void {
    this.report(this.offsetAt(this.nearestTo(path)), message, expected, hint);
  }

  /** An error within the text at a path, so many characters from its beginning. */
  errorWithin(path: string, written: string, at: number, message: string, expected?: string, hint?: string): void {
    const begin = this.offsetAt(this.nearestTo(path));
    // What is quoted, escaped or folded stands otherwise in the file than it reads: then its beginning has to do.
    const quoted = /^["']/.test(this.text.slice(begin, begin + 1)) ? 1 : 0;
    const isPlain = this.text.startsWith(written, begin + quoted);
    this.report(isPlain ? begin + quoted + at : begin, message, expected, hint);
  }

  /** Nothing wrong, but something that the reader of the results must be told. */
  note(path: string, message: string): void {
    const { line, column } = this.positionAt(this.nearestTo(path));
    this.notes.push({ file: this.file, line, column, severity: "note", message });
  }

  /** The innermost path that stands in the file. */
  private nearestTo(path: string): string {
    let known = path;
    while (known !== "" && !this.marked.has(known))
      known = known.includes(".") ? known.slice(0, known.lastIndexOf(".")) : "";
    return known;
  }

  errorOn(node: Node, message: string, expected?: string, hint?: string): void {
    if ((node.range?.[1] ?? 0) < this.end) this.report(offsetOf(node), message, expected, hint);
  }

  private offsetAt(path: string): number {
    const node = this.marked.get(path);
    return node === undefined ? 0 : offsetOf(node);
  }

  private refuse({ offset, message, expected, hint }: Refusal): void {
    this.report(offset, message, expected, hint);
  }

  private report(offset: number, message: string, expected?: string, hint?: string): void {
    if (this.full) return;
    const { line, col } = this.lines.linePos(offset);
    // What two passes have against one thing is one problem.
    const said = `${offset} ${message}`;
    if (this.said.has(said)) return;
    this.said.add(said);
    this.problems.push({
      file: this.file,
      line: Math.max(1, line),
      column: Math.max(1, col),
      severity: "error",
      message,
      ...(expected === undefined ? {} : { expected }),
      ...(hint === undefined ? {} : { hint }),
    });
  }

  private parse(text: string): void {
    let documents: Document[];
    try {
      const options = { version: "1.2", schema: "core", uniqueKeys: false, prettyErrors: false } as const;
      documents = [...parseAllDocuments(text, { ...options, lineCounter: this.lines })];
    } catch (error) {
      // Nesting that the first look did not see exhausts the parser's stack.
      if (!(error instanceof RangeError)) throw error;
      this.refuse(tooDeep(0));
      return;
    }
    const document = documents[0];
    if (document === undefined || document.contents === null) {
      this.report(0, "the file is empty", `a ${this.kind.noun}`, this.kind.hint);
      return;
    }
    this.reportErrors(documents, text);
    if (!this.sound) this.end = this.lines.lineStarts[this.problems[0]!.line - 1] ?? 0;
    const aliases = tidied(document.contents, (node, ...what) => this.errorOn(node, ...what));
    if (aliases === null) return;
    this.aliases = aliases;
    this.root = document.contents;
  }

  private reportErrors(documents: readonly Document[], text: string): void {
    const errors = documents.flatMap((each) => [...each.errors, ...each.warnings]).slice(0, MOST_YAML_ERRORS);
    for (const { pos, message } of errors.toSorted((a, b) => a.pos[0] - b.pos[0]))
      this.report(pos[0], message.replace(/\s+/g, " "), undefined, hintFor(text, pos[0], message));
    this.sound = errors.length === 0;
    if (documents.length < 2) return;
    const second = documents[1]!.range?.[0] ?? 0;
    this.report(second, "a second document begins here", `one ${this.kind.noun} a file`, 'take the "---" away');
  }
}

const offsetOf = (node: Node): number => node.range?.[0] ?? 0;

function hintFor(text: string, offset: number, message: string): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", start);
  const line = text.slice(start, end < 0 ? text.length : end);
  if (/:\s*(>=|<=|>|<)/.test(line)) return 'quote a comparison: ">= 99.9%"; a bare > starts a block of text in YAML';
  if (/\btabs?\b/i.test(message)) return "indent with spaces";
  return "check the indentation, and quote values that hold : or # or begin with > | * & @ ` %";
}
