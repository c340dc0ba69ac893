import type { Choice } from "./matrix.js";

/** What each leaf of the matrix is called, and why its path leads there. */
export const CHOICES: Readonly<Record<Choice, { readonly title: string; readonly why: string }>> = {
  "single-region": {
    title: "single region",
    why: "Nothing that was asked for needs a second region. When the region fails the service waits for it; keep backups elsewhere.",
  },
  "active-passive": {
    title: "active-passive over two regions",
    why: "Distance does not matter, an outage does: one region serves everybody, and a standby of full size takes over.",
  },
  "geo-partitioned": {
    title: "geo-partitioned",
    why: "Users want an answer from near, and the law says where their data may be: each place's data live and are led where it is.",
  },
  "read-replicas": {
    title: "read replicas in every region, one that writes",
    why: "Most operations read, and a copy nearby can answer those; the few writes travel to the one primary.",
  },
  "single-master": {
    title: "a single master over several regions",
    why: "Two versions of one thing must never exist, so one region takes all writes and answers once another one has them; the distance is paid with every write.",
  },
  "multi-master": {
    title: "multi-master with mergeable data types (CRDTs)",
    why: "Every region takes writes at once, and data types whose merge loses nothing make of them what everybody agrees on.",
  },
};
