import { keepLaws } from "./kept.js";

keepLaws(["replication", "conflict", "placement"]);
