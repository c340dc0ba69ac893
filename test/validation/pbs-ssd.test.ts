import { validate } from "./pbs-tables.js";

// Test files run side by side: one for each table of the paper.
validate("SSD");
