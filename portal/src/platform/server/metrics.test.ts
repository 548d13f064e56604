import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testPortal } from '../../../test/test-portal.ts'
import { features } from '../../app/features.ts'
import type { ServerFeature } from './feature.ts'
import { createLog } from './log.ts'

const token = 'a-token-of-prometheus-0001'
const broken: ServerFeature = {
  name: 'test',
  on: {
    'model.published': [
      {
        name: 'test.broken',
        handle: async () => {
          throw new Error('never works')
        },
      },
    ],
  },
  jobs: {
    'test.broken': {
      retries: 0,
      handle: async () => {
        throw new Error('never works')
      },
    },
  },
}
const { request, portal, platform, mails } = await testPortal({
  features: [...features, broken],
  log: createLog('silent'),
  events: { attempts: 1 },
  config: { metricsToken: token, publicUrl: 'http://localhost:0', port: 0 },
})

const read = async () => (await request('/metrics', { headers: { authorization: `Bearer ${token}` } })).text()
const numberOf = (text: string, series: string) =>
  Number(
    text
      .split('\n')
      .find(line => line.startsWith(`${series} `))
      ?.slice(series.length + 1) ?? Number.NaN,
  )

test('who shows no token, or a wrong one, finds nothing', async () => {
  for (const authorization of [undefined, 'Bearer wrong', `Bearer ${token} `.repeat(2), token, `bearer${token}`]) {
    const answer = await request('/metrics', authorization ? { headers: { authorization } } : {})
    expect(answer.status).toBe(404)
    expect(await answer.text()).not.toMatch(/fettle_/)
  }
  const answer = await request('/metrics', { headers: { authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
})

test('requests are counted by template, and addresses of nobody make no series of their own', async () => {
  const visitor = '0199aaaa-bbbb-7ccc-8ddd-eeeeffff0000'
  await request(`/api/v1/leads/${visitor}`)
  for (const word of ['wang-jianguo', 'hongyuan', visitor]) await request(`/${word}`)
  await request('/api/v1/products')
  const text = await read()
  expect(numberOf(text, 'fettle_http_request_duration_seconds_count{method="GET",route="/api/v1/products",status="2xx"}')).toBe(1)
  expect(text).toMatch(/route="\/api\/v1\/leads\/:leadId",status="4xx"/)
  expect(text).not.toMatch(/wang-jianguo|hongyuan|0199aaaa/)
  const routes = new Set([...text.matchAll(/route="([^"]*)"/g)].map(match => match[1]))
  for (let n = 0; n < 20; n++) await request(`/strange-${n}`, { method: n % 2 ? 'GET' : 'POST' })
  expect(new Set([...(await read()).matchAll(/route="([^"]*)"/g)].map(match => match[1]))).toEqual(routes)
})

test('what was given up shows: a parked event, a failed job', async () => {
  await platform.database.transaction(() => platform.record('model.published', { productId: 'p', modelVersionId: 'm' }))
  await platform.jobs.enqueue('test.broken', {})
  await mails() // listeners and jobs have come to rest
  const text = await read()
  expect(numberOf(text, 'fettle_events_parked{listener="test.broken"}')).toBe(1)
  expect(numberOf(text, 'fettle_event_listener_behind{listener="test.broken"}')).toBe(0)
  expect(numberOf(text, 'fettle_jobs{queue="test.broken",state="failed"}')).toBe(1)
  expect(numberOf(text, 'fettle_event_deliveries_total{listener="test.broken",result="parked"}')).toBe(1)
  expect(numberOf(text, 'fettle_database_up')).toBe(1)
})

test('a program on this machine reads without a token; a proxy, another name and a public address hide it', async () => {
  const { config } = platform
  const address = new URL((await portal.listen()).replace('localhost', '127.0.0.1'))
  const ask = (headers: Record<string, string> = {}) => fetch(new URL('/metrics', address), { headers })
  const before = { ...config }
  try {
    Object.assign(config, { metricsToken: null, publicUrl: 'http://localhost:3000' })
    expect((await ask()).status).toBe(200)
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']) {
      expect((await ask({ [name]: '127.0.0.1' })).status).toBe(404)
    }
    Object.assign(config, { publicUrl: 'https://portal.example.com' })
    expect((await ask()).status).toBe(404)
    Object.assign(config, { publicUrl: 'http://localhost:3000', trustProxy: 1 })
    expect((await ask()).status).toBe(404)
  } finally {
    Object.assign(config, before)
  }
})

test('every query of the Grafana dashboard asks for metrics that exist', async () => {
  await request('/api/v1/products')
  const text = await read()
  const known = new Set([...text.matchAll(/^([a-z]\w*)(?:\{| )/gm)].map(match => match[1]!))
  for (const [, name] of text.matchAll(/^# TYPE (\w+) (?!histogram)/gm)) known.add(name!)
  for (const [, name] of text.matchAll(/^# TYPE (\w+) histogram/gm))
    for (const part of ['_bucket', '_count', '_sum']) known.add(name! + part)

  const dashboard = JSON.parse(readFileSync(join(import.meta.dirname, '../../../../deploy/grafana/fettle.json'), 'utf8')) as {
    panels: { title: string; targets?: { expr: string }[] }[]
  }
  const asked = dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.flatMap(({ expr }) => [...expr.matchAll(/\b(?:fettle|process|nodejs)_\w+/g)].map(([name]) => ({ title, name }))),
  )
  expect(asked.length).toBeGreaterThan(30)
  expect(asked.filter(({ name }) => !known.has(name))).toEqual([])
})
