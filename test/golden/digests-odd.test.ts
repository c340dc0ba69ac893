import { keepDigests, keepDigestsOn } from "./digests.js";

keepDigests(1);
keepDigestsOn("24", 1);
