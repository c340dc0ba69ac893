#!/usr/bin/env node
import { hideBin } from "yargs/helpers";
import { program } from "./program.js";
import { guardStreams } from "./streams.js";

guardStreams();

program(hideBin(process.argv)).then((code) => {
  process.exitCode = code;
});
