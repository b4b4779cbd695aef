/**
 * Makes an element. Children that are strings become text, never markup.
 *
 * @param {string} tag
 * @param {object} [given] attributes; on… are listeners; null, undefined and false are left out
 * @param {...(Node|string|number|null|undefined|Array)} children
 */
export function h(tag, given = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...kept(children));
  return node;
}

const kept = (children) => children.flat(3).filter((it) => it !== null && it !== undefined && it !== false);

/** Puts other children into an element. */
export const fill = (node, ...children) => node.replaceChildren(...kept(children));

/** Tells people who can't see it what has happened. */
export function say(text) {
  document.getElementById('said').textContent = text;
}

/** A time span for people, such as 3 min 20 s. */
export function span(seconds) {
  if (seconds === null || seconds === undefined || Number.isNaN(seconds)) return '–';
  if (seconds < 10) return `${(Math.round(seconds * 10) / 10).toLocaleString()} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const hours = Math.floor(whole / 3600);
  return hours < 48 ? `${hours} h ${Math.floor((whole % 3600) / 60)} min` : `${Math.round(hours / 24)} days`;
}

/** A point in time, short for today. */
export function time(iso) {
  if (!iso) return '–';
  const at = new Date(iso);
  const today = at.toDateString() === new Date().toDateString();
  return h('time', { datetime: iso, title: at.toString() },
    today ? at.toLocaleTimeString() : at.toLocaleString());
}

/** When something is expected: a job that outlasts its like makes everybody behind it late. */
export const about = (iso) => (iso && new Date(iso) < new Date() ? 'soon' : time(iso));

/** Never less than none: a clock may have been set back. */
export const seconds = (from, to) => Math.max(0, new Date(to) - new Date(from)) / 1000;

export const number = (count) => Number(count).toLocaleString();

/** How far a job is, in words. */
export const progress = (of) => [
  of?.fraction === null || of?.fraction === undefined ? null : `${Math.round(of.fraction * 100)} %`, of?.message,
].filter(Boolean).join(', ');

/** The state of a job as a coloured word. */
export const chip = (status) => h('span', { class: `chip ${status}` }, status.replace('_', ' '));

/** A job's id, which is a link to its page. */
export const jobLink = (id) => h('a', { href: `#/jobs/${id}`, class: 'id', title: id }, id.slice(-8));

/** A table with a caption for those who can't see it; columns of numbers stand to the right. */
export function table(caption, heads, rows) {
  const titles = heads.map((head) => h('th', { scope: 'col' }, head));
  titles.forEach((title, column) => {
    const cells = kept([rows]).map((each) => each.children[column]).filter(Boolean);
    if (areNumbers(cells)) [title, ...cells].forEach((cell) => cell.classList.add('number'));
  });
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    h('table', {}, h('caption', {}, caption), h('thead', {}, h('tr', {}, titles)), h('tbody', {}, rows)));
}

/** Counts, scores, shares and time spans, as they are written here and in tables of programs. */
const NUMBER = /^[-−]?\p{Nd}[\p{Nd}.,’'٫٬\s]*([eE][-+]?\d+|%|ms|s|min( \d+ s)?|h( \d+ min)?|days)?$/u;

function areNumbers(cells) {
  const texts = cells
    .map((cell) => (cell.querySelector('a, button') ? 'a link' : cell.textContent))
    .filter((text) => text !== '' && text !== '–');
  return texts.length > 0 && texts.every((text) => NUMBER.test(text));
}

export const row = (...cells) => h('tr', {}, cells.map((cell) => h('td', {}, cell)));

/** A problem of the server, or an error of this page, in words. */
export function problem(error) {
  return h('div', { class: 'problem', role: 'alert' },
    h('strong', {}, error.title ?? 'That did not work'),
    h('p', {}, error.message),
    error.errors?.length
      ? h('ul', {}, error.errors.map((each) => h('li', {}, h('code', {}, each.pointer), ' ', each.detail)))
      : null,
    error.type?.startsWith('/problems/') ? h('a', { href: error.type }, 'What to do') : null);
}
