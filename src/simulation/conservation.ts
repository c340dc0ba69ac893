import type { Datagrams } from "../network/datagrams.js";
import type { Streams } from "../network/streams.js";
import type { Letter } from "../policies/contract.js";
import type { Availability } from "./availability.js";
import type { Operations } from "./operations.js";
import type { Servers } from "./servers.js";

/**
 * Laws that hold whatever is simulated, checked at the end of every run: every operation ends exactly once; every byte is delivered, dropped or in flight; Little's law holds in every region. Returns what is broken.
 */
export function brokenLaws(
  operations: Operations,
  availability: Availability,
  servers: readonly Servers[],
  streams: Streams<Letter>,
  datagrams?: Datagrams<Letter>,
): string[] {
  const broken: string[] = [];
  const issued = availability.issued.reduce((sum, count) => sum + count, 0);
  const open = operations.open();
  if (issued !== availability.ended || open > 0) {
    broken.push(`${issued} operations were issued, but ${availability.ended} ended and ${open} are open`);
  }
  const inFlight = streams.inFlight();
  datagrams?.addInFlight(inFlight);
  for (const [link, sent] of streams.sent.entries()) {
    const accounted = streams.delivered[link]! + streams.dropped[link]! + inFlight[link]!;
    if (sent !== accounted)
      broken.push(`${sent} bytes were sent over link ${link}, but ${accounted} are accounted for`);
  }
  for (const server of servers) {
    const { integral, stays } = server.accounts();
    if (integral !== stays) {
      broken.push(
        `region ${server.region}: ${integral} request-microseconds were spent, but the stays sum to ${stays}`,
      );
    }
  }
  return broken;
}
