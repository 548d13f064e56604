import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/**
 * What this process counts and measures, for Prometheus. Labels name kinds of things (route templates, queues, listeners), never a
 * person or a thing of his, and each has a bounded number of values.
 */
export interface Metrics {
  /** One answered request. route: its template */
  request(answered: { method: string; route: string; status: number; seconds: number }): void
  /** A request refused for who asked, what he may, or how often. problem: the type of the answer */
  refusal(problem: string): void
  /** How a public page was answered: kept, kept and renewed behind the visitor, rendered. */
  pageCache(result: 'hit' | 'renewed' | 'miss'): void
  liveStream(change: 1 | -1): void
  /** One try of a job. */
  job(tried: { queue: string; result: 'done' | 'failed'; seconds: number }): void
  /** What came of a text message, or of one call of the carrier that may be made again. */
  sms(result: 'sent' | 'refused' | 'unknown' | 'caught' | 'not-sent'): void
  /** One delivery of an event to a listener. */
  delivery(listener: string, result: 'handled' | 'failed' | 'parked'): void
  /** Messages of devices that were written together, and how long that took. */
  deviceMessages(written: { messages: number; seconds: number }): void
  /** Something a device wanted was refused, so many times. */
  deviceRefusal(reason: string, count: number): void
  /** A connection of devices is not read for a while, since so much of one of them waits to be written, or of all together. */
  deviceHeldBack(since: 'device' | 'all'): void
  /** What happened with a device that its feature is not told, since too much else waited to be told. */
  deviceNoticeLost(): void
  /** A number that is read when Prometheus asks, the same for the same name; `refresh` runs before each reading. */
  gauge<Label extends string = never>(name: string, help: string, labels?: readonly Label[]): Gauge<Label>
  whenRead(refresh: () => Promise<void> | void): void
  /** Everything, in the text format of Prometheus. */
  read(): Promise<{ contentType: string; text: string }>
}

export function createMetrics(version: string): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const refreshers: (() => Promise<void> | void)[] = []
  const routeLabel = boundedRoutes()

  const requests = new Histogram({
    name: 'fettle_http_request_duration_seconds',
    help: 'Requests answered, by route template and class of status; of an event stream the time until it began',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  })
  const rateLimited = new Counter({
    name: 'fettle_http_rate_limited_total',
    help: 'Requests answered with 429, by route template',
    labelNames: ['route'],
    registers,
  })
  const refusals = new Counter({
    name: 'fettle_refusals_total',
    help: 'Requests refused for who asked, what he may, or how often (401, 403, 429), by type of problem',
    labelNames: ['problem'],
    registers,
  })
  const pages = new Counter({
    name: 'fettle_page_cache_total',
    help: 'Public pages for visitors nobody knows: kept (hit), kept and renewed behind the visitor, rendered (miss)',
    labelNames: ['result'],
    registers,
  })
  const streams = new Gauge({ name: 'fettle_live_streams', help: 'Browsers that listen to live updates', registers })
  const jobs = new Histogram({
    name: 'fettle_job_duration_seconds',
    help: 'Tries of jobs in this process, by queue and result',
    labelNames: ['queue', 'result'],
    buckets: [0.01, 0.05, 0.25, 1, 5, 30],
    registers,
  })
  const deliveries = new Counter({
    name: 'fettle_event_deliveries_total',
    help: 'Deliveries of events to listeners in this process',
    labelNames: ['listener', 'result'],
    registers,
  })
  const messages = new Counter({
    name: 'fettle_sms_total',
    help: 'Text messages in this process: taken by the carrier, refused, outcome unknown, caught, not sent and tried again',
    labelNames: ['result'],
    registers,
  })
  const written = new Counter({
    name: 'fettle_device_messages_total',
    help: 'Messages of devices that this process has durably written',
    registers,
  })
  const writing = new Histogram({
    name: 'fettle_device_batch_duration_seconds',
    help: 'Batches of messages of devices: how long until each was durably written',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers,
  })
  const refusedDevices = new Counter({
    name: 'fettle_device_refusals_total',
    help: 'What was refused of devices in this process, by reason',
    labelNames: ['reason'],
    registers,
  })
  const heldBack = new Counter({
    name: 'fettle_device_held_back_total',
    help: 'Times a connection of devices was not read for a while, since too much waited to be written: of one device, or of all together',
    labelNames: ['since'],
    registers,
  })
  const lostNotices = new Counter({
    name: 'fettle_device_notices_lost_total',
    help: 'What happened with devices and was told nobody, since too much waited to be told',
    registers,
  })
  new Gauge({
    name: 'fettle_info',
    help: 'Always 1; the label is the version of Fettle',
    labelNames: ['version'],
    registers,
  }).set({ version }, 1)
  for (const result of ['hit', 'renewed', 'miss']) pages.inc({ result }, 0)
  for (const since of ['device', 'all']) heldBack.inc({ since }, 0)
  for (const result of ['sent', 'refused', 'unknown']) messages.inc({ result }, 0)

  return {
    request({ method, route, status, seconds }) {
      const label = routeLabel(route, status)
      requests.observe(
        { method: methods.has(method) ? method : 'other', route: label, status: `${Math.floor(status / 100)}xx` },
        seconds,
      )
      if (status === 429) rateLimited.inc({ route: label })
    },
    refusal: problem => refusals.inc({ problem }),
    pageCache: result => pages.inc({ result }),
    liveStream: change => streams.inc(change),
    job: ({ seconds, ...labels }) => jobs.observe(labels, seconds),
    sms: result => messages.inc({ result }),
    delivery: (listener, result) => deliveries.inc({ listener, result }),
    deviceMessages({ messages: count, seconds }) {
      written.inc(count)
      writing.observe(seconds)
    },
    deviceRefusal: (reason, count) => refusedDevices.inc({ reason }, count),
    deviceHeldBack: since => heldBack.inc({ since }),
    deviceNoticeLost: () => lostNotices.inc(),
    gauge: <Label extends string>(name: string, help: string, labels: readonly Label[] = []) =>
      (registry.getSingleMetric(name) as Gauge<Label> | undefined) ?? new Gauge({ name, help, labelNames: labels, registers }),
    whenRead: refresh => void refreshers.push(refresh),
    async read() {
      await Promise.all(refreshers.map(refresh => refresh()))
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const mostRoutes = 300

/**
 * Of a page that does not exist the first word of the address is a stranger's: a route is a label of its own once something has been
 * answered there.
 */
function boundedRoutes(): (route: string, status: number) => string {
  const known = new Set<string>()
  return (route, status) => {
    if (known.has(route)) return route
    const real = status < 400 || route.startsWith('/api/v1/')
    if (!real || known.size >= mostRoutes) return 'other'
    known.add(route)
    return route
  }
}
