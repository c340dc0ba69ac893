import { isOperators } from "../check/operators.js";
import { Words } from "../check/words.js";
import { NIL, type RunRecord } from "../record/record.js";
import { withoutInvisible } from "../units/invisible.js";

/** Whom and what a record names, as prose names them. */
export class FateWords {
  private readonly words: Words;

  constructor(private readonly record: RunRecord) {
    this.words = new Words(record);
  }

  region(region: number): string {
    return plain(this.words.region(region));
  }

  /** "a, b and c"; "no region". */
  regions(regions: readonly number[]): string {
    const names = regions.map((region) => this.region(region));
    if (names.length < 2) return names[0] ?? "no region";
    return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  }

  key(key: number): string {
    return plain(this.words.key(key));
  }

  label(label: string): string {
    return plain(label);
  }

  /** "London (session 17)": places have their sessions one after the other. */
  user(operation: number): string {
    const session = this.record.operations.session[operation]!;
    if (isOperators(this.record, operation)) return "an operator";
    let first = 0;
    for (const { name, sessions } of this.record.places ?? []) {
      if (session < first + sessions) return `${plain(name)} (session ${session - first})`;
      first += sessions;
    }
    return session === NIL ? "a client" : `session ${session}`;
  }

  version(write: number): string {
    return write === NIL ? "nothing" : `write ${write}`;
  }
}

const plain = (text: string): string => withoutInvisible(text).replace(/\s+/g, " ");
