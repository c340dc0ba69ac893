/** The names of the language's own things, whose prototypes belong to every run of a thread. */
const NAMES = [
  ...["Object", "Function", "Array", "String", "Number", "Boolean", "BigInt", "Symbol", "RegExp", "Date", "Promise"],
  ...["Map", "Set", "WeakMap", "WeakSet", "WeakRef", "FinalizationRegistry", "Math", "JSON", "Reflect", "Atomics"],
  ...["Proxy", "Intl", "ArrayBuffer", "SharedArrayBuffer", "DataView", "Int8Array", "Uint8Array", "Uint8ClampedArray"],
  ...["Int16Array", "Uint16Array", "Int32Array", "Uint32Array", "Float32Array", "Float64Array", "BigInt64Array"],
  ...["BigUint64Array", "Error", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"],
  ...["AggregateError"],
] as const;
/** What hangs on the prototypes of these is often given anew to a single object or class: that goes on. */
const OFTEN_OVERRIDDEN = /^(?:Object|Function|\w*Error)$/;

/**
 * Makes what all code of this thread shares unchangeable: a policy that mends a prototype, or leaves something with the
 * whole program, would reach into other runs. Whoever tries is told by a TypeError, at the line that tried. Comes after
 * everything that replaces something for good.
 */
export function harden(): void {
  const whole = globalThis as unknown as Record<string, unknown>;
  for (const name of NAMES) {
    const thing = whole[name] as { readonly prototype?: object } & object;
    close(thing, "fixed");
    if (thing.prototype !== undefined) close(thing.prototype, OFTEN_OVERRIDDEN.test(name) ? "overridable" : "fixed");
    Object.defineProperty(whole, name, { writable: false, configurable: false });
  }
  const lists = [[][Symbol.iterator](), new Map().keys(), new Set().keys(), ""[Symbol.iterator]()];
  for (const list of [...lists, function* () {}.prototype as object]) {
    for (
      let each = Object.getPrototypeOf(list) as object;
      each !== Object.prototype;
      each = Object.getPrototypeOf(each)
    )
      close(each, "fixed");
  }
  close(Object.getPrototypeOf(Uint8Array) as object, "fixed");
  close((Object.getPrototypeOf(Uint8Array) as { prototype: object }).prototype, "fixed");
  Object.preventExtensions(whole);
}

function close(thing: object, how: "fixed" | "overridable"): void {
  for (const key of Reflect.ownKeys(thing)) {
    const { configurable, value, writable } = Object.getOwnPropertyDescriptor(thing, key)!;
    if (configurable !== true) {
      if (writable === true) Object.defineProperty(thing, key, { writable: false });
    } else if (writable !== true) Object.defineProperty(thing, key, { configurable: false });
    else if (how === "overridable") overridable(thing, key, value);
    else Object.defineProperty(thing, key, { writable: false, configurable: false });
  }
  Object.preventExtensions(thing);
}

/** Where a property is read-only nothing that inherits it could be given its own by assignment. */
function overridable(thing: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(thing, key, {
    configurable: false,
    get: () => value,
    set(this: object, own: unknown) {
      if (this === thing) throw new TypeError(`Cannot change ${String(key)} of what every run shares`);
      Object.defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true });
    },
  });
}
