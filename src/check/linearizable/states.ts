import { Interner } from "../../record/interner.js";
import { setText } from "../../record/text/forms.js";

/** Thrown when a model leaves the numbers or the memory that it has; the verdict is then unknown, with this reason. */
export class ModelLimit extends Error {}

const MOST_TEXT = 1 << 27;

/** Texts as states, and how much memory they take. */
class Numbered {
  private readonly interner = new Interner();
  private characters = 0;

  id(text: string): number {
    const known = this.interner.texts.length;
    const id = this.interner.id(text);
    if (id === known) this.characters += text.length;
    if (this.characters > MOST_TEXT) throw new ModelLimit(`the values in question exceed ${MOST_TEXT} characters`);
    return id;
  }

  of(id: number): string {
    return this.interner.texts[id]!;
  }
}

/** Strings and what appending made of them. */
export class Texts extends Numbered {
  private readonly appended = new Map<number, number>();

  joined(state: number, argument: number): number {
    const pair = state * 0x4000000 + argument;
    const known = this.appended.get(pair);
    if (known !== undefined) return known;
    const id = this.id(this.of(state) + this.of(argument));
    this.appended.set(pair, id);
    return id;
  }
}

/** Sets and what adding made of them. */
export class Sets {
  private readonly texts = new Numbered();
  private readonly elements: (readonly string[])[] = [];
  readonly empty = this.id([]);

  /** The set that a history names by this text. */
  named(text: string): number {
    return this.texts.id(text);
  }

  with(state: number, element: string): number {
    return this.id([...this.elements[state]!, element]);
  }

  textOf(state: number): string {
    return this.texts.of(state);
  }

  private id(elements: readonly string[]): number {
    const id = this.texts.id(setText(elements));
    this.elements[id] ??= [...new Set(elements)].toSorted();
    return id;
  }
}
