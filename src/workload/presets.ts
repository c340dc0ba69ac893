import type { DataClass } from "./demand.js";

/** A well-known way to ask for data. Its settings are those of a class of data. */
export interface LoadPreset {
  readonly name: string;
  readonly about: string;
  readonly source: string;
  readonly settings: Partial<Pick<DataClass, "reads" | "swaps" | "inserts" | "latest" | "scan" | "zipf">>;
}

const YCSB = "Cooper et al., Benchmarking Cloud Serving Systems with YCSB, SoCC 2010, table 2";
const ycsb = (letter: string, about: string, settings: LoadPreset["settings"]): LoadPreset => ({
  name: `ycsb-${letter}`,
  about,
  source: YCSB,
  settings: {
    zipf: 0.99,
    swaps: 0,
    inserts: 0,
    latest: false,
    scan: 1,
    ...settings,
  },
});

/** The core workloads of YCSB, with its Zipf constant of 0.99. */
export const LOAD_PRESETS: readonly LoadPreset[] = [
  ycsb("a", "update heavy: a session store", { reads: 0.5 }),
  ycsb("b", "read mostly: tags of photos", { reads: 0.95 }),
  ycsb("c", "read only: a cache of user profiles", { reads: 1 }),
  ycsb("d", "read latest: status updates", {
    reads: 0.95,
    inserts: 1,
    latest: true,
  }),
  ycsb("e", "short ranges: threads of conversations", {
    reads: 0.95,
    inserts: 1,
    scan: 100,
  }),
  ycsb("f", "read, modify, write: a database of users", {
    reads: 0.5,
    swaps: 1,
  }),
];
