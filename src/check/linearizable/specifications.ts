import {
  APPEND,
  CAS,
  DELETE,
  INCREMENT,
  NIL,
  type Names,
  READ,
  type RunRecord,
  SET_ADD,
  WRITE,
} from "../../record/record.js";
import { countsLeft, elementsLeft, textsLeft } from "./leavings.js";
import { ILLEGAL, type Model, type ModelName } from "./model.js";
import { ModelLimit, Sets, Texts } from "./states.js";
import { versions } from "./versions.js";

/** A model of its name, with what the record says about values. */
export function makeModel(name: ModelName, record: RunRecord): Model {
  switch (name) {
    case "register":
      return register("register", [READ, WRITE, DELETE]);
    case "cas-register":
      return register("cas-register", [READ, WRITE, DELETE, CAS]);
    case "kv":
      return kv(record.names);
    case "counter":
      return counter(record.names);
    case "set":
      return set(record.names);
    case "versions":
      return versions(record);
  }
}

const register = (name: "register" | "cas-register", kinds: readonly number[]): Model => ({
  name,
  kinds,
  initial: NIL,
  isRegister: true,
  stateOf: (value) => value,
  argumentOf: (value) => value,
  combine: () => ILLEGAL,
});

/** Strings that can be appended to; a key that was never put holds the empty string, and so does a deleted one. */
function kv(names: Names): Model {
  const texts = new Texts();
  const empty = texts.id("");
  const stateOf = (value: number): number => (value === NIL ? empty : texts.id(names.values[value] ?? String(value)));
  return {
    name: "kv",
    kinds: [READ, WRITE, DELETE, CAS, APPEND],
    initial: empty,
    isRegister: true,
    stateOf,
    argumentOf: stateOf,
    combine: (state, argument) => texts.joined(state, argument),
    leavings: () => textsLeft((state) => texts.of(state)),
  };
}

/** Starts at 0; increments may be negative. */
function counter(names: Names): Model {
  const numberOf = (value: number): number => {
    if (names.values.length === 0) return within(value);
    const number = value === NIL ? 0 : Number(names.values[value]);
    return Number.isInteger(number) ? within(number) : ILLEGAL;
  };
  return {
    name: "counter",
    kinds: [READ, INCREMENT, DELETE],
    initial: 0,
    isRegister: false,
    stateOf: numberOf,
    argumentOf: numberOf,
    combine: (state, argument) => within(state + argument),
    leavings: countsLeft,
  };
}

function within(count: number): number {
  if (Math.abs(count) > 0x3fffffff) throw new ModelLimit("the counter leaves the numbers below 2^30");
  return count;
}

/** A set, whose elements go only all together; a read returns all of it. */
function set(names: Names): Model {
  const textOf = (value: number): string => names.values[value] ?? String(value);
  const sets = new Sets();
  return {
    name: "set",
    kinds: [READ, SET_ADD, DELETE],
    initial: sets.empty,
    isRegister: false,
    stateOf: (value) => (value === NIL ? sets.empty : sets.named(textOf(value))),
    argumentOf: (value) => value,
    combine: (state, argument) => sets.with(state, textOf(argument)),
    leavings: () => elementsLeft(textOf, (state) => sets.textOf(state)),
  };
}
