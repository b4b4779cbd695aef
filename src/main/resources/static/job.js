import { about, chip, fill, h, number, problem, progress, row, say, seconds, span, table, time } from './dom.js';
import { hits, isHits, isTable, tabTable } from './hits.js';
import { output } from './output.js';
import { download, follow, get, hasKey, post, send, throttled } from './server.js';

/** One job: how it went, what it wrote, what it found, and what can be done with it. */
export async function job(place, signal, [id]) {
  const head = h('div', {});
  const buttons = h('div', { class: 'steer' });
  const line = h('div', {});
  const result = h('section', {});
  const files = h('section', {});
  fill(place, head, buttons, line, result, files,
    h('details', { open: true }, h('summary', {}, 'Output'), output(id, signal, { onEvent })),
    h('section', { id: 'given' }));
  const given = place.querySelector('#given');

  let latest = null;

  const draw = async () => {
    const document = await get(`/jobs/${encodeURIComponent(id)}`, { signal });
    const before = latest;
    latest = document;
    fill(head, h('h1', {}, title(document), ' ', chip(document.status)), facts(document));
    if (document.status !== before?.status) fill(buttons, steering(document, draw));
    fill(line, timeline(document, await returned(document, signal)));
    if (before === null) fill(given, inputs(document));
    if (document.finished) {
      await drawResult(result, document, signal);
      await drawFiles(files, document, signal);
    }
  };

  function onEvent({ type }) {
    if (type === 'status' || type === 'end' || type === 'progress') draw().catch((error) => fill(head, problem(error)));
  }
  await draw();
  const timer = setInterval(() => { if (!latest.finished) fill(line, timeline(latest, null)); }, 1000);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  if (latest.status === 'queued') followTheLine(() => latest.status === 'queued', draw, signal);
}

/** The place of a job that waits changes with others; nothing happens to itself. */
function followTheLine(waits, draw, signal) {
  const started = new AbortController();
  signal.addEventListener('abort', () => started.abort(), { once: true });
  const look = async () => {
    if (waits()) await draw();
    else started.abort();
  };
  follow('/backlog', throttled(1000, look), started.signal).catch((error) => say(error.message));
}

/** What it asks of what: its kind, and the name of its query if that has one. */
const title = ({ kind, input }) => (input.query_name ? `${kind}: ${input.query_name}` : kind);

function facts(document) {
  const fact = (name, value) => (value === null || value === undefined ? null : [h('dt', {}, name), h('dd', {}, value)]);
  return h('dl', { class: 'facts' },
    fact('Id', h('code', {}, document.id)), fact('Lane', document.lane),
    fact('Session', document.session && h('a', { href: `#/sessions/${document.session}` }, document.session)),
    fact('Position', document.position && number(document.position)),
    fact('Starts about', document.estimatedStartAt && about(document.estimatedStartAt)),
    fact('Attempt', document.attempt || null),
    fact('Progress', document.progress && progress(document.progress)),
    fact('Return code', document.returnCode), fact('Reason', document.reason), fact('Message', document.message),
    document.warnings.map((warning) => fact('Warning', warning)),
    fact('Kept until', document.expiresAt && time(document.expiresAt)));
}

function steering(document, draw) {
  const action = (text, path, then) => {
    const button = h('button', {
      type: 'button',
      onclick: async () => {
        button.disabled = true;
        try {
          then(await post(path));
        } catch (error) {
          say(error.message);
          button.replaceWith(problem(error));
        }
      },
    }, text);
    return button;
  };
  return [
    document.finished ? null : action('Cancel', document.links.cancel, () => { say('The job is being cancelled.'); draw(); }),
    document.links.rerun ? action('Run again', document.links.rerun, (again) => { location.hash = `#/jobs/${again.id}`; }) : null,
  ];
}

/** When the handler had returned and closing began; null before the end, and of a job that was never handled. */
async function returned(document, signal) {
  if (!document.finished || !document.startedAt) return null;
  const times = await get(`${document.links.self}/timeline`, { signal }).catch(() => null);
  return times && times.returnedAt;
}

/** Short ones are told to the millisecond: closing seldom takes longer. */
function exactly(duration) {
  const millis = Math.round(duration * 1000);
  return millis < 1000 ? `${millis} ms` : span(duration);
}

/** Queue wait, run and close, drawn to scale; the last of these is known once it is over. */
function timeline(document, returnedAt) {
  const now = new Date().toISOString();
  const waited = seconds(document.submittedAt, document.startedAt ?? document.finishedAt ?? now);
  const ran = document.startedAt ? seconds(document.startedAt, returnedAt ?? document.finishedAt ?? now) : 0;
  const closed = returnedAt ? seconds(returnedAt, document.finishedAt) : 0;
  const all = Math.max(waited + ran + closed, 0.001);
  const part = (name, value) => {
    const bar = h('div', { class: `part ${name}` });
    bar.style.flexGrow = Math.max(value / all, 0.002);
    return bar;
  };
  const named = (name, text) => h('span', { class: `legend ${name}` }, text);
  return h('figure', { class: 'timeline' },
    h('div', { class: 'bar', 'aria-hidden': 'true' }, part('wait', waited),
      document.startedAt ? part('run', ran) : null,
      returnedAt ? part('close', closed) : null),
    h('figcaption', {}, h('span', {}, 'submitted ', time(document.submittedAt)),
      named('wait', document.attempt > 1 ? `attempt ${document.attempt} began after ${exactly(waited)}` : `waited ${exactly(waited)}`),
      document.startedAt ? named('run', `${document.finishedAt ? 'ran' : 'has run'} ${exactly(ran)}`) : null,
      returnedAt ? named('close', `closed within ${exactly(closed)}`) : null,
      document.finishedAt ? h('span', {}, 'ended ', time(document.finishedAt)) : null));
}

async function drawResult(place, document, signal) {
  if (document.status !== 'succeeded') return;
  let value = document.result;
  if (value === null) {
    const response = await send(document.links.result, { signal }).catch(() => null);
    if (!response) return;
    const text = await response.text();
    value = response.headers.get('Content-Type')?.startsWith('application/json') ? JSON.parse(text) : text;
  }
  fill(place, h('h2', {}, 'Result'), shown(value));
}

function shown(value) {
  if (isHits(value)) return hits(value.hits);
  if (typeof value !== 'string') return h('pre', { tabindex: 0 }, JSON.stringify(value, null, 2));
  if (value === '') return h('p', { class: 'hint' }, 'It is empty.');
  return isTable(value) ? tabTable(value) : h('pre', { tabindex: 0 }, value);
}

async function drawFiles(place, document, signal) {
  const { files } = await get(document.links.files, { signal }).catch(() => ({ files: [] }));
  if (files.length === 0) return;
  const link = (path, name, text) => h('a', {
    href: path,
    download: name,
    onclick: hasKey() ? (event) => { event.preventDefault(); download(path, name).catch((error) => say(error.message)); } : null,
  }, text);
  fill(place, h('h2', {}, 'Files'),
    table('Files', ['Name', 'Bytes', 'SHA-256'], files.map((file) => row(
      link(`${document.links.files}/${file.name.split('/').map(encodeURIComponent).join('/')}`, file.name.split('/').pop(), file.name),
      number(file.size), h('code', { title: file.sha256 }, file.sha256?.slice(0, 12) ?? '')))),
    h('p', {}, link(`${document.links.files}.zip`, `${document.id}.zip`, 'All of them as a zip')));
}

function inputs(document) {
  const given = Object.entries(document.input);
  return given.length === 0 ? null : h('details', {}, h('summary', {}, 'Input'),
    given.map(([name, value]) => [h('h3', {}, name), h('pre', { tabindex: 0 }, value)]));
}
