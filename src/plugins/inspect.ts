const PATIENCE_MS = 2000;

interface Frame {
  readonly url: string;
  readonly location: { readonly scriptId: string; readonly lineNumber: number };
}
interface Told {
  readonly method?: string;
  readonly params: { readonly scriptId?: string; readonly url?: string; readonly callFrames?: readonly Frame[] };
}

const isTheirs = (path: string): boolean =>
  path !== "" && !path.startsWith("node:") && !/[/\\](?:dist|node_modules)[/\\]/.test(path);

/**
 * The line that a thread is at, in its innermost frame of a file of the user's own: its debugger stops it, which works
 * in an endless loop too. Null where this Node has none or nothing comes of it.
 */
export async function lineUnderWay(thread: number): Promise<{ path: string; line: number } | null> {
  try {
    const { Session } = await import("node:inspector");
    const session = new Session();
    session.connect();
    try {
      return await asked(session, thread);
    } finally {
      session.disconnect();
    }
  } catch {
    return null;
  }
}

function asked(
  session: import("node:inspector").Session,
  thread: number,
): Promise<{ path: string; line: number } | null> {
  const scripts = new Map<string, string>();
  return new Promise((resolve) => {
    let sessionId = "";
    const post = session.post.bind(session) as (method: string, params: object) => void;
    const on = session.on.bind(session) as unknown as (event: string, act: (message: never) => void) => void;
    const letGo = (): void => {
      if (sessionId !== "") post("NodeWorker.detach", { sessionId });
    };
    const patience = setTimeout(() => {
      letGo();
      resolve(null);
    }, PATIENCE_MS);
    on("NodeWorker.attachedToWorker", (message: { params: { sessionId: string; workerInfo: { title: string } } }) => {
      // Its own number counts sessions; the title has that of the thread.
      if (!message.params.workerInfo.title.startsWith(`[worker ${thread}]`)) return;
      sessionId = message.params.sessionId;
      for (const [index, method] of ["Debugger.enable", "Debugger.pause"].entries())
        post("NodeWorker.sendMessageToWorker", { sessionId, message: JSON.stringify({ id: index + 1, method }) });
    });
    on("NodeWorker.receivedMessageFromWorker", (message: { params: { sessionId: string; message: string } }) => {
      if (message.params.sessionId !== sessionId) return;
      const { method, params } = JSON.parse(message.params.message) as Told;
      if (method === "Debugger.scriptParsed") scripts.set(params.scriptId!, params.url!);
      if (method !== "Debugger.paused") return;
      clearTimeout(patience);
      const places = params.callFrames!.map(({ location }) => ({
        path: (scripts.get(location.scriptId) ?? "").replace(/^file:\/\//, ""),
        line: location.lineNumber + 1,
      }));
      // A thread that stands still cannot be ended.
      letGo();
      resolve(places.find(({ path }) => isTheirs(path)) ?? null);
    });
    post("NodeWorker.enable", { waitForDebuggerOnStart: false });
  });
}
