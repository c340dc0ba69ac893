import { type Roi, verdict } from "./roi-text.js";

/** Name and version of the documented shape (docs/output.md). */
export const ROI_SCHEMA = "faultline/cost-roi/1";

/** The document of `cost roi --json`. */
export function roiDocument(roi: Roi): string {
  const { question, scenario, seeds, baseline, outages, called, returns, missing, notes } = roi;
  const document = {
    ...{ schema: ROI_SCHEMA, scenario, question, currency: "USD", hours: 730, seeds, baseline },
    outages_per_year: called === null ? null : outages,
    complete: missing.length === 0,
    missing,
    notes,
    architectures: Object.fromEntries(
      returns.map((each) => [
        each.architecture,
        {
          month: each.month,
          places: Object.fromEntries(each.places.map(({ place, potential, kept }) => [place, { potential, kept }])),
          one_outage: called === null ? null : each.outage,
          gross_roi: each.gross,
          net_roi: each.net,
          gains: each.gains.map(({ outages, gain }) => ({ outages_per_year: outages, gain })),
          break_even:
            each.breakEven === null
              ? null
              : {
                  pays: each.breakEven.pays,
                  settled: each.breakEven.settled,
                  outages_per_year: each.breakEven.outages,
                  verdict: verdict(each, roi),
                },
        },
      ]),
    ),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
