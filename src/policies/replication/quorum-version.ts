import { type Host, NOBODY, type WriteId, type WriteList } from "../contract.js";

/** The version that stands in these places of a letter, held as by `keep`; -1 for none. */
export function versionIn(host: Host, writes: WriteList, begin: number, end: number): WriteId {
  let version: WriteId = NOBODY;
  for (let at = begin; at < end; at++) {
    const more = host.joined(version, writes.at(at));
    if (version !== NOBODY) host.forget(version);
    version = more;
  }
  return version;
}
