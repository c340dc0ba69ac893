import { expect, test } from "vitest";
import { faultKinds } from "../../src/faults/catalogue.js";
import { catalogue } from "../../src/policies/catalogue.js";
import { Dice } from "../../src/testing/dice.js";
import { SKIPPED, members } from "../../src/testing/members.js";
import { FAULTS, faultsOf } from "../../src/testing/weather.js";
import { keepLaws } from "./kept.js";

test("every policy has its suite, or a reason why not", () => {
  const all = Object.entries(catalogue).flatMap(([kind, ones]) => Object.keys(ones).map((name) => `${kind} ${name}`));
  const tried = members.map(({ kind, name }) => `${kind} ${name}`);
  // Some are tried beside another policy as well, which their names say.
  const plain = tried.filter((name) => !/ in an? /.test(name));
  expect([...plain, ...Object.keys(SKIPPED)].toSorted()).toEqual(all.toSorted());
  for (const name of tried.filter((each) => !plain.includes(each))) expect(plain).toContain(name.split(" in ")[0]);
});

test("the weather knows every kind of fault, and all have struck after some seeds", () => {
  expect(Object.keys(FAULTS).toSorted()).toEqual(faultKinds.map(({ name }) => name).toSorted());
  const weather = { clocks: true, mistakes: true, liar: true };
  const lines = [...Array(300).keys()].flatMap((seed) => faultsOf(new Dice("all", seed), weather));
  const struck = new Set(lines.map((line) => line.match(/\{(\w+):/)![1]));
  expect(struck.size).toBe(faultKinds.length);
});

keepLaws(["consistency", "routing", "failover", "scaling", "caching"]);
