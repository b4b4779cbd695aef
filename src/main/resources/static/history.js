import { fill, h, number, row, span, table } from './dom.js';
import { follow, get, throttled } from './server.js';

const OUTCOMES = ['succeeded', 'failed', 'cancelled', 'timed_out', 'lost'];
const MINUTE = 60_000;
const WIDTH = 720;
const HEIGHT = 160;
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
    fill(ends, minutes.length === 0 ? h('p', { class: 'hint' }, 'No job has ended in the last hour.') : stacked(at));
    fill(times, minutes.length === 0 ? null : lines(at));
    fill(numbers, table('Minutes', ['Minute', ...OUTCOMES.map((each) => each.replace('_', ' ')), 'Queue wait', 'Run'],
      minutes.map((minute) => row(new Date(minute.at).toLocaleTimeString(), ...OUTCOMES.map((each) => number(minute.ended[each] ?? 0)),
        span(minute.queueWaitSeconds), span(minute.runSeconds)))));
  };
  await draw();
  follow('/backlog', throttled(10_000, draw), signal).catch(() => {});
}

function svg(tag, given, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(given)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function stacked(minutes) {
  const most = Math.max(...minutes.map((minute) => OUTCOMES.reduce((sum, each) => sum + (minute.ended[each] ?? 0), 0)));
  const bars = minutes.flatMap((minute) => {
    let top = HEIGHT;
    return OUTCOMES.filter((each) => minute.ended[each]).map((each) => {
      const height = (minute.ended[each] / most) * HEIGHT;
      top -= height;
      return svg('rect', { class: each, x: minute.index * 12 + 1, y: top, width: 10, height },
        svg('title', {}, `${new Date(minute.at).toLocaleTimeString()}: ${number(minute.ended[each])} ${each.replace('_', ' ')}`));
    });
  });
  return chart(`At most ${number(most)} in a minute`, OUTCOMES, bars);
}

function lines(minutes) {
  const most = Math.max(0.001, ...minutes.flatMap((minute) => [minute.queueWaitSeconds ?? 0, minute.runSeconds ?? 0]));
  const points = (name) => minutes.filter((minute) => minute[name] !== null)
    .map((minute) => [minute.index * 12 + 6, HEIGHT - (minute[name] / most) * (HEIGHT - 4) - 2]);
  const drawn = [['wait', 'queueWaitSeconds'], ['run', 'runSeconds']].flatMap(([name, field]) => [
    svg('polyline', { class: name, points: points(field).map((each) => each.join()).join(' ') }),
    ...points(field).map(([x, y]) => svg('circle', { class: name, cx: x, cy: y, r: 2.5 })),
  ]);
  return chart(`At most ${span(most)}`, ['wait', 'run'], drawn);
}

function chart(caption, names, drawn) {
  const picture = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': caption, class: 'chart' });
  picture.append(...drawn);
  return h('figure', {}, picture, h('figcaption', {}, caption, '. ',
    names.map((name) => h('span', { class: `legend ${name}` }, name === 'wait' ? 'queue wait' : name.replace('_', ' ')))));
}
