import { describe, expect, test } from "vitest";
import { Authority } from "../../src/simulation/authority.js";

describe("what a region believes about who may write", () => {
  test("an older term is no news, whoever it names; nor is the same word again", () => {
    const authority = new Authority(0, 0, false);
    expect(authority.accept(1, 3)).toBe(true);
    expect(authority.accept(0, 2)).toBe(false);
    expect(authority.accept(1, 3)).toBe(false);
    expect([authority.leader, authority.term, authority.leads]).toEqual([1, 3, false]);
  });

  test("an order to fence is taken back only by a word that names this region, in no older term", () => {
    const authority = new Authority(0, 0, false);
    authority.fenced = true;
    authority.accept(0, 0);
    authority.accept(1, 1);
    expect(authority.mayWriteAt(0)).toBe(false);
    authority.accept(0, 1);
    expect(authority.mayWriteAt(0)).toBe(true);
  });

  test("a switchover is called off by any word that is not older", () => {
    const authority = new Authority(0, 0, false);
    authority.draining = true;
    authority.accept(0, 0);
    expect(authority.mayWriteAt(0)).toBe(false);
    authority.accept(0, 1);
    expect(authority.mayWriteAt(0)).toBe(true);
  });

  test("a lease ends at its last moment, and a grant that comes late shortens none", () => {
    const authority = new Authority(0, 0, true);
    expect(authority.mayWriteAt(0)).toBe(false);
    authority.leaseUntil(100);
    authority.leaseUntil(60);
    expect([99, 100].map((clock) => authority.mayWriteAt(clock))).toEqual([true, false]);
  });
});
