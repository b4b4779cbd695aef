import { jobTable } from './backlog.js';
import { fill, h, number, problem, say } from './dom.js';
import { get, post } from './server.js';

const STATUSES = ['queued', 'running', 'cancelling', 'succeeded', 'failed', 'cancelled', 'timed_out', 'lost'];
const UNFINISHED = ['queued', 'running', 'cancelling'];
const PAGE = 50;

/** All jobs, a page at a time; what is looked for stands in the address. */
export async function jobs(place, signal, names, query) {
  const [{ kinds }, backlog] = await Promise.all([get('/kinds', { signal }), get('/backlog?limit=1', { signal })]);
  const list = h('div', {});
  const steer = h('div', { class: 'steer' });
  const form = h('form', { class: 'filters', 'aria-label': 'Filters', onsubmit: (event) => event.preventDefault() },
    choice('Status', 'status', STATUSES, query), choice('Kind', 'kind', kinds.map((kind) => kind.name), query),
    choice('Lane', 'lane', backlog.lanes.map((lane) => lane.lane), query),
    h('label', {}, 'Session ', h('input', { name: 'session', value: query.get('session') ?? '', autocomplete: 'off' })));
  const chosen = () => {
    const filter = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== '') filter.append(name, value);
    return filter;
  };
  form.addEventListener('change', () => {
    const filter = chosen().toString();
    location.hash = filter === '' ? '#/jobs' : `#/jobs?${filter}`;
  });
  fill(place, h('h1', {}, 'Jobs'), form, steer, list);
  const draw = () => drawPage(list, chosen(), query.get('after'), signal);
  drawSteering(steer, chosen(), draw);
  await draw();
}

function choice(label, name, values, query) {
  return h('label', {}, `${label} `, h('select', { name },
    h('option', { value: '' }, 'any'),
    values.map((value) => h('option', { value, selected: query.get(name) === value }, value.replace('_', ' ')))));
}

async function drawPage(place, filter, after, signal) {
  const address = new URLSearchParams(filter);
  address.set('limit', PAGE);
  if (after) address.set('after', after);
  const page = await get(`/jobs?${address}`, { signal });
  const onwards = new URLSearchParams(filter);
  if (page.next) onwards.set('after', page.next);
  fill(place, page.jobs.length === 0 ? h('p', { class: 'hint' }, 'There are no such jobs.') : jobTable(page.jobs),
    h('p', { class: 'pages' },
      after ? h('a', { href: `#/jobs?${filter}` }, 'To the newest') : null, ' ',
      page.next ? h('a', { href: `#/jobs?${onwards}` }, 'Older') : null));
}

/** Cancels what the filters choose, once it was counted and somebody said yes. */
function drawSteering(place, filter, then) {
  const over = filter.getAll('status').some((status) => !UNFINISHED.includes(status));
  if (filter.size === 0 || over) return;
  const button = h('button', {
    type: 'button',
    onclick: async () => {
      button.disabled = true;
      try {
        const { count } = await post(`/jobs/cancel?${filter}&dryRun=true`);
        if (count === 0) fill(place, h('p', { class: 'hint' }, 'None of these jobs waits or runs.'));
        else confirm(place, filter, count, then);
      } catch (error) {
        fill(place, problem(error));
      }
    },
  }, 'Cancel all of these …');
  fill(place, button);
}

function confirm(place, filter, count, then) {
  const what = `${number(count)} ${count === 1 ? 'job' : 'jobs'}`;
  const yes = h('button', {
    type: 'button',
    class: 'danger',
    onclick: async () => {
      yes.disabled = true;
      try {
        const done = await post(`/jobs/cancel?${filter}`);
        fill(place, h('p', { class: 'hint' }, `${number(done.count)} cancelled.`));
        say(`${number(done.count)} jobs are being cancelled.`);
        await then();
      } catch (error) {
        fill(place, problem(error));
      }
    },
  }, `Cancel ${what}`);
  fill(place, h('p', {}, `${what} would be cancelled. `), yes, ' ',
    h('button', { type: 'button', onclick: () => drawSteering(place, filter, then) }, 'Leave them'));
  yes.focus();
}
