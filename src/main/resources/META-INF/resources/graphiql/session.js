// Who is signed in, and with which token. In development the server names people and hands out their
// tokens; elsewhere there are none, and the token is the one pasted into the bar.

const PASTED = 'agency.graphiql.token';
const PERSON = 'agency.graphiql.person';

/** Fires 'change' when another identity is to be used, 'status' when there is something to tell. */
export class Session extends EventTarget {
  people = [];
  roles = {};
  person = null;
  problem = null;
  #cached = new Map();
  #pending = new Map();

  /** Asks the server who there is, and signs in as the first one, or as before a reload. */
  async start() {
    try {
      const { people = [], roles = {} } = await getJson('/graphiql/session.json');
      this.people = people;
      this.roles = roles;
    } catch (e) {
      this.report(`Sign-in is not available: ${e.message}`);
    }
    const before = sessionStorage.getItem(PERSON);
    this.person = this.people.includes(before) ? before : (this.people[0] ?? null);
  }

  switchTo(person) {
    if (person === this.person) return;
    this.person = person;
    sessionStorage.setItem(PERSON, person);
    this.report(null);
    this.dispatchEvent(new Event('change'));
  }

  /** The pasted token lives as long as the browser tab, and is never written to disk. */
  get pasted() {
    return sessionStorage.getItem(PASTED) ?? '';
  }

  usePasted(text) {
    const token = text.trim().replace(/^bearer\s+/i, '');
    if (token) sessionStorage.setItem(PASTED, token);
    else sessionStorage.removeItem(PASTED);
    this.report(null);
    this.dispatchEvent(new Event('change'));
  }

  /** The value of the Authorization header, or null when nobody is signed in. */
  async authorization() {
    const token = this.person ? await this.#tokenOf(this.person) : this.pasted;
    return token ? `Bearer ${token}` : null;
  }

  /** The server refused the token. True when a new one can be had, and the call may be tried again. */
  refused() {
    if (!this.person) return false;
    this.#cached.delete(this.person);
    return true;
  }

  report(problem) {
    this.problem = problem;
    this.dispatchEvent(new Event('status'));
  }

  async #tokenOf(person) {
    const cached = this.#cached.get(person);
    if (cached && Date.now() < cached.renewAt) return cached.token;
    // Schema and query start together: one sign-in serves both.
    if (!this.#pending.has(person)) {
      this.#pending.set(person, this.#signIn(person).finally(() => this.#pending.delete(person)));
    }
    return this.#pending.get(person);
  }

  async #signIn(person) {
    try {
      const { token, expiresAt } = await getJson(`/graphiql/token/${encodeURIComponent(person)}`);
      // Half a minute before the end, or half of a life that is shorter than that.
      const margin = Math.min(30_000, (expiresAt - Date.now()) / 2);
      this.#cached.set(person, { token, renewAt: expiresAt - margin });
      return token;
    } catch (e) {
      const problem = `Sign-in as ${person} failed: ${e.message}`;
      this.report(problem);
      throw new Error(problem);
    }
  }
}

async function getJson(url) {
  let response;
  try {
    response = await fetch(url, { headers: { accept: 'application/json' }, cache: 'no-store' });
  } catch {
    throw new Error('the server cannot be reached');
  }
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.json();
}
