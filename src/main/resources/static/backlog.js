import { about, chip, fill, h, jobLink, number, progress, row, say, seconds, span, table, time } from './dom.js';
import { output } from './output.js';
import { follow, get, hasKey, post, throttled } from './server.js';

/** What waits and runs, as it changes. */
export async function backlog(place, signal) {
  const tiles = h('dl', { class: 'tiles', 'aria-label': 'The backlog in numbers' });
  const lanes = h('div', {});
  const running = h('div', { class: 'running' });
  const waiting = h('div', {});
  const still = h('small', { class: 'hint' });
  const ended = h('div', {});
  const link = h('p', { class: 'hint' }, 'Connecting …');
  const above = h('div', {}, tiles, lanes, h('h2', {}, 'Running'), running);
  fill(place, h('h1', {}, 'Backlog'), link, above,
    h('h2', {}, 'Next in line ', still), waiting, h('h2', {}, 'Ended lately'), ended);

  const cards = new Map();
  const line = standingStill(waiting, above, still);
  let ids = '';
  const refresh = throttled(2000, () => drawEnded(ended), (error) => say(error.message));
  refresh();
  setTicking(waiting, signal);

  await follow('/backlog', ({ type, data }) => {
    if (type !== 'backlog') return;
    fill(tiles, tile('Waiting', number(data.waiting)), tile('Running', number(data.running)),
      tile('Oldest waits', span(data.oldestWaitingSeconds)), tile('Empty in about', span(data.estimatedDrainSeconds)));
    fill(lanes, data.lanes.length > 1 ? laneTable(data.lanes) : null);
    drawRunning(running, cards, data, signal);
    line.draw(() => drawWaiting(waiting, data.jobs.filter((job) => job.status === 'queued'), data));
    const now = data.jobs.map((job) => job.id).join();
    if (now !== ids) refresh();
    ids = now;
  }, signal, (on) => fill(link, on ? 'Live.' : 'The server is out of reach; trying again …'));
}

const ENDED = ['succeeded', 'failed', 'cancelled', 'timed_out', 'lost'].map((status) => `status=${status}`).join('&');

async function drawEnded(place) {
  const { jobs } = await get(`/jobs?limit=10&${ENDED}`);
  fill(place, jobs.length === 0 ? h('p', { class: 'hint' }, 'Nothing has ended yet.') : jobTable(jobs));
}

const tile = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, value));

function laneTable(lanes) {
  return table('Lanes', ['Lane', 'Workers', 'Waiting', 'Running', 'Capacity', 'Oldest waits'],
    lanes.map((lane) => row(lane.lane, lane.workers, number(lane.waiting), number(lane.running),
      number(lane.capacity), span(lane.oldestWaitingSeconds))));
}

/** A running job keeps its card, and so what was opened in it, from one look to the next. */
function drawRunning(place, cards, data, signal) {
  const jobs = data.jobs.filter((job) => job.status !== 'queued');
  for (const [id, card] of cards) {
    if (!jobs.some((job) => job.id === id)) {
      card.stop();
      cards.delete(id);
    }
  }
  for (const job of jobs) {
    if (!cards.has(job.id)) cards.set(job.id, runningCard(job, cards.size === 0, signal));
    cards.get(job.id).update(job);
  }
  fill(place, jobs.length === 0 ? h('p', { class: 'hint' }, data.running === 0 ? 'Nothing runs.' : 'None of yours runs.') : jobs.map((job) => cards.get(job.id).node));
}

function runningCard(first, open, signal) {
  const head = h('p', {});
  const bar = h('progress', { max: 1, 'aria-label': 'Progress' });
  const text = h('span', {});
  const live = h('div', {});
  const stop = new AbortController();
  signal.addEventListener('abort', () => stop.abort(), { once: true });
  const details = h('details', {
    ontoggle: () => {
      if (details.open && live.childNodes.length === 0) fill(live, output(first.id, stop.signal, { tail: true }));
    },
  }, h('summary', {}, 'Output'), live);
  details.open = open;
  const cancel = h('button', { type: 'button', onclick: () => cancelJob(first.id, cancel) }, 'Cancel');
  const node = h('article', { class: 'card' }, head, h('p', { class: 'progress' }, bar, text), details, cancel);
  return {
    node,
    stop: () => stop.abort(),
    update: (job) => {
      fill(head, chip(job.status), ' ', jobLink(job.id), ' ', h('strong', {}, job.kind), ' in lane ', job.lane,
        job.session ? [', session ', h('a', { href: `#/sessions/${job.session}` }, job.session)] : null,
        ', since ', time(job.startedAt));
      const fraction = job.progress?.fraction;
      if (fraction === null || fraction === undefined) bar.removeAttribute('value');
      else bar.value = fraction;
      fill(text, progress(job.progress));
    },
  };
}

function drawWaiting(place, jobs, data) {
  if (jobs.length === 0) {
    fill(place, h('p', { class: 'hint' }, data.waiting === 0 ? 'Nobody waits. ' : 'None of yours waits. ', h('a', { href: '#/submit' }, 'Submit a query'), '.'));
    return;
  }
  const focused = document.activeElement?.dataset?.job;
  fill(place, table('The next in line', ['Position', 'Job', 'Kind', 'Lane', 'Session', 'Waits', 'Starts about', ''],
    jobs.map((job) => row(
      job.position === null ? 'later' : number(job.position), jobLink(job.id), job.kind, job.lane, job.session ?? '',
      h('span', { 'data-since': job.submittedAt }, span(seconds(job.submittedAt, new Date()))),
      about(job.estimatedStartAt),
      cancelButton(job.id)))),
  data.next
    ? h('p', { class: 'hint' }, hasKey() ? 'and more; ' : `and ${number(data.waiting - jobs.length)} more; `, h('a', { href: '#/jobs?status=queued' }, 'see them all'))
    : null);
  if (focused) place.querySelector(`[data-job="${focused}"]`)?.focus();
}

function cancelButton(id) {
  const button = h('button', { type: 'button', 'data-job': id, 'aria-label': `Cancel job ${id.slice(-8)}`,
    onclick: () => cancelJob(id, button) }, 'Cancel');
  return button;
}

async function cancelJob(id, button) {
  button.disabled = true;
  try {
    await post(`/jobs/${id}/cancel`);
    say('The job is being cancelled.');
  } catch (error) {
    say(error.message);
    button.disabled = false;
  }
}

/** Jobs, as many as there are; how long one took is known once it has ended. */
export function jobTable(jobs) {
  return table('Jobs', ['Job', 'Kind', 'State', 'Submitted', 'Started after', 'Took', 'Why'],
    jobs.map((job) => row(jobLink(job.id), job.kind, chip(job.status), time(job.submittedAt),
      job.startedAt ? span(seconds(job.submittedAt, job.startedAt)) : '–',
      job.startedAt && job.finishedAt ? span(seconds(job.startedAt, job.finishedAt)) : '–',
      job.reason ?? '')));
}

/**
 * A table that is not drawn again under a mouse, nor moved by what stands above it: what somebody is
 * about to press must not move away.
 */
function standingStill(place, above, hint) {
  let latest = () => {};
  let pointed = false;
  const draw = () => {
    const still = pointed && place.querySelector('tbody') !== null;
    fill(hint, still ? 'stands still under the pointer' : null);
    if (!still) latest();
  };
  place.addEventListener('pointerenter', (event) => {
    pointed = event.pointerType === 'mouse';
    if (!pointed) return;
    above.style.height = `${above.offsetHeight}px`;
    above.classList.add('still');
  });
  place.addEventListener('pointerleave', () => {
    pointed = false;
    above.style.height = '';
    above.classList.remove('still');
    draw();
  });
  return { draw: (how) => { latest = how; draw(); } };
}

/** Waiting times go on between two looks. */
function setTicking(place, signal) {
  const timer = setInterval(() => {
    for (const each of place.querySelectorAll('[data-since]')) {
      each.textContent = span(seconds(each.dataset.since, new Date()));
    }
  }, 1000);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
