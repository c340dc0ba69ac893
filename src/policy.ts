/** What a policy of a user's own is written with: the contracts, and the options that it may declare. */
export * from "./policies/contract.js";
export {
  type Bounds,
  type Option,
  type OptionValues,
  type Options,
  bandwidth,
  choice,
  count,
  duration,
  flag,
  fraction,
  number,
  numberOption,
  shift,
} from "./policies/options.js";
