/**
 * What hangs on the chain of calls (a request's deadline, say). Browsers have nothing of the kind, so the build turns
 * `await` into `then` (`build.target`), and `then` here, and whatever calls back later, brings along what was so
 * when it was called.
 */
let current: ReadonlyMap<object, unknown> = new Map();

type Callback = (...given: never[]) => unknown;

function bound<F extends Callback | null | undefined>(callback: F): F {
  if (typeof callback !== "function") return callback;
  const own = current;
  const inOwn = function (this: unknown, ...given: never[]) {
    const before = current;
    current = own;
    try {
      return callback.apply(this, given);
    } finally {
      current = before;
    }
  };
  return inOwn as F;
}

const plainThen = Promise.prototype.then;
// biome-ignore lint/suspicious/noThenProperty: as above.
Promise.prototype.then = function then<T, A, B>(
  this: Promise<T>,
  done?: ((value: T) => A | PromiseLike<A>) | null,
  failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
): Promise<A | B> {
  return plainThen.call(this, bound(done), bound(failed)) as Promise<A | B>;
};

for (const name of ["setTimeout", "setInterval", "queueMicrotask", "setImmediate"] as const) {
  const plain = globalThis[name] as (callback: Callback, ...rest: unknown[]) => unknown;
  const binding = (callback: Callback, ...rest: unknown[]) => plain(bound(callback), ...rest);
  Object.assign(globalThis, { [name]: binding });
}

export class AsyncLocalStorage<T> {
  getStore(): T | undefined {
    return current.get(this) as T | undefined;
  }

  run<R>(store: T, work: () => R): R {
    const before = current;
    current = new Map(before).set(this, store);
    try {
      return work();
    } finally {
      current = before;
    }
  }
}
