import { createAdaptorServer, type ServerType } from '@hono/node-server'
import { resolveAccount } from '#features/accounts/server'
import {
  type Config,
  createHttp,
  createJobs,
  createLog,
  createMailer,
  createRecord,
  createRelay,
  type EventOptions,
  type Http,
  type HttpOptions,
  type Log,
  migrate,
  newId,
  openDatabase,
  openLive,
  openSignals,
  type Platform,
  postgresFolder,
  type ServerFeature,
  StartFailure,
  sendMailJob,
  startPostgres,
} from '#platform/server'

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
  http?: Partial<HttpOptions>
  log?: Log
  events?: EventOptions
  /** false: neither jobs nor listeners run in this process */
  background?: boolean
  /** a command beside a portal that may be running on the embedded database */
  beside?: boolean
  /** called when something the portal cannot live without has ended */
  onLost?: (reason: string) => void
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
  const log = options.log ?? createLog(config.logLevel)
  const url = config.databaseUrl ?? (await startEmbedded(config, options, closers))
  await migrate(url)
  const database = openDatabase(url, error => log.warn({ error }, 'an idle database connection ended'), {
    max: config.databasePool,
  })
  closers.push(() => database.close())
  const signals = await openSignals(url, log)
  closers.push(() => signals.close())

  const now = () => new Date()
  const jobs = createJobs(database, signals, log)
  const platform: Platform = {
    config,
    database,
    log,
    jobs,
    mail: createMailer(jobs),
    live: await openLive(database, signals),
    record: createRecord(database, now),
    now,
    newId: () => newId(),
  }

  const mail = sendMailJob(config, database)
  closers.push(mail.close)
  const handlers = Object.assign({}, mail.handlers, ...features.map(feature => feature.jobs ?? {}))
  await jobs.prepare(handlers)
  closers.push(() => jobs.stop())
  const relay = createRelay(platform, features, signals, options.events)
  if (background) {
    await jobs.work(handlers, Object.assign({}, ...features.map(feature => feature.schedules ?? {})), platform)
    closers.push(() => relay.stop())
    await relay.start()
  }

  const http = createHttp(platform, features, {
    resolveAccount: request => resolveAccount(platform, request.headers),
    ...httpOptions,
  })
  return {
    platform,
    http,
    settled: () => relay.settled(),
    stop,
    async listen() {
      const server = createAdaptorServer({ fetch: http.app.fetch })
      closers.push(() => closeServer(server, http))
      const port = await openPort(server, config)
      return config.publicUrl.replace(/:0$/, `:${port}`)
    },
  }
}

async function startEmbedded(config: Config, { onLost, beside }: PortalOptions, closers: Closer[]): Promise<string> {
  const postgres = await startPostgres(postgresFolder(config.dataDir), { join: beside ?? false, ...(onLost ? { onLost } : {}) })
  closers.push(() => postgres.stop())
  return postgres.url
}

function openPort(server: ServerType, { port, host }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reasons: Record<string, string> = {
        EADDRINUSE: `PORT: ${port} is taken by another program. Stop that, or set PORT to another port, such as ${port + 1}.`,
        EACCES: `PORT: ${port} is not open to this user. Set PORT to 1024 or more.`,
        EADDRNOTAVAIL: `HOST: "${host}" is not an address of this machine. Set HOST to one, or to 0.0.0.0 for all.`,
        ENOTFOUND: `HOST: "${host}" is not an address of this machine. Set HOST to one, or to 0.0.0.0 for all.`,
      }
      const reason = reasons[error.code ?? '']
      reject(reason ? new StartFailure(reason) : error)
    })
    server.listen(port, host, () => resolve((server.address() as { port: number }).port))
  })
}

/** Lets the requests under way finish, for 3 s. */
async function closeServer(server: ServerType, http: Http): Promise<void> {
  http.drain()
  const closed = new Promise<void>(resolve => server.close(() => resolve()))
  if ('closeIdleConnections' in server) server.closeIdleConnections()
  const impatience = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 3000)
  await closed
  clearTimeout(impatience)
}
