// What a client in another language does with the server: all of it typed by the document.
import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';
import type { components, paths } from './fermata.js';

type Job = components['schemas']['Job'];
type Event = components['schemas']['Event'];

const [baseUrl, key] = process.argv.slice(2);
assert(baseUrl, 'where the server is');
const server = createClient<paths, 'application/json' | 'application/problem+json'>({
  baseUrl,
  headers: key ? { Authorization: `Bearer ${key}` } : {},
});

async function submitAndWait(): Promise<Job> {
  const { data, response } = await server.POST('/jobs', {
    params: { header: { Prefer: 'wait=60' } },
    body: { kind: 'chat', session: 'typed', input: { content: 'one two three' } },
  });
  assert.equal(response.status, 200);
  assert.match(response.headers.get('Location') ?? '', /^\/jobs\//);
  assert(data);
  assert.equal(data.status, 'succeeded');
  assert.equal(data.result, 'one two three');
  return data;
}

async function readEvents(job: Job): Promise<void> {
  const { data } = await server.GET('/jobs/{id}/events', { params: { path: { id: job.id } } });
  assert(data);
  assert.deepEqual(data.map((event) => event.id), data.map((_, index) => index + 1));
  assert.equal(data.map(spoken).join(''), 'one two three');
  const last = data.at(-1);
  assert(last?.type === 'end');
  assert.equal(last.data.id, job.id);
}

/** The compiler knows what each sort of event holds. */
function spoken(event: Event): string {
  return event.type === 'chunk' ? event.data.text : '';
}

async function follow(): Promise<void> {
  const { data, response } = await server.POST('/sessions/{id}/messages', {
    params: { path: { id: 'typed' } },
    headers: { Accept: 'application/x-ndjson' },
    body: { content: 'and on it goes' },
    parseAs: 'stream',
  });
  assert.equal(response.status, 200);
  const text = await new Response(data).text();
  const events = text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Event);
  assert.equal(events.map(spoken).join(''), 'and on it goes');
  assert.equal(events.at(-1)?.type, 'end');
}

async function list(): Promise<void> {
  const { data } = await server.GET('/jobs', {
    params: { query: { status: ['succeeded'], session: 'typed', limit: 1 } },
  });
  assert(data);
  assert.equal(data.jobs.length, 1);
  assert(data.next);
  const { data: rest } = await server.GET('/jobs', {
    params: { query: { status: ['succeeded'], session: 'typed', after: data.next } },
  });
  assert.equal(rest?.jobs.length, 1);
  assert.equal(rest.next, null);
}

async function cancel(): Promise<void> {
  const content = 'word '.repeat(1000);
  const { data: job } = await server.POST('/sessions/{id}/messages', {
    params: { path: { id: 'long' } },
    body: { content },
  });
  assert(job);
  const { data: cancelled, response } = await server.POST('/jobs/{id}/cancel', {
    params: { path: { id: job.id }, header: { Prefer: 'wait=60' } },
  });
  assert.equal(response.status, 200);
  assert.equal(cancelled?.reason, 'client_request');
  const { error } = await server.GET('/jobs/{id}/result', { params: { path: { id: job.id } } });
  assert.equal(error?.type, '/problems/job-cancelled');
}

async function problem(): Promise<void> {
  const { error } = await server.POST('/jobs', { body: { kind: 'no-such-kind' } });
  assert(error);
  // @ts-expect-error: the compiler knows that this address never answers so
  assert(error.type !== '/problems/job-lost');
  assert(error.type === '/problems/unknown-kind');
  assert.equal(error.errors?.[0]?.pointer, '/kind');
}

const job = await submitAndWait();
await readEvents(job);
await follow();
await list();
await cancel();
await problem();
console.log('submitted, waited, read, followed, listed, cancelled and refused');
