import { type Host, Letter, type Operation, type Replica, duration } from "faultline/policy";

const [WRITE, DONE, ALIVE] = [0, 1, 2];
const [TIME_OUT, BEAT] = [3, 4];
const SECOND = 1_000_000;
export const verbs = ["write", "done", "alive", "time out", "beat"];
export const options = { timeout: duration(SECOND, "until a region that does not answer counts as an exception") };

export class Call extends Letter {
  number = 0;
}

/** What became of one write: of so many regions asked so many have answered that they have it; the rest are exceptions. */
export interface Results {
  readonly asked: number;
  readonly succeeded: number;
}

/**
 * A write goes to all regions that are believed active, and `asyncio.gather(…, return_exceptions=True)` waits for them.
 * Nobody repairs what an exception has left out.
 */
export class GatheredWrites implements Replica<Call> {
  private readonly heardAt = new Map<number, number>();
  private readonly open = new Map<number, { id: number; asked: number; succeeded: number }>();
  private next = 0;

  constructor(
    private readonly host: Host<Call>,
    private readonly timeout: number,
    private readonly isSuccess: (results: Results) => boolean,
  ) {}

  request(operation: Operation): void {
    const { host, next } = this;
    if (!operation.write) return host.finish(operation);
    const write = host.accept(operation);
    if (write < 0) return host.finish(operation);
    const active = host.peers.filter((peer) => this.isActive(peer));
    this.open.set(next, { id: operation.id, asked: active.length + 1, succeeded: 1 });
    for (const peer of active) {
      const call = host.letter(WRITE, peer);
      call.number = next;
      call.writes.push(write);
      host.send(call);
    }
    this.next++;
    if (active.length === 0) this.conclude(next);
    else host.after(this.timeout, TIME_OUT, next);
  }

  receive({ verb, from, number, writes }: Call): void {
    this.heardAt.set(from, this.host.now);
    if (verb === WRITE) {
      for (let at = 0; at < writes.length; at++) this.host.apply(writes.at(at));
      const done = this.host.letter(DONE, from);
      done.number = number;
      this.host.send(done);
    } else if (verb === DONE) {
      const results = this.open.get(number);
      if (results !== undefined && ++results.succeeded === results.asked) this.conclude(number);
    }
  }

  timer(verb: number, number: number): void {
    if (verb === TIME_OUT) return this.conclude(number);
    for (const peer of this.host.peers) this.host.cast(this.host.letter(ALIVE, peer));
    this.host.after(SECOND, BEAT, 0);
  }

  restart(): void {
    this.open.clear();
    for (const peer of this.host.peers) this.heardAt.set(peer, this.host.now);
    this.timer(BEAT, 0);
  }

  private isActive(peer: number): boolean {
    return this.host.now - (this.heardAt.get(peer) ?? 0) < 3 * SECOND;
  }

  private conclude(number: number): void {
    const results = this.open.get(number);
    if (results === undefined) return;
    this.open.delete(number);
    if (this.isSuccess(results)) this.host.answer(results.id);
    else this.host.deny(results.id, "no-quorum");
  }

  position(): number {
    return this.host.log.end;
  }
  logTerm(): number {
    return 0;
  }
  wants(): boolean {
    return false;
  }
  disconnected(): void {}
  led(): void {}
  persisted(): void {}
  installed(): void {}
}
