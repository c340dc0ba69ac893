/** What a policy of a user's own is written with: the contracts, and the options that it may declare. */
export * from "./policies/contract.js";
export type * from "./policies/contract/caching.js";
export type * from "./policies/contract/consistency.js";
export type * from "./policies/contract/scaling.js";
export {
  type Bounds,
  type Option,
  type OptionValues,
  type Options,
  type Turn,
  bandwidth,
  choice,
  count,
  duration,
  flag,
  forever,
  fraction,
  number,
  numberOption,
  numbersOption,
  regions,
  someRegions,
  shift,
  turns,
  turnsOption,
  weights,
} from "./policies/options.js";
export { byCausality, hadSeen } from "./policies/contract/causality.js";
