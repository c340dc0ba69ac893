/** A small valid scenario to break in one place at a time. */
export const GOOD = `question: Is this fine?
duration: 10m
topology:
  latency: aws-2024-04
  regions:
    us-east-1: {instances: 2, workers: 8}
    eu-west-1: {instances: 2, workers: 8}
users:
  - {place: London, requests: 10/s}
faults:
  - {region_outage: us-east-1, at: 2m, for: 3m}
architectures:
  both: {pattern: active-active}
  one: {pattern: pilot-light, primary: us-east-1, standby: eu-west-1}
`;

export function broken(before: string, after: string): string {
  if (!GOOD.includes(before)) throw new Error(`the good scenario has no "${before}"`);
  return GOOD.replace(before, after);
}
