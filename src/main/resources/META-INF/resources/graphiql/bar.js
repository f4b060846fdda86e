// The bar above GraphiQL: who is signed in, what went wrong, and the way back to the examples.

const byId = (id) => document.getElementById(id);

export function showBar(session, onReset) {
  if (session.people.length) showPeople(session);
  else showToken(session);
  byId('reset').addEventListener('click', () => {
    if (confirm('Replace all tabs by the examples?')) onReset();
  });
  const status = byId('status');
  const tell = () => {
    status.textContent = session.problem ?? '';
    status.title = session.problem ?? '';
    status.hidden = !session.problem;
  };
  session.addEventListener('status', tell);
  tell();
}

function showPeople(session) {
  const form = byId('people');
  form.append(...session.people.map((person) => choice(person, session.roles[person], person === session.person)));
  form.addEventListener('change', () => session.switchTo(new FormData(form).get('person')));
  form.hidden = false;
}

function choice(person, role, checked) {
  const label = element('label', 'person');
  const input = element('input');
  Object.assign(input, { type: 'radio', name: 'person', value: person, checked, autocomplete: 'off' });
  const text = element('span', 'who');
  text.append(element('b', '', person));
  if (role) text.append(' ', element('small', '', readable(role)));
  label.append(input, text);
  return label;
}

function showToken(session) {
  const form = byId('token');
  const field = byId('bearer');
  field.value = session.pasted;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    session.usePasted(field.value);
    field.value = session.pasted;
  });
  form.hidden = false;
}

function readable(role) {
  return String(role).toLowerCase().replaceAll('_', ' ').replaceAll(/,\s*/g, ', ');
}

function element(name, className = '', text = '') {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
