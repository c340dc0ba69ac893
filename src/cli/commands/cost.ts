import type { CommandBody } from "../commands.js";
import { analyze } from "./cost-analyze.js";
import { forecast } from "./cost-forecast.js";
import { optimize } from "./cost-optimize.js";
import { roi } from "./cost-roi.js";

export const cost: CommandBody<object> = {
  builder: (argv) =>
    argv
      .command(analyze)
      .command(forecast)
      .command(optimize)
      .command(roi)
      .demandCommand(1, "say what: analyze, forecast, optimize or roi") as never,
  handler: () => {},
};
