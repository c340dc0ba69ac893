import {
  type Alias,
  type Document,
  LineCounter,
  type Node,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
} from "yaml";
import type { Problem } from "./problem.js";

/** A text larger than this is refused before it is parsed. */
export const MOST_BYTES = 4_000_000;
const MOST_ALIASES = 100;
const MOST_NODES = 200_000;
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

/**
 * A YAML text as nodes with positions. Nothing in it is turned into objects by the parser: values are read one by one
 * through shapes, so no key of a file can become anything but a looked-up name.
 */
export class Source {
  readonly problems: Problem[] = [];
  root: Node | null = null;
  /** Position of what stands at a path such as "faults.2.at". */
  private readonly positions = new Map<string, number>();
  private readonly lines = new LineCounter();
  private document: Document | null = null;
  private nodes = 0;

  constructor(
    readonly file: string,
    text: string,
  ) {
    const size = new TextEncoder().encode(text).length;
    if (size > MOST_BYTES) {
      this.report(
        0,
        `the file has ${size} bytes`,
        `at most ${MOST_BYTES}`,
        "a scenario names things, it does not list data",
      );
      return;
    }
    this.parse(text);
  }

  /** Follows an alias. */
  resolve(node: Node): Node | null {
    this.nodes++;
    if (this.nodes === MOST_NODES) this.report(this.offsetOf(node), `more than ${MOST_NODES} values`, "a smaller file");
    if (this.nodes >= MOST_NODES) return null;
    return isAlias(node) ? ((node as Alias).resolve(this.document!) ?? null) : node;
  }

  mark(path: string, node: Node): void {
    if (!this.positions.has(path)) this.positions.set(path, this.offsetOf(node));
  }

  has(path: string): boolean {
    return this.positions.has(path);
  }

  lineAt(path: string): number {
    return this.lines.linePos(this.positions.get(path) ?? 0).line;
  }

  /** An error at a path; at the nearest enclosing one that stands in the file if it does not itself. */
  errorAt(path: string, message: string, expected?: string, hint?: string): void {
    let known = path;
    while (known !== "" && !this.positions.has(known))
      known = known.includes(".") ? known.slice(0, known.lastIndexOf(".")) : "";
    this.report(this.positions.get(known) ?? 0, message, expected, hint);
  }

  errorOn(node: Node, message: string, expected?: string, hint?: string): void {
    this.report(this.offsetOf(node), message, expected, hint);
  }

  private report(offset: number, message: string, expected?: string, hint?: string): void {
    const { line, col } = this.lines.linePos(offset);
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
      documents = [
        ...parseAllDocuments(text, { lineCounter: this.lines, version: "1.2", schema: "core", uniqueKeys: true }),
      ];
    } catch (error) {
      // A text nested thousands of levels deep exhausts the parser's stack.
      if (!(error instanceof RangeError)) throw error;
      this.report(0, "the file is nested too deeply", "a scenario", "see `faultline init` for one to start from");
      return;
    }
    const document = documents[0];
    if (document === undefined || document.contents === null) {
      this.report(0, "the file is empty", "a scenario", "`faultline init` writes one to start from");
      return;
    }
    this.document = document;
    for (const each of documents) {
      for (const error of [...each.errors, ...each.warnings]) {
        const [message] = error.message.split(" at line ");
        this.report(error.pos[0], message!.replace(/\s+/g, " "), undefined, hintFor(error.code, text, error.pos[0]));
      }
    }
    if (documents.length > 1) {
      this.report(
        documents[1]!.range?.[0] ?? 0,
        "a second document begins here",
        "one scenario a file",
        'take the "---" away',
      );
    }
    if (this.problems.length > 0) return;
    if (!this.isHarmless(document.contents)) return;
    this.root = document.contents;
  }

  /** Bounds aliases and depth, and refuses keys that mean something to JavaScript. */
  private isHarmless(root: Node): boolean {
    let aliases = 0;
    const before = this.problems.length;
    const stack: Node[] = [root];
    while (stack.length > 0) {
      const node = stack.pop()!;
      if (isAlias(node)) {
        if (++aliases === MOST_ALIASES + 1) {
          this.errorOn(
            node,
            `more than ${MOST_ALIASES} aliases`,
            "fewer",
            "write the values out: aliases of aliases can grow without bound",
          );
        }
      } else if (isSeq(node)) {
        for (const item of node.items) if (item !== null) stack.push(item as Node);
      } else if (isMap(node)) {
        for (const { key, value } of node.items) {
          if (isScalar(key) && FORBIDDEN.has(String(key.value))) {
            this.errorOn(key, `the key "${String(key.value)}" is not allowed`, "a key of the scenario format");
          }
          if (value !== null) stack.push(value as Node);
        }
      }
    }
    return this.problems.length === before;
  }

  private offsetOf(node: Node): number {
    return node.range?.[0] ?? 0;
  }
}

function hintFor(code: string, text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1).split("\n")[0] ?? "";
  if (/:\s*(>=|<=|>|<)/.test(line)) return 'quote a comparison: ">= 99.9%"; a bare > starts a block of text in YAML';
  if (code === "DUPLICATE_KEY") return "keep one of the two";
  if (code === "TAB_AS_INDENT") return "indent with spaces";
  return "check the indentation, and quote values that hold : or # or begin with > | * & @ ` %";
}
