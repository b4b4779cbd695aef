import { fill, h, number, row, span, table } from './dom.js';
import { follow, get, sleep, throttled } from './server.js';

const OUTCOMES = ['succeeded', 'failed', 'cancelled', 'timed_out', 'lost'];
const MINUTE = 60_000;
const HEIGHT = 160;
const LEFT = 64;
const TOP = 14;
const BOTTOM = TOP + HEIGHT;

/** An hour that has just begun a minute has a part of it at either end. */
const COLUMNS = 61;
const COLUMN = 11;
const RIGHT = LEFT + COLUMNS * COLUMN;
const SVG = 'http://www.w3.org/2000/svg';

/** The last hour: how many jobs ended each minute and how, and how long they waited and ran. */
export async function history(place, signal) {
  const ends = h('div', {});
  const times = h('div', {});
  const numbers = h('div', {});
  fill(place, h('h1', {}, 'The last hour'), h('h2', {}, 'Jobs that ended, by minute'), ends,
    h('h2', {}, 'Queue wait and run, the mean of each minute'), times,
    h('details', {}, h('summary', {}, 'The same in numbers'), numbers));
  const draw = async () => {
    const { since, minutes } = await get('/jobs/history', { signal });
    const at = minutes.map((minute) => ({ ...minute, index: Math.round((new Date(minute.at) - new Date(since)) / MINUTE) }));
    fill(ends, minutes.length === 0 ? h('p', { class: 'hint' }, 'No job has ended in the last hour.') : stacked(at, since));
    fill(times, minutes.length === 0 ? null : lines(at, since));
    fill(numbers, table('Minutes', ['Minute', ...OUTCOMES.map((each) => each.replace('_', ' ')), 'Queue wait', 'Run'],
      minutes.map((minute) => row(clock(minute.at), ...OUTCOMES.map((each) => number(minute.ended[each] ?? 0)),
        span(minute.queueWaitSeconds), span(minute.runSeconds)))));
  };
  await draw();
  // The server counts every five seconds: what has just ended is counted a little later.
  const later = async () => {
    await sleep(6000, signal);
    await draw();
  };
  follow('/backlog', throttled(5000, later), signal).catch(() => {});
}

function svg(tag, given, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(given)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function stacked(minutes, since) {
  const top = round(Math.max(...minutes.map((minute) => OUTCOMES.reduce((sum, each) => sum + (minute.ended[each] ?? 0), 0))));
  const bars = minutes.flatMap((minute) => {
    let y = BOTTOM;
    return OUTCOMES.filter((each) => minute.ended[each]).map((each) => {
      const height = (minute.ended[each] / top) * HEIGHT;
      y -= height;
      return svg('rect', { class: each, x: LEFT + minute.index * COLUMN + 1, y, width: COLUMN - 1, height },
        svg('title', {}, `${clock(minute.at)}: ${number(minute.ended[each])} ${each.replace('_', ' ')}`));
    });
  });
  return chart('Jobs that ended in each minute', OUTCOMES, [...axes(since, number(top)), ...bars]);
}

function lines(minutes, since) {
  const top = round(Math.max(0.001, ...minutes.flatMap((minute) => [minute.queueWaitSeconds ?? 0, minute.runSeconds ?? 0])));
  const points = (field) => minutes.filter((minute) => minute[field] !== null)
    .map((minute) => [LEFT + (minute.index + 0.5) * COLUMN, BOTTOM - (minute[field] / top) * HEIGHT]);
  const drawn = [['wait', 'queueWaitSeconds'], ['run', 'runSeconds']].flatMap(([name, field]) => [
    svg('polyline', { class: name, points: points(field).map((each) => each.join()).join(' ') }),
    ...points(field).map(([x, y]) => svg('circle', { class: name, cx: x, cy: y, r: 2.5 })),
  ]);
  return chart('Queue wait and run of each minute', ['wait', 'run'], [...axes(since, span(top)), ...drawn]);
}

/** The next of 1, 2, 3 ... 9, 10, 20 ... and so on, and as many tenths, hundredths ... */
function round(most) {
  const step = 10 ** Math.floor(Math.log10(most));
  return Math.ceil(most / step) * step;
}

const clock = (at) => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

/** The scale from nothing to the top, and the time of each quarter of the hour. */
function axes(since, top) {
  const beside = (y, text) => [svg('line', { x1: LEFT, x2: RIGHT, y1: y, y2: y }),
    svg('text', { x: LEFT - 6, y: y + 4, 'text-anchor': 'end' }, text)];
  const anchors = { 0: 'start', 60: 'end' }; // in the picture also where letters are large
  const below = [0, 15, 30, 45, 60].map((minute) => svg('text',
    { x: LEFT + (minute + 0.5) * COLUMN, y: BOTTOM + 18, 'text-anchor': anchors[minute] ?? 'middle' }, clock(new Date(since).getTime() + minute * MINUTE)));
  return [...beside(TOP, top), ...beside(BOTTOM, '0'), ...below];
}

function chart(caption, names, drawn) {
  const picture = svg('svg', { viewBox: `0 0 ${RIGHT + 24} ${BOTTOM + 24}`, role: 'img', 'aria-label': caption, class: 'chart' });
  picture.append(...drawn);
  return h('figure', {}, picture, h('figcaption', {},
    names.map((name) => h('span', { class: `legend ${name}` }, name === 'wait' ? 'queue wait' : name.replace('_', ' ')))));
}
