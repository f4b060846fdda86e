// Carries GraphiQL's operations to the server: queries and mutations by POST, subscriptions by
// graphql-transport-ws. The Headers editor wins over the session's token.

import { isUnauthenticated, live } from './live.js';

const ENDPOINT = '/graphql';
const AWAY = 'The server cannot be reached';

/** A fetcher as GraphiQL takes it: (operation, options) to a promise or an observable. */
export function createFetcher(session) {
  return (given, { headers = {} } = {}) => {
    const { operation, kind } = settle(given);
    const own = Object.keys(headers).find((name) => name.toLowerCase() === 'authorization');
    return kind === 'subscription'
      ? live(session, operation, own && headers[own])
      : post(session, operation, headers, own === undefined);
  };
}

/**
 * What is to run, and of which kind it is. The text is read here, as what GraphiQL passes along with it
 * lags behind: right after a change of tabs it still names the operation of the last one.
 */
function settle(operation) {
  let definitions;
  try {
    definitions = globalThis.GraphiQL.GraphQL.parse(operation.query).definitions
      .filter((definition) => definition.kind === 'OperationDefinition');
  } catch {
    // The server says better what is wrong.
    return { operation };
  }
  const named = definitions.find((definition) => definition.name?.value === operation.operationName);
  const chosen = named ?? definitions[0];
  return { operation: named ? operation : { ...operation, operationName: chosen?.name?.value }, kind: chosen?.operation };
}

async function post(session, operation, headers, withToken, mayRetry = true) {
  let authorization;
  let response;
  try {
    authorization = withToken ? await session.authorization() : null;
  } catch (e) {
    return failure(e.message);
  }
  try {
    response = await fetch(ENDPOINT, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        ...headers,
        ...(authorization && { authorization }),
      },
      body: JSON.stringify(operation),
    });
  } catch {
    session.report(AWAY);
    return failure(AWAY);
  }
  const result = await body(response);
  if (withToken && (response.status === 401 || refusedWhole(result))) {
    if (mayRetry && session.refused()) return post(session, operation, headers, withToken, false);
    session.report(authorization ? 'The server refuses the token' : 'Not signed in');
  } else {
    session.report(null);
  }
  return result;
}

/** GraphQL's answer, or an error that shows what came in its place. */
async function body(response) {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return failure(`HTTP ${response.status} ${response.statusText}`.trim(), text && { body: text.slice(0, 500) });
  }
}

/** In the form of a GraphQL answer: a thrown error would be shown with its stack. */
function failure(message, more) {
  return { errors: [{ message, ...more }] };
}

/** Only an answer without any data is safe to ask for again: of a mutation, a part may have happened. */
function refusedWhole({ data, errors = [] }) {
  return errors.some(isUnauthenticated) && Object.values(data ?? {}).every((value) => value === null);
}
