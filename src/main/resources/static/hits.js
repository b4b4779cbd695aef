import { fill, h, number, row, table } from './dom.js';

const COLUMNS = 60;

/** A line of BLAST's format 6: two names, a percentage, seven counts and places, and two scores. */
const BLAST_LINE = /^[^\t]+\t[^\t]+\t\d+(\.\d+)?(\t\d+){7}\t\d[\d.e+-]*\t *\d[\d.e+-]*$/;

/** Its columns, what decides first. */
const BLAST = [
  [1, 'Target'], [10, 'E-value'], [11, 'Bit score'], [2, 'Identity %'], [3, 'Length'], [4, 'Mismatches'], [5, 'Gaps'],
  [0, 'Query'], [6, 'from'], [7, 'to'], [8, 'In the target from'], [9, 'to'],
];

export const isHits = (value) => Array.isArray(value?.hits);

/** Whether every line of a text has the same number of tabs, and at least one. */
export function isTable(text) {
  const lines = body(text);
  const tabs = lines[0]?.split('\t').length ?? 0;
  return tabs > 1 && lines.every((line) => line.split('\t').length === tabs);
}

const body = (text) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

/** A text with tabs as a table; the first 500 lines of it. */
export function tabTable(text) {
  const lines = body(text);
  const columns = lines.every((line) => BLAST_LINE.test(line)) ? BLAST
    : lines[0].split('\t').map((_, index) => [index, `Column ${index + 1}`]);
  return [
    table('Result', columns.map(([, head]) => head), lines.slice(0, 500).map((line) => {
      const cells = line.split('\t');
      return h('tr', { class: 'line' }, columns.map(([index]) => h('td', {}, cells[index])));
    })),
    lines.length > 500 ? h('p', { class: 'hint' }, `and ${number(lines.length - 500)} more lines, which the files have.`) : null,
  ];
}

/** Hits with their alignments, each drawn when it is asked for. */
export function hits(all) {
  if (all.length === 0) return h('p', { class: 'hint' }, 'Nothing in the database resembles the query.');
  const described = all.some((hit) => hit.description);
  const heads = ['Target', ...(described ? ['Description'] : []), 'Score', 'Identity', 'In the query', 'In the target', 'Alignment'];
  return table('Hits', heads, all.map((hit) => {
    const drawing = alignment(hit, heads.length);
    return [row(h('strong', {}, hit.target), ...(described ? [hit.description] : []), number(hit.score),
      hit.identity === null ? '–' : `${(100 * hit.identity).toFixed(1)} %`,
      `${hit.queryStart}–${hit.queryEnd}`, `${hit.targetStart}–${hit.targetEnd}`, drawing.button), drawing.row];
  }));
}

/** A row of its own below the hit, and the button that shows it. */
function alignment(hit, columns) {
  if (!hit.alignment) return { button: '–', row: null };
  const place = h('td', { colspan: columns });
  const below = h('tr', { hidden: true }, place);
  const button = h('button', {
    type: 'button',
    class: 'link',
    'aria-expanded': 'false',
    'aria-label': `Alignment with ${hit.target}`,
    onclick: () => {
      below.hidden = !below.hidden;
      button.setAttribute('aria-expanded', String(!below.hidden));
      button.textContent = below.hidden ? 'Show' : 'Hide';
      if (place.childNodes.length === 0) fill(place, drawn(hit));
    },
  }, 'Show');
  return { button, row: below };
}

/** Rows of sixty columns, numbered as the sequences are. */
function drawn({ alignment: { query, midline, target }, queryStart, targetStart }) {
  let atQuery = queryStart;
  let atTarget = targetStart;
  const lines = [];
  for (let from = 0; from < query.length; from += COLUMNS) {
    const part = (text) => text.slice(from, from + COLUMNS);
    const residues = (text) => part(text).replaceAll('-', '').length;
    lines.push(
      line('Query', atQuery, part(query), part(midline), atQuery + residues(query) - 1),
      `${' '.repeat(14)}${part(midline)}\n`,
      line('Target', atTarget, part(target), part(midline), atTarget + residues(target) - 1), '\n');
    atQuery += residues(query);
    atTarget += residues(target);
  }
  return h('pre', { class: 'alignment', tabindex: 0, 'aria-label': 'Alignment' }, lines.flat());
}

function line(name, from, letters, midline, to) {
  const marked = [];
  for (let index = 0; index < letters.length;) {
    const kind = kindOf(letters[index], midline[index]);
    let end = index;
    while (end < letters.length && kindOf(letters[end], midline[end]) === kind) end += 1;
    marked.push(kind === '' ? letters.slice(index, end) : h('span', { class: kind }, letters.slice(index, end)));
    index = end;
  }
  return [name.padEnd(7), String(from).padStart(6), ' ', marked, ` ${to}\n`];
}

function kindOf(letter, mark) {
  if (letter === '-') return 'gap';
  if (mark === letter) return 'same';
  return mark === '+' ? 'similar' : '';
}
