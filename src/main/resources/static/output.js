import { fill, h, problem } from './dom.js';
import { follow } from './server.js';

/** The most that is kept on the page of one stream; the file has it all. */
const KEPT = 200_000;

/**
 * What a job writes, as it writes it.
 *
 * @param {string} id of the job
 * @param {AbortSignal} signal
 * @param {{tail: boolean, onEvent: function}} [how] tail shows only what is new
 */
export function output(id, signal, { tail = false, onEvent = () => {} } = {}) {
  const streams = new Map();
  const place = h('div', { class: 'output' }, h('p', { class: 'hint' }, 'Nothing was written yet.'));

  function add({ stream, text }) {
    if (streams.size === 0) fill(place);
    if (!streams.has(stream)) {
      const pre = h('pre', { tabindex: 0, 'aria-label': stream });
      place.append(h('h3', {}, stream), pre);
      streams.set(stream, pre);
    }
    const pre = streams.get(stream);
    const atEnd = pre.scrollTop + pre.clientHeight >= pre.scrollHeight - 4;
    pre.append(text);
    if (pre.textContent.length > KEPT) pre.textContent = '…' + pre.textContent.slice(-KEPT / 2);
    if (atEnd) pre.scrollTop = pre.scrollHeight;
  }

  follow(`/jobs/${encodeURIComponent(id)}/events${tail ? '?tail=true' : ''}`, (event) => {
    if (event.type === 'chunk') add(event.data);
    if (event.type === 'end' && streams.size === 0) fill(place, h('p', { class: 'hint' }, 'It wrote nothing.'));
    onEvent(event);
  }, signal).catch((error) => place.append(problem(error)));
  return place;
}
