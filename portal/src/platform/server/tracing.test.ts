import { createServer } from 'node:http'
import { afterAll, expect, test } from 'vitest'
import { getProduct } from '#features/products/core'
import { contactConsent } from '#features/sales/core'
import { publishDrillStand, standardDraft } from '../../../test/small-product.ts'
import { testPortal } from '../../../test/test-portal.ts'
import { features } from '../../app/features.ts'
import { createLog } from './log.ts'
import { statementName } from './tracing.ts'

interface ReceivedSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  attributes: { key: string; value: Record<string, unknown> }[]
}

/** A collector: what it is sent by OTLP over HTTP, in JSON. */
const received: ReceivedSpan[] = []
const paths = new Set<string>()
let bodies = ''
const collector = createServer((request, response) => {
  paths.add(`${request.method} ${request.url} ${request.headers['content-type']}`)
  let text = ''
  request.on('data', chunk => {
    text += chunk
  })
  request.on('end', () => {
    bodies += text
    for (const { scopeSpans } of JSON.parse(text).resourceSpans) for (const { spans } of scopeSpans) received.push(...spans)
    response.setHeader('content-type', 'application/json').end('{}')
  })
})
const port = await new Promise<number>(resolve => {
  collector.listen(0, '127.0.0.1', () => resolve((collector.address() as { port: number }).port))
})
afterAll(() => new Promise<void>(resolve => collector.close(() => resolve())))

const { request, platform, mails, api } = await testPortal({
  features,
  log: createLog('silent'),
  config: { tracesUrl: `http://127.0.0.1:${port}` },
})

test('a request, its use case, its statements, the listeners of its event and their jobs are one trace, under the one that came with it', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
  await publishDrillStand(platform)
  const { modelVersionId } = await (await api()).call(getProduct, { params: { slug: 'drill-stand' } })
  const answer = await request('/api/v1/inquiries', {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
    body: JSON.stringify({
      configuration: standardDraft(modelVersionId),
      contact: { name: 'Marked-Name', company: 'Marked-Company', email: 'marked@hongyuan.example', phone: '+86 139 5740 0042' },
      message: 'Marked-Message',
      consent: { version: contactConsent.version, accepted: true },
    }),
  })
  expect(answer.status, await answer.clone().text()).toBe(201)
  await request('/marked-path/marked@hongyuan.example')
  await mails()
  const own = () => received.filter(span => span.traceId === traceId)
  const named = (name: string) => own().find(span => span.name === name)
  await expect
    .poll(() => named('listener sales.open-lead') && named('listener sales.confirm-inquiry') && named('job platform.send-mail'), {
      timeout: 15_000,
    })
    .toBeTruthy()
  await expect.poll(() => named('POST /api/v1/inquiries'), { timeout: 15_000 }).toBeTruthy()

  expect([...paths]).toEqual(['POST /v1/traces application/json'])
  const http = named('POST /api/v1/inquiries')!
  expect(http.parentSpanId).toBe('00f067aa0ba902b7')
  const useCase = named('sales.submitInquiry')!
  expect(useCase.parentSpanId).toBe(http.spanId)
  expect(named('insert inquiry')!.parentSpanId).toBe(useCase.spanId)
  expect(named('listener sales.open-lead')!.parentSpanId).toBe(useCase.spanId)
  expect(named('insert lead')!.parentSpanId).toBe(named('listener sales.open-lead')!.spanId)
  expect(named('job platform.send-mail')!.parentSpanId).toBe(named('listener sales.confirm-inquiry')!.spanId)

  const withoutTimes = bodies.replaceAll(/UnixNano":"\d+"/g, '') // their digits may be anybody's telephone number
  expect(withoutTimes).not.toMatch(/marked|hongyuan|139 ?5740/i)
  const values = new Set(received.flatMap(({ attributes }) => attributes.map(({ key }) => key)))
  expect(
    [...values].filter(
      key => !/^(http\.(request\.method|route|response\.status_code)|db\.system\.name|fettle\.\w+|error\.type)$/.test(key),
    ),
  ).toEqual([])
})

test.each([
  ['select "id" from "lead" where "email" = $1', 'select lead'],
  [`insert into "contact" ("name") values ('王建国')`, 'insert contact'],
  ['update "event_listener" set "position" = $1', 'update event_listener'],
  ['delete from "caught_mail" where "id" = $1', 'delete caught_mail'],
  ["select pg_notify('fettle_event', 'wang@example.com')", 'select'],
  ['begin', 'begin'],
])('%s is called %s', (sql, name) => expect(statementName(sql)).toBe(name))
