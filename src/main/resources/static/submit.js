import { fill, h, problem, say } from './dom.js';
import { faults } from './fasta.js';
import { get, post } from './server.js';

/** A form for each kind, made from the inputs that it declares. */
export async function submit(place, signal, [name]) {
  const { kinds } = await get('/kinds', { signal });
  const known = kinds.filter((kind) => kind.name !== 'chat');
  const kind = name === undefined ? known[0] : known.find((each) => each.name === name);
  if (!kind) {
    fill(place, h('h1', {}, 'Submit'), h('p', {}, 'This server has no such kind of query.'));
    return;
  }
  fill(place, h('h1', {}, 'Submit'),
    h('nav', { class: 'tabs', 'aria-label': 'Kinds' }, known.map((each) => h('a', {
      href: `#/submit/${encodeURIComponent(each.name)}`, 'aria-current': each === kind ? 'page' : null,
    }, each.name))),
    h('p', {}, kind.description),
    kind.available ? form(kind) : h('p', { class: 'problem' }, kind.reason));
}

function form(kind) {
  const required = new Set(kind.inputs.required);
  const fields = Object.entries(kind.inputs.properties).map(([name, schema]) => field(name, schema, required.has(name)));
  const errors = h('div', {});
  const button = h('button', { type: 'submit', class: 'primary' }, `Submit to ${kind.name}`);
  return h('form', {
    onsubmit: async (event) => {
      event.preventDefault();
      fill(errors);
      button.disabled = true;
      try {
        const input = {};
        for (const each of fields) each.give(input);
        const job = await post('/jobs', { kind: kind.name, input });
        say('The query was accepted.');
        location.hash = `#/jobs/${job.id}`;
      } catch (error) {
        const shown = fields.map((each) => each.blame(error.errors ?? [])).reduce((sum, count) => sum + count, 0);
        const allShown = shown > 0 && shown === error.errors.length;
        fill(errors, problem(allShown ? { title: error.title, type: error.type, message: 'Mend what is marked above.' } : error));
        errors.querySelector('.problem').scrollIntoView({ block: 'nearest' });
      } finally {
        button.disabled = false;
      }
    },
  }, fields.map((each) => each.node), errors, button,
  h('details', { class: 'example' }, h('summary', {}, 'The same by curl'), h('pre', {}, kind.example)));
}

/** One input: its label, the control that fits it, and what is wrong with what it holds. */
function field(name, schema, required) {
  const id = `input-${name}`;
  const format = sequenceFormat(schema);
  const long = format !== null || schema.description.startsWith('Any JSON') || schema.description.startsWith('A file');
  const control = h(long ? 'textarea' : 'input', {
    id, name, required, spellcheck: 'false', autocomplete: 'off', 'aria-describedby': `${id}-hint ${id}-fault`,
    ...(long ? { rows: 8, placeholder: format ? '>name\nMVHLTPEEKSAV…' : '' } : { placeholder: schema.default ?? '' }),
  });
  const fault = h('div', { id: `${id}-fault`, class: 'fault', 'aria-live': 'polite' });
  const show = (found) => {
    control.setAttribute('aria-invalid', String(found.length > 0));
    fill(fault, found.length === 0 ? null : h('ul', {}, found.map((each) => h('li', {},
      each.line ? h('button', { type: 'button', class: 'link', onclick: () => select(control, each.line) }, `Line ${each.line}`) : null,
      each.line ? ': ' : '', each.detail))));
  };
  const check = () => show(format ? faults(control.value, format) : misfits(control.value, schema.pattern));
  control.addEventListener('input', check);
  const file = long ? fileChooser(control, check) : null;
  return {
    node: h('div', { class: 'field' }, h('label', { for: id }, name, required ? ' (required)' : ''), control, file,
      h('p', { id: `${id}-hint`, class: 'hint' }, schema.description), fault),
    give: (input) => {
      if (control.value !== '') input[name] = control.value;
    },
    /** Shows those of the errors that are of this input, and returns how many. */
    blame: (errors) => {
      const mine = errors.filter((each) => each.pointer.endsWith(`/${name}`));
      if (mine.length === 0) check();
      else show(mine.map(({ detail }) => ({ line: Number(detail.match(/\bline (\d+)/i)?.[1]) || null, detail: detail.replace(/^line \d+: /i, '') })));
      return mine.length;
    },
  };
}

/** Whether a text is not as its pattern says; one that only the server understands is left to it. */
function misfits(text, pattern) {
  if (text === '' || !pattern) return [];
  try {
    return new RegExp(pattern, 'u').test(text) ? [] : [{ line: null, detail: 'it doesn’t match' }];
  } catch {
    return [];
  }
}

function sequenceFormat(schema) {
  if (schema.description.startsWith('A protein')) return 'protein';
  return schema.description.startsWith('A nucleotide') ? 'nucleotide' : null;
}

function fileChooser(control, check) {
  const take = async (file) => {
    if (!file) return;
    control.value = await file.text();
    check();
    say(`${file.name} was read.`);
  };
  const chooser = h('input', { type: 'file', 'aria-label': 'Take it from a file', onchange: () => take(chooser.files[0]) });
  control.addEventListener('dragover', (event) => {
    event.preventDefault();
    control.classList.add('drop');
  });
  control.addEventListener('dragleave', () => control.classList.remove('drop'));
  control.addEventListener('drop', (event) => {
    event.preventDefault();
    control.classList.remove('drop');
    const file = event.dataTransfer.files[0];
    if (file) take(file);
    else {
      control.value = event.dataTransfer.getData('text');
      check();
    }
  });
  return chooser;
}

/** Selects a line of a text area, and scrolls there. */
function select(control, line) {
  const lines = control.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  control.focus();
  control.setSelectionRange(start, start + lines[line - 1].length);
}
