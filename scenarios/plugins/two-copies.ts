import type { Placement } from "faultline/policy";

export default {
  name: "two-copies",
  about: "Keeps one copy beside the primary, in the first standby; the first two regions where nobody leads.",
  options: {},
  replicas(regions, primary, standbys) {
    const first = primary < 0 ? 0 : primary;
    const second = standbys[0] ?? (first + 1) % regions;
    return first === second ? [first] : [first, second];
  },
} satisfies Placement;
