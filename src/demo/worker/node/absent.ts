/** In the place of packages for what a tab has not: PostgreSQL, its queue, Prometheus. Opening one of them fails. */
class Absent {
  constructor() {
    throw new Error("This is not there in the demonstration.");
  }
}

/** `error instanceof pg.DatabaseError` is asked of every error. */
export default { DatabaseError: Absent, Pool: Absent, types: {} };
export { Absent as PgBoss, Absent as Pool };
