import {
  APPEND,
  CAS,
  DELETE,
  FAIL,
  INCREMENT,
  NEVER,
  OK,
  READ,
  type RunRecord,
  SET_ADD,
  UNKNOWN,
  WRITE,
} from "../../src/record/record.js";
import { Recorder } from "../../src/record/recorder.js";

/** An operation written out, for histories small enough to try every order. */
export interface Small {
  readonly call: number;
  readonly returned: number;
  readonly process?: number;
  readonly session?: number;
  readonly key?: number;
  readonly kind: number;
  readonly argument?: number;
  readonly expected?: number;
  readonly result?: number;
  readonly outcome?: number;
}

export function recordOf(operations: readonly Small[], names?: RunRecord["names"]): RunRecord {
  const recorder = new Recorder();
  for (const small of operations.toSorted((a, b) => a.call - b.call)) {
    const row = recorder.call({
      time: small.call,
      process: small.process ?? 0,
      session: small.session ?? -1,
      key: small.key ?? 0,
      kind: small.kind,
      argument: small.argument ?? -1,
      expected: small.expected ?? -1,
    });
    recorder.complete(row, small.returned, small.outcome ?? OK, small.result ?? -1);
  }
  return recorder.finish({ end: 100, ...(names === undefined ? {} : { names }) });
}

/** States as text, so that the reference shares nothing with the models it checks. */
type Spec = (state: string, operation: Small, text: (value: number) => string) => string | null;

const register: Spec = (state, { kind, argument, expected, result, outcome }, text) => {
  if (kind === READ) return text(result ?? -1) === state ? state : null;
  if (kind === WRITE) return text(argument!);
  if (kind === DELETE) return text(-1);
  if (kind === APPEND) return state + text(argument!);
  if (kind !== CAS) return null;
  const same = text(expected!) === state;
  if (outcome === UNKNOWN) return same ? text(argument!) : state;
  return same === (result === 1) ? (same ? text(argument!) : state) : null;
};
const counter: Spec = (state, { kind, argument, result }) => {
  if (kind === DELETE) return "0";
  if (kind === INCREMENT) return String(Number(state) + argument!);
  return String(result ?? -1) === state ? state : null;
};
const set: Spec = (state, { kind, argument, result }, text) => {
  if (kind === DELETE) return "#{}";
  if (kind === SET_ADD) {
    const elements = new Set([...state.slice(2, -1).split(" "), text(argument!)]);
    elements.delete("");
    return `#{${[...elements].toSorted().join(" ")}}`;
  }
  return text(result ?? -1) === state ? state : null;
};

const SPECS: Readonly<Record<string, { readonly initial: string; readonly nil: string; readonly spec: Spec }>> = {
  register: { initial: "nil", nil: "nil", spec: register },
  "cas-register": { initial: "nil", nil: "nil", spec: register },
  kv: { initial: "", nil: "", spec: register },
  counter: { initial: "0", nil: "0", spec: counter },
  set: { initial: "#{}", nil: "#{}", spec: set },
};

/** Tries every order of one key's operations. */
export function isLinearizable(operations: readonly Small[], model: string, values: readonly string[] = []): boolean {
  const { initial, nil, spec } = SPECS[model]!;
  const text = (value: number): string => (value === -1 ? nil : (values[value] ?? String(value)));
  const real = operations.filter(({ outcome, kind }) => outcome !== FAIL && !(outcome === UNKNOWN && kind === READ));
  const ends = real.map(({ outcome, returned }) => (outcome === UNKNOWN ? NEVER : returned));
  const used = new Array<boolean>(real.length).fill(false);
  const from = (state: string): boolean => {
    // Unknown operations may stay out; all others are in when the least return of what is left is never.
    const least = Math.min(...ends.filter((_, at) => !used[at]));
    if (least === NEVER) return true;
    return real.some((operation, at) => {
      if (used[at] || operation.call > least) return false;
      const after = spec(state, operation, text);
      if (after === null) return false;
      used[at] = true;
      const found = from(after);
      used[at] = false;
      return found;
    });
  };
  return from(initial);
}

/** All ways in which `count` intervals can lie to each other, calls in order: endpoints at 1 to 2 * count. */
export function* intervals(count: number): Generator<readonly (readonly [number, number])[]> {
  const made: [number, number][] = [];
  function* place(time: number, open: readonly number[]): Generator<readonly (readonly [number, number])[]> {
    if (time > 2 * count) {
      yield made.map(([call, returned]) => [call, returned] as const);
      return;
    }
    if (made.length < count) {
      made.push([time, 0]);
      yield* place(time + 1, [...open, made.length - 1]);
      made.pop();
    }
    for (const each of open) {
      made[each]![1] = time;
      yield* place(
        time + 1,
        open.filter((other) => other !== each),
      );
    }
  }
  yield* place(1, []);
}

/** Every list of `length` items, in a fixed order. */
export function* lists<T>(items: readonly T[], length: number): Generator<readonly T[]> {
  if (length === 0) {
    yield [];
    return;
  }
  for (const rest of lists(items, length - 1)) for (const item of items) yield [...rest, item];
}
