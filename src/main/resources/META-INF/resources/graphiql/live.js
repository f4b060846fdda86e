// One subscription over its own graphql-transport-ws connection, which outlives a lost server, a token
// that ran out and a change of the person.

const AWAY = 'Live connection lost, trying again';
const UNAUTHORIZED = [4401, 4403];
const MAX_WAIT = 5_000;
const PATIENCE = 5_000;

/** An observable of results. `own` is an Authorization of the Headers editor, used as it is. */
export function live(session, operation, own) {
  return {
    subscribe(observer) {
      const connection = new Connection(session, operation, own, observer);
      return { unsubscribe: () => connection.stop() };
    },
  };
}

class Connection {
  #renewedAt = -Infinity;
  #client = null;

  constructor(session, operation, own, observer) {
    Object.assign(this, { session, operation, own, observer });
    this.restart = () => this.#open();
    if (!own) session.addEventListener('change', this.restart);
    this.#open();
  }

  stop() {
    this.session.removeEventListener('change', this.restart);
    this.#close();
  }

  #open() {
    this.#close();
    const { session } = this;
    const client = globalThis.graphqlWs.createClient({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
      connectionParams: async () => {
        const authorization = this.own ?? (await session.authorization());
        return authorization ? { authorization } : {};
      },
      retryAttempts: Infinity,
      retryWait: (attempt) => new Promise((go) => setTimeout(go, Math.min(500 * 2 ** attempt, MAX_WAIT))),
      shouldRetry: (event) => !UNAUTHORIZED.includes(event?.code),
      on: {
        connected: () => session.report(null),
        closed: (event) => {
          if (client === this.#client && ![1000, ...UNAUTHORIZED].includes(event?.code)) session.report(AWAY);
        },
      },
    });
    this.#client = client;
    // What an earlier connection still has to say is no longer of interest.
    const current = (then) => (value) => client === this.#client && then(value);
    client.subscribe(this.operation, {
      next: current((result) => this.#next(result)),
      error: current((error) => this.#failed(error)),
      complete: current(() => this.#finish(() => this.observer.complete())),
    });
  }

  #close() {
    const client = this.#client;
    this.#client = null;
    client?.dispose();
  }

  #next(result) {
    if (result.errors?.some(isUnauthenticated) && this.#renew()) return;
    this.observer.next(result);
  }

  #failed(error) {
    const refused = UNAUTHORIZED.includes(error?.code) || [].concat(error).some(isUnauthenticated);
    if (refused && this.#renew()) return;
    const said = describe(error);
    if (refused) this.session.report('The server refuses the token for live events');
    this.#finish(() => this.observer.error(said));
  }

  /** Tries once more with a new token; if that is refused at once as well, it is for the reader. */
  #renew() {
    if (this.own || performance.now() - this.#renewedAt < PATIENCE || !this.session.refused()) return false;
    this.#renewedAt = performance.now();
    this.#open();
    return true;
  }

  #finish(tell) {
    this.stop();
    tell();
  }
}

/** As GraphQL's errors: a thrown one would be shown with its stack. */
function describe(error) {
  if (Array.isArray(error)) return error;
  const message = error instanceof Error
    ? error.message
    : `Live connection closed: ${error?.reason || 'no reason given'} (${error?.code ?? 'unknown'})`;
  return [{ message }];
}

export function isUnauthenticated(error) {
  const code = error?.extensions?.code;
  return typeof code === 'string' && code.toUpperCase() === 'UNAUTHENTICATED';
}
