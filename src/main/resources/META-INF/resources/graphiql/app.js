// Puts the page together. React, GraphiQL and graphql-ws are plain scripts that ran before this one.

import { showBar } from './bar.js';
import { examples } from './examples.js';
import { createFetcher } from './fetcher.js';
import { Session } from './session.js';

const { React, ReactDOM, GraphiQL } = globalThis;
const NAMESPACE = 'agency-os';

const session = new Session();
const fetcher = createFetcher(session);
const root = ReactDOM.createRoot(document.getElementById('graphiql'));
let generation = 0;

function render() {
  root.render(
    React.createElement(GraphiQL, {
      // Another key builds everything anew, with the tabs read from the storage again.
      key: generation,
      // Another fetcher makes GraphiQL read the schema again: what a person may see can differ.
      fetcher: (...call) => fetcher(...call),
      storage: GraphiQL.createLocalStorage({ namespace: NAMESPACE }),
      defaultTabs: examples,
      defaultEditorToolsVisibility: 'variables',
      shouldPersistHeaders: false,
    }, React.createElement(GraphiQL.Logo, null, '')),
  );
}

function resetExamples() {
  // GraphiQL keeps tabs and their texts under keys of its own below the namespace; the theme stays.
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(`${NAMESPACE}:`) && !key.endsWith(':theme')) localStorage.removeItem(key);
  }
  generation += 1;
  render();
}

await session.start();
showBar(session, resetExamples);
session.addEventListener('change', render);
render();
