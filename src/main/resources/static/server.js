const KEY = 'fermata-key';

/** What the server refuses, as it says it (RFC 9457). */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? `The server answered ${status}.`);
    Object.assign(this, { status, title: body.title, type: body.type, errors: body.errors ?? [], job: body.job });
  }
}

export const hasKey = () => sessionStorage.getItem(KEY) !== null;
export const forgetKey = () => sessionStorage.removeItem(KEY);

function headers(more) {
  const key = sessionStorage.getItem(KEY);
  return { ...(key === null ? {} : { Authorization: `Bearer ${key}` }), ...more };
}

let asking = null;

/** Asks for a key once, however many requests want one; says whether one was refused. */
function askForKey(refused) {
  asking ??= new Promise((given) => {
    const dialog = document.getElementById('ask-key');
    const form = dialog.querySelector('form');
    dialog.querySelector('.fault').hidden = !refused;
    // Whoever leaves it without a key could do nothing here.
    dialog.onclose = () => { if (asking !== null) dialog.showModal(); };
    form.addEventListener('submit', () => {
      sessionStorage.setItem(KEY, form.elements.key.value.trim());
      dispatchEvent(new Event('key'));
      form.reset();
      asking = null;
      given();
    }, { once: true });
    dialog.showModal();
  });
  return asking;
}

/** Sends a request, with the key; any answer below 400 is good. */
export async function send(path, { headers: more, ...options } = {}) {
  const sent = headers(more);
  const response = await fetch(path, { ...options, headers: sent });
  if (response.status === 401) {
    await askForKey(sent.Authorization !== undefined);
    return send(path, { headers: more, ...options });
  }
  if (!response.ok) throw await problem(response);
  return response;
}

async function problem(response) {
  const body = await response.json().catch(() => ({}));
  return new Problem(response.status, body);
}

/** The JSON document at an address. */
export async function get(path, options = {}) {
  const response = await send(path, { ...options, headers: { Accept: 'application/json' } });
  return response.json();
}

/** Sends a JSON document; returns the one that answers, or null. */
export async function post(path, document, method = 'POST') {
  const response = await send(path, {
    method,
    headers: { Accept: 'application/json', ...(document ? { 'Content-Type': 'application/json' } : {}) },
    body: document ? JSON.stringify(document) : undefined,
  });
  return response.status === 204 ? null : response.json();
}

/**
 * Follows a stream of events. A stream that was cut is taken up again behind the last event seen.
 *
 * @param {string} path
 * @param {function({id: ?string, type: string, data: object})} onEvent
 * @param {AbortSignal} signal ends it
 * @param {function(boolean)} [onLine] hears whether the stream is there
 */
export async function follow(path, onEvent, signal, onLine = () => {}) {
  let last = null;
  let pause = 500;
  while (!signal.aborted) {
    try {
      const response = await send(path, {
        signal,
        cache: 'no-store',
        headers: { Accept: 'text/event-stream', ...(last === null ? {} : { 'Last-Event-ID': last }) },
      });
      if (response.status === 204) return;
      onLine(true);
      pause = 500;
      for await (const event of events(response.body)) {
        last = event.id ?? last;
        onEvent(event);
        if (event.type === 'end') return;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Problem && error.status < 500 && error.status !== 429) throw error;
    }
    if (signal.aborted) return;
    onLine(false);
    await sleep(pause, signal);
    pause = Math.min(pause * 2, 10_000);
  }
}

/** The events of a body, as the HTML standard has them. */
async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const blocks = (rest + read.value).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const event = parse(block);
      if (event !== null) yield event;
    }
  }
}

function parse(block) {
  const event = { id: null, type: 'message', data: '' };
  for (const line of block.split('\n')) {
    if (line.startsWith('id: ')) event.id = line.slice(4);
    else if (line.startsWith('event: ')) event.type = line.slice(7);
    else if (line.startsWith('data: ')) event.data += line.slice(6);
  }
  return event.data === '' ? null : { ...event, data: JSON.parse(event.data) };
}

export function sleep(millis, signal) {
  return new Promise((wake) => {
    const timer = setTimeout(wake, millis);
    signal?.addEventListener('abort', () => { clearTimeout(timer); wake(); }, { once: true });
  });
}

/** Saves a file that may need the key. */
export async function download(path, name) {
  const blob = await (await send(path)).blob();
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Calls at most once in a while, and then once more if it was asked meanwhile. */
export function throttled(millis, call, onError = () => {}) {
  let busy = false;
  let again = false;
  return async function ask() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    again = false;
    await call().catch(onError);
    setTimeout(() => {
      busy = false;
      if (again) ask();
    }, millis);
  };
}
