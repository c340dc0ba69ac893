import type { Engine } from "../engine/engine.js";
import type { Streams } from "../engine/random.js";
import type { Links } from "../network/links.js";
import type { RoundTrips } from "../network/round-trips.js";
import type { Demand } from "../workload/demand.js";
import { Arrivals } from "./arrivals.js";
import type { Attempts } from "./attempts.js";
import { Breakers } from "./breakers.js";
import type { Conditions } from "./conditions.js";
import { Hedges } from "./hedges.js";
import { Intents } from "./intents.js";
import type { Lives } from "./lives.js";
import type { Observer } from "./observer.js";
import type { Operations } from "./operations.js";
import type { Plan } from "./plan.js";
import { Requests } from "./requests.js";
import { Resolvers } from "./resolvers.js";
import { Routes } from "./routes.js";
import { Servers } from "./servers.js";
import { Sessions } from "./sessions.js";
import type { Sizes } from "./sizes.js";
import { UserPaths } from "./user-paths.js";
import { Users } from "./users.js";
import type { Writes } from "./writes.js";

/** Everything between the users and the copies, put together: who asks, over which paths, and what serves them. */
export class UserSide {
  readonly arrivals: Arrivals;
  readonly users: Users;
  readonly resolvers: Resolvers;
  /** Null where the name leads to the regions. */
  readonly routes: Routes | null;
  readonly paths: UserPaths;
  readonly requests: Requests;
  readonly servers: readonly Servers[];
  /** Null where nobody asks a second region. */
  readonly hedges: Hedges | null;

  constructor(
    plan: Plan,
    engine: Engine,
    random: Streams,
    links: Links,
    trips: RoundTrips,
    sizes: Sizes,
    demand: Demand,
    operations: Operations,
    attempts: Attempts,
    writes: Writes,
    conditions: Conditions,
    lives: Lives,
    observer: Observer,
  ) {
    const { client, dns, overload, places, regions } = plan;
    const names = places.map((place) => place.name);
    const users = places.map((place) => place.sessions);
    this.resolvers = new Resolvers(dns, engine, random, names, users);
    this.routes = dns.anycast === null ? null : new Routes(names.length);
    const sessions = new Sessions(plan, engine, random, this.resolvers, this.routes);
    const expired = (attempt: number): void => this.requests.expired(attempt);
    this.servers = regions.map(
      (region, id) =>
        new Servers(id, region, engine, random, observer, attempts, overload, expired, conditions, plan.duration),
    );
    this.paths = new UserPaths(plan, engine, random, links, sizes, attempts, operations);
    this.requests = new Requests(
      plan,
      engine,
      random,
      this.paths,
      trips,
      attempts,
      operations,
      writes,
      sessions,
      this.servers,
      conditions,
      lives.up,
      lives.incarnations,
    );
    const intents = new Intents(plan, engine, random, demand, operations);
    this.arrivals = new Arrivals(plan, engine, random, intents);
    this.hedges = client.hedgeAfter < Number.POSITIVE_INFINITY ? new Hedges(plan, trips) : null;
    this.users = new Users(
      plan,
      engine,
      random,
      this.arrivals,
      intents,
      operations,
      attempts,
      sessions,
      this.requests,
      this.hedges,
      client.breaker === null ? null : new Breakers(places.length, regions.length, client.breaker),
      observer,
    );
    this.arrivals.users = this.users;
    this.requests.users = this.users;
  }
}
