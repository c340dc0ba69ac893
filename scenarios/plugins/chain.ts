import { type Host, Letter, type Replication, duration, numberOption } from "faultline/policy";

const [ASK, APPEND] = [0, 1];
class ChainLetter extends Letter {
  position = 0;
}
function say(host: Host<ChainLetter>, verb: number, to: number, position: number): void {
  const letter = host.letter(verb, to);
  letter.position = position;
  if (verb === APPEND) for (let at = position; at < host.log.end; at++) letter.writes.push(host.log.at(at));
  host.send(letter);
}
export default {
  name: "chain",
  about: "Each region asks the one before it, the first of them the leader, for the writes that it lacks.",
  options: { every: duration(250_000, "between questions", { least: 10_000 }) },
  ...{ gives: { writers: "leader" }, needs: { conflict: false }, verbs: ["ask", "append"] },
  letter: () => new ChainLetter(),
  on(host, options) {
    const ask = (): void => {
      const before = host.peers.findLast((peer) => peer < host.id) ?? host.peers.at(-1)!;
      if (host.leadership.leader !== host.id) say(host, ASK, before, host.log.end);
      host.after(numberOption(options, "every"), 0, 0);
    };
    return {
      ...{ timer: ask, restart: ask, position: () => host.log.end, logTerm: () => 0, wants: () => false },
      ...{ disconnected() {}, led() {}, installed() {}, persisted() {} },
      request(operation) {
        if (operation.write && host.leadership.leader !== host.id) return host.refuse(operation, "not-primary");
        if (operation.write) host.accept(operation);
        host.commit(operation);
      },
      receive({ verb, from, position, writes }) {
        if (verb === ASK) return say(host, APPEND, from, position);
        for (let at = host.log.end - position; at < writes.length; at++) host.follow(writes.at(at));
      },
    };
  },
} satisfies Replication<ChainLetter>;
