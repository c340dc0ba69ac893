import { posix } from "node:path";
import type { Node } from "yaml";
import { type Catalogue, type OwnPolicies, type PolicyKind, extended } from "../policies/catalogue.js";
import type { PolicyFacts } from "../policies/contract.js";
import { complaintsAbout } from "../policies/shape.js";
import type { PluginSource } from "../simulation/plan.js";
import type { Unreadable } from "./scenario.js";
import type { Source } from "./source.js";

/** What came of loading a file of the user's own: a policy that can be compiled, or all that keeps it from being one. */
export type PluginLoad =
  | { readonly ok: true; readonly policy: PolicyFacts; readonly source: PluginSource }
  | { readonly ok: false; readonly problems: readonly { readonly message: string; readonly expected?: string }[] }
  | Unreadable;

/** Loads a file beside the scenario as a policy of that kind. */
export type PluginLoader = (kind: PolicyKind, file: string) => PluginLoad;

const ENDING = /\.[cm]?[jt]s$/;

/** Whether a word stands for a file and not for the name of a policy. */
export const isReference = (word: string): boolean => /[/\\]/.test(word) || /\.[A-Za-z]+$/.test(word);

/** All policies that one scenario can name: those that come along, those that the caller gave, those of files it names. */
export class KnownPolicies {
  readonly plugins: PluginSource[] = [];
  /** What each file was found to be called; null for one that cannot be used. */
  private readonly loaded = new Map<string, string | null>();
  private whole: Catalogue;

  constructor(
    own: OwnPolicies,
    private readonly load: PluginLoader | undefined,
  ) {
    for (const [kind, members] of Object.entries(own) as [PolicyKind, readonly PolicyFacts[]][])
      for (const policy of members) {
        const [wrong] = complaintsAbout(kind, policy);
        if (wrong !== undefined)
          throw new TypeError(`the ${kind} policy given: ${wrong.message}; expected ${wrong.expected}`);
      }
    this.whole = extended(own);
  }

  get catalogue(): Catalogue {
    return this.whole;
  }

  get(kind: PolicyKind, name: string): PolicyFacts | undefined {
    const members = this.whole[kind] as Readonly<Record<string, PolicyFacts>>;
    return Object.hasOwn(members, name) ? members[name] : undefined;
  }

  /**
   * Of a policy in a file, its name. What keeps it from being one is reported where the file is first named; then the
   * reference stands for it, which names no policy.
   */
  named(kind: PolicyKind, reference: string, node: Node, source: Source): string {
    const file = posix.normalize(reference);
    const key = `${kind} ${file}`;
    if (!this.loaded.has(key)) this.loaded.set(key, this.tried(kind, file, reference, node, source));
    return this.loaded.get(key) ?? reference;
  }

  private tried(kind: PolicyKind, file: string, reference: string, node: Node, source: Source): string | null {
    const beside = "a .ts or .js file in the scenario's folder, as ./mine.ts";
    const refuse = (message: string, expected?: string): null => {
      source.errorOn(node, message, expected);
      return null;
    };
    if (/^[/\\]|^[A-Za-z]:|\\/.test(reference) || file.split("/").includes(".."))
      return refuse(`"${reference}" leads out of the scenario's folder`, beside);
    if (!ENDING.test(file)) return refuse(`"${reference}" is no file of TypeScript or JavaScript`, beside);
    if (this.load === undefined)
      return refuse(
        `the ${kind} policy "${reference}" is a file, and nobody loads files here`,
        "the name of a policy; give your own to parseScenario as policies",
      );
    const loaded = this.load(kind, file);
    if ("reason" in loaded) return refuse(`the ${kind} policy "${reference}" cannot be read: ${loaded.reason}`, beside);
    if (!loaded.ok) {
      for (const { message, expected } of loaded.problems) source.errorOn(node, message, expected);
      return null;
    }
    const { policy } = loaded;
    if (this.get(kind, policy.name) !== undefined)
      return refuse(
        `${loaded.source.file} calls itself "${policy.name}", and there is a ${kind} policy of that name already`,
        "a name of its own",
      );
    this.whole = extended({ [kind]: [policy] } as OwnPolicies, this.whole);
    this.plugins.push(loaded.source);
    return policy.name;
  }
}
