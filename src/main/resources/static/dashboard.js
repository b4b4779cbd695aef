import { backlog } from './backlog.js';
import { fill, h, problem } from './dom.js';
import { history } from './history.js';
import { job } from './job.js';
import { jobs } from './jobs.js';
import { forgetKey, hasKey } from './server.js';
import { session, sessions } from './sessions.js';
import { submit } from './submit.js';

/** Each view draws itself into an element, until its signal is aborted. */
const VIEWS = [
  [/^\/$/, 'Backlog', backlog],
  [/^\/submit(?:\/([^/]+))?$/, 'Submit', submit],
  [/^\/jobs$/, 'Jobs', jobs],
  [/^\/jobs\/([^/]+)$/, 'Job', job],
  [/^\/sessions$/, 'Sessions', sessions],
  [/^\/sessions\/([^/]+)$/, 'Session', session],
  [/^\/history$/, 'History', history],
];

const place = document.getElementById('view');
const keyButton = document.getElementById('key');
let shown = new AbortController();

async function nothing(at) {
  fill(at, h('h1', {}, 'Nothing here'), h('p', {}, 'This address is none of the page’s. ', h('a', { href: '#/' }, 'To the backlog'), '.'));
}

async function show() {
  shown.abort();
  shown = new AbortController();
  const { signal } = shown;
  const [path, query] = (location.hash.slice(1) || '/').split('?');
  const found = VIEWS.map(([pattern, title, view]) => [path.match(pattern), title, view]).find(([match]) => match);
  const [match, title, view] = found ?? [['/'], 'Nothing here', nothing];
  document.title = `${title} · Fermata`;
  for (const link of document.querySelectorAll('nav a')) {
    const here = link.hash === `#/${path.split('/')[1]}`;
    if (here) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  fill(place);
  try {
    const names = match.slice(1).map((name) => (name === undefined ? undefined : decodeURIComponent(name)));
    await view(place, signal, names, new URLSearchParams(query));
  } catch (error) {
    if (!signal.aborted) fill(place, problem(error));
  }
}

const showKeyButton = () => { keyButton.hidden = !hasKey(); };
addEventListener('key', showKeyButton);
showKeyButton();

keyButton.addEventListener('click', () => {
  forgetKey();
  showKeyButton();
  show();
});
addEventListener('hashchange', () => {
  place.focus({ preventScroll: true });
  show();
});
show();
