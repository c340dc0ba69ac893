/** What `init` writes: small enough to read, real enough to run. */
export const STARTER = `# A Faultline scenario: what is asked, of which regions, users and faults, and which architectures answer.
# \`faultline validate\` checks it, \`faultline explain\` shows every default, \`faultline compare\` answers it.
question: Which architecture serves us better when our largest region goes dark for ten minutes?
start: 2026-03-02T13:00Z # users follow the sun
duration: 30m

topology:
  latency: aws-2024-04 # or distance-classes, or ./mine.csv beside this file
  regions: # \`faultline list regions\`
    us-east-1: {instances: 4, workers: 8, service_time: 60ms}
    eu-west-1: {instances: 4, workers: 8, service_time: 60ms}

users: # \`faultline list places\`; rates are means over a day
  - {place: New York, requests: 40/s, reads: 80%, sessions: 800}
  - {place: London, requests: 30/s, reads: 80%, sessions: 600}

client:
  deadline: 5s
  timeout: 2s
  retries: {attempts: 3, backoff: 100ms..2s, budget: 10%}

data: {keys: 50_000, popularity: {zipf: 0.99}, value: 2 KB, size: 100 GB}

faults:
  - {region_outage: us-east-1, at: 10m, for: 10m}
  # - {partition: {pair: [us-east-1, eu-west-1]}, at: 10m, for: 5m}
  # - {degraded_latency: {pair: [us-east-1, eu-west-1]}, factor: 3, at: 10m, for: 5m}

architectures:
  active-active: {pattern: active-active}
  pilot-light: {pattern: pilot-light, primary: us-east-1, standby: eu-west-1}

# expect: # exit code 1 when a promise is broken; quote comparisons
#   active-active: {availability: ">= 99%", rto_seconds: "<= 5m"}
`;
