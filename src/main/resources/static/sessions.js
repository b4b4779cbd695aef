import { fill, h, number, problem, row, say, table, time } from './dom.js';
import { follow, get, post } from './server.js';

/** Every session, those created last first. */
export async function sessions(place, signal, names, query) {
  const after = query.get('after');
  const page = await get(`/sessions?limit=50${after ? `&after=${after}` : ''}`, { signal });
  const name = h('input', { name: 'name', required: true, pattern: '[A-Za-z0-9._:\\-]{1,128}', autocomplete: 'off', placeholder: 'ada' });
  fill(place, h('h1', {}, 'Sessions'),
    h('form', { class: 'filters', onsubmit: (event) => { event.preventDefault(); location.hash = `#/sessions/${name.value}`; } },
      h('label', {}, 'Open or begin a session called ', name), ' ', h('button', { type: 'submit', class: 'primary' }, 'Open')),
    page.sessions.length === 0
      ? h('p', { class: 'hint' }, 'There are none yet. The first message begins one.')
      : table('Sessions', ['Session', 'Messages', 'Version', 'Updated', 'Open for'], page.sessions.map((each) => row(
        h('a', { href: `#/sessions/${each.id}` }, each.id), number(each.total), each.version, time(each.updated),
        each.job ? h('a', { href: `#/jobs/${each.job}` }, 'a job') : ''))),
    page.next ? h('p', { class: 'pages' }, h('a', { href: `#/sessions?after=${page.next}` }, 'Older')) : null);
}

/** One session, to chat in: a turn goes on whoever watches, and can be taken up again at any time. */
export async function session(place, signal, [id]) {
  const older = h('p', { class: 'pages' });
  const log = h('div', { class: 'chat', role: 'log', 'aria-label': `Session ${id}` });
  const text = h('textarea', { rows: 3, required: true, 'aria-label': 'Message', placeholder: 'Say something …' });
  const stop = h('button', { type: 'button', disabled: true }, 'Stop');
  const trouble = h('div', {});
  const form = h('form', { class: 'composer' }, text, trouble, h('button', { type: 'submit', class: 'primary' }, 'Send'), ' ', stop);
  fill(place, h('h1', {}, 'Session ', h('code', {}, id)), older, log, form);

  const turns = new Map();
  // Before the messages: a turn that ends meanwhile is in one of them or in both.
  const { jobs } = await get(`/jobs?session=${id}&status=queued&status=running&status=cancelling&limit=50`, { signal });
  const known = await get(`/sessions?session=${id}`, { signal });
  const { messages } = known.sessions.length === 0 ? { messages: [] } : await get(`/sessions/${id}`, { signal });
  fill(log, messages.length > 0 ? messages.map(message) : h('p', { class: 'hint' }, await beforeTheFirst(signal)));
  drawOlder(older, log, id, messages);
  const told = new Set(messages.map((each) => each.job));
  for (const each of jobs.reverse().filter((job) => !told.has(job.id))) await take(await get(`/jobs/${each.id}`, { signal }));
  toEnd();

  /** Shows a turn that has not ended, and follows it from its first word. */
  async function take(job) {
    const said = h('p', {});
    const state = h('span', { class: 'outcome' });
    const reply = h('article', { class: 'message assistant', 'aria-busy': 'true' }, h('h2', {}, 'assistant ', state), said);
    if (job.kind === 'chat') log.append(message({ role: 'user', content: job.input.content ?? '', outcome: 'succeeded' }));
    log.append(reply);
    log.querySelector('.hint')?.remove();
    turns.set(job.id, job);
    stop.disabled = false;
    follow(`/jobs/${job.id}/events`, ({ type, data }) => {
      const follows = atEnd();
      if (type === 'chunk' && data.stream === 'reply') said.append(data.text);
      if (type === 'status') fill(state, data.status === 'queued' ? 'waits' : data.status);
      if (type === 'end') end(job, reply, state, data);
      if (follows) toEnd();
    }, signal).catch((error) => log.append(problem(error)));
  }

  function end(job, reply, state, document) {
    turns.delete(job.id);
    stop.disabled = turns.size === 0;
    reply.setAttribute('aria-busy', 'false');
    fill(state, document.status === 'succeeded' ? '' : [document.status.replace('_', ' '), document.message ? `: ${document.message}` : '']);
    reply.classList.toggle('partial', document.status !== 'succeeded');
    say(document.status === 'succeeded' ? 'The reply is complete.' : `The turn ${document.status.replace('_', ' ')}.`);
  }

  stop.addEventListener('click', async () => {
    stop.disabled = true;
    // The last first, so that none of them starts because another one ended.
    for (const turn of [...turns.keys()].reverse()) await post(`/jobs/${turn}/cancel`).catch((error) => say(error.message));
  });
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    fill(trouble);
    try {
      const job = await post(`/sessions/${id}/messages`, { content: text.value });
      form.reset();
      await take(job);
      toEnd();
    } catch (error) {
      fill(trouble, problem(error));
    }
  });
}

/** What somebody sees who begins a session. */
async function beforeTheFirst(signal) {
  const { kinds } = await get('/kinds', { signal });
  const chat = kinds.find((kind) => kind.name === 'chat');
  return `Nothing was said yet.${chat ? ` ${chat.description}.` : ''}`;
}

const atEnd = () => innerHeight + scrollY >= document.documentElement.scrollHeight - 200;

/** Of the page, not only of the last message: that would lie behind the field for the next. */
const toEnd = () => scrollTo(0, document.documentElement.scrollHeight);

function message({ role, content, outcome }) {
  const partial = outcome !== 'succeeded';
  return h('article', { class: `message ${role === 'user' ? 'user' : 'assistant'}${partial ? ' partial' : ''}` },
    h('h2', {}, role, ' ', partial ? h('span', { class: 'outcome' }, outcome.replace('_', ' ')) : null), h('p', {}, content));
}

function drawOlder(place, log, id, messages) {
  const first = messages[0]?.index ?? 0;
  fill(place, first === 0 ? null : h('button', {
    type: 'button',
    onclick: async () => {
      const page = await get(`/sessions/${id}/messages?before=${first}&limit=30`);
      log.prepend(...page.messages.map(message));
      drawOlder(place, log, id, page.messages);
    },
  }, 'Older messages'));
}
