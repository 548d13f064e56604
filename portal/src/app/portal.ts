import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { resolveAccount, spendConfirmation } from '#features/accounts/server'
import { languages, provideTexts } from '#platform/core'
import {
  type AttackModeOptions,
  type BrokerLimits,
  type Config,
  connectionLimits,
  createAudit,
  createBackground,
  createBroker,
  createHttp,
  createJobs,
  createLog,
  createMailer,
  createMetrics,
  createPeople,
  createPortalServer,
  createPortals,
  createRecord,
  createRedirectServer,
  createRelay,
  createSms,
  createWarehouseRelay,
  demandFinished,
  type EventOptions,
  fileJobs,
  goneDevices,
  guardConnections,
  type Http,
  type HttpOptions,
  keepShipping,
  type Log,
  measureStanding,
  migrate,
  newId,
  openAttackMode,
  openDatabase,
  openFileStore,
  openLive,
  openOfferedLanguages,
  openPort,
  openScanner,
  openSignals,
  openTracing,
  openVault,
  openWarehouse,
  type Pages,
  type Platform,
  type PortalsOptions,
  postgresFolder,
  publicPagesOf,
  releaseWaitingMails,
  type ServerFeature,
  type SignalOptions,
  sealOldRows,
  sendMailJob,
  sendSmsJob,
  spoolOf,
  startPostgres,
  statementName,
  version,
  type WarehouseRelayOptions,
} from '#platform/server'
import { claimDatabase } from './claim-database.ts'
import { textsIn } from './texts.ts'

export interface Portal {
  platform: Platform
  http: Http
  /** Opens the port; the answer is the address to visit. */
  listen(): Promise<string>
  /** Waits until listeners have handled every event there is; for tests and the demo. */
  settled(): Promise<void>
  /** Stops everything this portal started, its database last. */
  stop(): Promise<void>
}

export interface PortalOptions {
  features: readonly ServerFeature[]
  http?: Partial<Omit<HttpOptions, 'pages'>>
  /** makes the pages; absent where only the API is wanted. server: the portal's own, not yet open */
  pages?(server: Server): Promise<PortalPages>
  log?: Log
  events?: EventOptions
  /** of the relay that appends events to the warehouse, once the port is open */
  warehouse?: WarehouseRelayOptions
  signals?: Pick<SignalOptions, 'beat'>
  attackMode?: AttackModeOptions
  portals?: PortalsOptions
  /** other bounds for devices than the portal's own */
  broker?: Partial<BrokerLimits>
  /** false: neither jobs nor listeners run in this process */
  background?: boolean
  /** a command beside a portal that may be running on the embedded database */
  beside?: boolean
  /** false: for the command that makes a demo's database fit for production */
  claim?: boolean
  /** the database is being restored: what must be done on it before any other portal may start */
  restoring?: boolean
  /** folder of the migrations; the portal's own, unless it is another version's, in a test of an upgrade */
  migrations?: string
  /** called when something the portal cannot live without has ended */
  onLost?: (reason: string) => void
}

interface PortalPages {
  pages: Pages
  /** stands before the portal and hands on what is not its own */
  middleware?: (request: IncomingMessage, response: ServerResponse, next: () => void) => void
  close?(): Promise<void>
}

type Closer = () => unknown

/** Puts the portal together and starts all but the port. What fails on the way stops what was started. */
export async function startPortal(config: Config, options: PortalOptions): Promise<Portal> {
  const closers: Closer[] = []
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  try {
    return await assemble(config, options, closers, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function assemble(
  config: Config,
  { features, http: httpOptions = {}, background = true, ...options }: PortalOptions,
  closers: Closer[],
  stop: () => Promise<void>,
): Promise<Portal> {
  for (const language of languages) provideTexts(language, textsIn(language))
  const log = options.log ?? createLog(config.logLevel)
  const url = config.databaseUrl ?? (await startEmbedded(config, options, log, closers))
  await migrate(url, options.migrations ? { folder: options.migrations } : {})
  const tracing = config.tracesUrl ? await openTracing(config.tracesUrl) : undefined
  if (tracing) closers.push(() => tracing.close())
  const database = openDatabase(url, error => log.warn({ error }, 'an idle database connection ended'), {
    max: config.databasePool,
    ...(tracing
      ? { onQuery: (sql: string, ms: number) => tracing.past(statementName(sql), { 'db.system.name': 'postgresql' }, ms) }
      : {}),
  })
  closers.push(() => database.close())
  if (!options.restoring) await demandFinished(database.pool)
  const signals = await openSignals(url, log, { ...options.signals, onSilence: database.drop })
  closers.push(() => signals.close())

  const now = () => new Date()
  const vault = await openVault(database, signals, config.encryptionKeys)
  await sealOldRows({ database, vault }, features)
  const jobs = createJobs(database, signals, vault, log, tracing)
  const identity = { now, newId: () => newId() }
  const files = openFileStore(config)
  await files.check()
  const [live, audit, metrics] = [
    await openLive(database, signals),
    createAudit(database, vault, { ...identity, log }),
    createMetrics(version),
  ]
  const warehouse = openWarehouse({ config, database, log }, { join: options.beside ?? false })
  closers.push(() => warehouse.close())
  const broker = createBroker(
    {
      config,
      log,
      metrics,
      now,
      platform: () => platform,
      gone: goneDevices(database, signals),
      databaseUrl: url,
      ...(options.broker ? { limits: options.broker } : {}),
    },
    features,
  )
  const platform: Platform = {
    config,
    database,
    warehouse,
    log,
    jobs,
    mail: createMailer(jobs),
    sms: createSms(config, jobs),
    files,
    scanner: openScanner(config),
    broker,
    live,
    portals: createPortals({ database, live, log, newId: identity.newId }, options.portals),
    record: createRecord(database, now, tracing),
    vault,
    audit,
    ...identity,
    people: createPeople(features),
    publicPages: () => publicPagesOf(features, platform),
    background: createBackground({ database, vault }, jobs, features),
    metrics,
    attackMode: await openAttackMode({ database, live, audit, metrics, log }, options.attackMode),
    languages: await openOfferedLanguages({ database, live, log }),
    ...(tracing ? { tracing } : {}),
  }
  if (options.claim !== false) await claimDatabase(platform)
  closers.push(() => platform.portals.leave())
  closers.push(async () => {
    for (const { name, stop } of features)
      await stop?.(platform).catch(error => log.warn({ error, feature: name }, 'what was held in memory could not be written'))
  })

  const mail = sendMailJob(config, features.find(({ mailLook }) => mailLook)?.mailLook)
  closers.push(mail.close)
  const handlers = Object.assign(
    {},
    mail.handlers,
    sendSmsJob(config),
    fileJobs.handlers,
    ...features.map(feature => feature.jobs ?? {}),
  )
  await jobs.prepare(handlers)
  closers.push(() => jobs.stop())
  measureStanding(platform)
  const relay = createRelay(platform, features, signals, options.events)
  const warehouseRelay = createWarehouseRelay(platform, signals, options.warehouse)
  if (background) {
    await jobs.work(
      handlers,
      Object.assign({}, fileJobs.schedules, ...features.map(feature => feature.schedules ?? {})),
      platform,
    )
    closers.push(
      () => relay.stop(),
      () => warehouseRelay.stop(),
    )
    await relay.start()
    if (config.smtpUrl) await releaseWaitingMails(platform)
  }

  const { server, close: closeTls } = createPortalServer(config, connectionLimits, log)
  closers.push(closeTls, guardConnections(server))
  const { pages, middleware, close: closePages } = (await options.pages?.(server)) ?? {}
  if (closePages) closers.push(closePages)
  const http = createHttp(platform, features, {
    resolveAccount: credentials => resolveAccount(platform, credentials),
    confirm: request => spendConfirmation(platform, request),
    ...httpOptions,
    ...(pages ? { pages } : {}),
  })
  const answer = getRequestListener(http.app.fetch)
  server.on(
    'request',
    middleware ? (request, response) => middleware(request, response, () => answer(request, response)) : answer,
  )
  return {
    platform,
    http,
    settled: () => relay.settled(),
    stop,
    async listen() {
      closers.push(() => closeServer(server, http))
      const port = await openPort(server, config.host, { name: 'PORT', port: config.port })
      if (config.tls && config.tls.redirectPort !== null) await openRedirect(config, config.tls.redirectPort, closers)
      if (background) await warehouseRelay.start() // begins to work behind what visitors wait for
      for (const { start } of features) start?.(platform)
      await platform.portals.begin(broker.takes)
      closers.push(() => broker.stop())
      await broker.open()
      await platform.portals.look()
      return config.publicUrl.replace(/:0$/, `:${port}`)
    },
  }
}

async function startEmbedded(
  config: Config,
  { onLost, beside }: Partial<PortalOptions>,
  log: Log,
  closers: Closer[],
): Promise<string> {
  const { backup, dataDir } = config
  const folder = postgresFolder(dataDir)
  const postgres = await startPostgres(folder, {
    join: beside ?? false,
    ...(backup ? { archive: { folder: spoolOf(folder), seconds: backup.lag } } : {}),
    onTrouble: reason => log.error({ reason }, 'the embedded database'),
    ...(onLost ? { onLost } : {}),
  })
  if (backup && !beside) {
    const shipping = await keepShipping(postgres.url, folder, dataDir, backup, log)
    closers.push(() => shipping.stop())
  }
  closers.push(() => postgres.stop())
  return postgres.url
}

async function openRedirect(config: Config, port: number, closers: Closer[]): Promise<void> {
  const server = createRedirectServer(config, connectionLimits)
  closers.push(guardConnections(server), () => closeAtOnce(server))
  await openPort(server, config.host, { name: 'HTTP_REDIRECT_PORT', port })
}

function closeAtOnce(server: Server): void {
  server.close()
  server.closeAllConnections()
}

/** Lets the requests under way finish, for 3 s. */
async function closeServer(server: Server, http: Http): Promise<void> {
  http.drain()
  const closed = new Promise<void>(resolve => server.close(() => resolve()))
  server.closeIdleConnections()
  const impatience = setTimeout(() => server.closeAllConnections(), 3000)
  await closed
  clearTimeout(impatience)
}
