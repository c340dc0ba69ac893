/** What a policy must not touch, by where it is found; and what it is told to do instead. */

export const CLOCK = "a policy is told the time: host.now, view.now";
export const DICE = "decide by what the policy is told, or draw by host.draw: the same input must give the same run";
export const LATER = "set a timer with host.after, whose time is the run's";
export const WORLD = "a policy has no files, network or processes; declare an option for what it needs to know";
export const PLACE = "the same input must give the same run on every machine";
export const HELD = "hold what is needed: the same input must give the same run";
export const SHARED = "nobody is there to share it with; an ArrayBuffer does the same";

export const PROCESS_CLOCKS = ["hrtime", "uptime", "cpuUsage", "threadCpuUsage", "resourceUsage"];
export const PERFORMANCE_CLOCKS = [
  ...["now", "mark", "measure", "eventLoopUtilization", "toJSON", "getEntries", "getEntriesByName"],
  ...["getEntriesByType", "timeOrigin", "nodeTiming", "timerify"],
];
/** Answers that follow from where the machine stands and what it is set to. */
export const LOCAL: Readonly<Record<string, readonly string[]>> = {
  Date: [
    ...["toString", "toDateString", "toTimeString", "toLocaleString", "toLocaleDateString", "toLocaleTimeString"],
    ...["getTimezoneOffset", "getDate", "getDay", "getFullYear", "getHours", "getMinutes", "getMonth", "getYear"],
    ...["setDate", "setFullYear", "setHours", "setMilliseconds", "setMinutes", "setMonth", "setSeconds", "setYear"],
  ],
  Number: ["toLocaleString"],
  BigInt: ["toLocaleString"],
  Array: ["toLocaleString"],
  String: ["localeCompare", "toLocaleLowerCase", "toLocaleUpperCase"],
};
/** What speaks a language: the machine's where none is named, and in any the words of this Node's edition. */
export const LANGUAGE = [
  ...["Collator", "DisplayNames", "DurationFormat", "ListFormat", "NumberFormat", "PluralRules"],
  ...["RelativeTimeFormat", "Segmenter"],
];
export const RANDOM = [
  ...["randomBytes", "pseudoRandomBytes", "randomInt", "randomUUID", "randomFillSync", "randomFill"],
  ...["generateKeySync", "generateKeyPairSync", "getRandomValues"],
];
export const GARBAGE = ["WeakRef", "FinalizationRegistry"];
export const TIMERS = ["setTimeout", "setInterval", "setImmediate"];
export const LATER_GLOBALS = ["queueMicrotask", "MessageChannel", "BroadcastChannel"];
/** Of the process: what leads out of the thread, and what differs from machine to machine. */
export const WAYS_OUT = [
  ...["exit", "reallyExit", "abort", "kill", "binding", "_linkedBinding", "dlopen", "getBuiltinModule"],
  ...["cwd", "chdir", "umask", "emitWarning"],
];
export const MACHINE = [
  ...["env", "pid", "ppid", "argv", "execArgv", "execPath", "version", "versions", "release", "arch", "platform"],
  ...["title", "config", "exitCode", "report", "features", "stdin"],
];
/** Answers of the process that differ as well. */
export const MACHINE_CALLS = [
  ...["memoryUsage", "availableMemory", "constrainedMemory", "getActiveResourcesInfo"],
  ...["getuid", "geteuid", "getgid", "getegid", "getgroups"],
];
export const WORLDLY_GLOBALS = ["fetch", "WebSocket", "EventSource"];
export const WORLDLY_MODULES = [
  ...["fs", "fs/promises", "child_process", "net", "http", "https", "http2", "tls", "dgram", "dns", "dns/promises"],
  ...["os", "worker_threads", "vm", "v8", "inspector", "cluster", "async_hooks"],
];
