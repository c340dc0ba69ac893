import { count, duration, plain } from "./parts.js";
import { type ValueOf, choice, flag, list, name, object, text } from "./shape.js";

const SERVICES = ["api", "database", "database-replica", "cache"] as const;

const regionNames = (about: string) => list(name("a region"), about, 1, 30);

/** The configuration template of multi-region architectures, as the pattern's own page gives it. */
export const template = object(
  {
    regions: list(
      object(
        {
          name: name("a region of this scenario"),
          primary: flag("whether it takes writes; several that do merge them"),
          active: flag("false drains the region: no user is led there"),
          endpoint: text("its address"),
          services: list(choice(SERVICES, "what runs there"), "what runs there; all of it if left out", 1, 4),
        },
        "a region and what runs there",
        ["name"],
      ),
      "the regions of this architecture",
      1,
      30,
    ),
    replication: object(
      {
        strategy: choice<"async" | "sync" | "semi-sync">(
          ["async", "sync", "semi-sync"],
          "when a write is acknowledged",
        ),
        consistency: choice<"strong" | "eventual" | "bounded" | "local">(
          ["strong", "eventual", "bounded", "local"],
          "what a read may show",
        ),
        conflict_resolution: choice<"last-write-wins" | "version-vector" | "crdt" | "custom">(
          ["last-write-wins", "version-vector", "crdt", "custom"],
          "what becomes of two writes that did not know of each other",
        ),
        lag_threshold: duration("how late a write may come to a region: beyond it there is an alert, and no promotion"),
      },
      "how copies agree",
    ),
    routing: object(
      {
        strategy: choice(["latency", "geolocation", "weighted"], "which region users are led to"),
        health_check_interval: duration("from probe to probe"),
        failover_threshold: count("misses in a row until a region is believed down"),
      },
      "how users are led to a region",
    ),
    data_governance: object(
      {
        gdpr_regions: regionNames("where personal data may be"),
        data_residency: list(
          object(
            { type: name("a class of data"), allowed_regions: regionNames("where it may be") },
            "where a class of data may be",
            ["type", "allowed_regions"],
          ),
          "by class of data",
          0,
          30,
        ),
      },
      "where data may be",
    ),
    cost_controls: object(
      {
        max_cross_region_transfer_gb: plain("GB that may be sent between regions in a month"),
        auto_scale_regions: flag("whether fleets follow their load"),
        idle_region_shutdown: flag("whether a region that nobody asks is shut down"),
      },
      "what it may cost",
    ),
    monitoring: object(
      {
        cross_region_latency: flag("round trips between regions"),
        replication_lag: flag("how late writes come to other regions"),
        regional_availability: flag("how single regions and places fare"),
        cost_tracking: flag("bytes that are paid for"),
      },
      "what is measured",
    ),
  },
  "the configuration template of multi-region architectures, unchanged",
  ["regions"],
);
export type RawTemplate = ValueOf<typeof template>;
