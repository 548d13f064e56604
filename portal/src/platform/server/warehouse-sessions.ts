import { Session } from 'chdb'

/** What one statement is run with. Values of `settings` and `params` stand as they came over HTTP. */
export interface WarehouseStatement {
  sql: string
  /** of the answer, where the statement names none */
  format: string
  settings: Record<string, string>
  /** of `{name:Type}` in the statement, escaped as a field of tab-separated values */
  params: Record<string, string>
  /** rows of an insert whose statement ends with its format */
  rows?: Buffer | undefined
}

/** Too many wait already. */
export class LineFull extends Error {}

export interface SessionLane {
  /** Runs it when a session is free. Throws LineFull at once where too many wait, and what the engine says. */
  run(statement: WarehouseStatement, isWanted: () => boolean): Promise<Uint8Array | null>
  close(): void
}

/**
 * Sessions on the data of one folder, each of which runs one statement at a time; the others wait in a line. A statement that nobody
 * wants any more when its turn comes is answered with null.
 */
export function openLane(folder: string, database: string | null, size: { atOnce: number; waiting: number }): SessionLane {
  const slots = Array.from({ length: size.atOnce }, () => openSlot(folder, database))
  const free = [...slots]
  const line: ((slot: Slot) => void)[] = []
  return {
    async run(statement, isWanted) {
      if (free.length === 0 && line.length >= size.waiting) throw new LineFull()
      const slot = free.pop() ?? (await new Promise<Slot>(resolve => line.push(resolve)))
      try {
        return isWanted() ? await slot.run(statement) : null
      } finally {
        const next = line.shift()
        if (next) next(slot)
        else free.push(slot)
      }
    },
    close() {
      for (const slot of slots) slot.close()
    },
  }
}

interface Slot {
  run(statement: WarehouseStatement): Promise<Uint8Array>
  close(): void
}

/**
 * A session keeps settings and parameters that were set in it, so those of the statement before are taken back. Parameters cannot be:
 * where the statement might take up an old one, the session is begun anew. They are set in the session, since those that the
 * package binds itself are run one after the other in the whole process.
 */
function openSlot(folder: string, database: string | null): Slot {
  let session = new Session(folder)
  let entered = database === null
  let settings: Record<string, string> = {}
  let bound = new Set<string>()

  function renew(): void {
    session.close()
    session = new Session(folder)
    entered = database === null
    settings = {}
    bound = new Set()
  }

  async function prepare(wanted: WarehouseStatement): Promise<void> {
    if (!entered) await session.queryAsync(`use ${database}`)
    entered = true
    const changes = [
      ...Object.keys(settings)
        .filter(name => !(name in wanted.settings))
        .map(name => `${name} = default`),
      ...Object.entries(wanted.settings)
        .filter(([name, value]) => settings[name] !== value)
        .map(([name, value]) => `${name} = ${quoted(value)}`),
      ...Object.entries(wanted.params).map(([name, value]) => `param_${name} = ${quoted(value)}`),
    ]
    for (const name of Object.keys(wanted.params)) bound.add(name)
    if (changes.length > 0) await session.queryAsync(`set ${changes.join(', ')}`)
    settings = { ...wanted.settings }
  }

  return {
    async run(statement) {
      const { sql, format, params, rows } = statement
      if ([...sql.matchAll(parameter)].some(([, name]) => !(name! in params) && bound.has(name!))) renew()
      try {
        await prepare(statement)
      } catch (error) {
        renew() // some of it may have been set
        throw error
      }
      if (rows) return insertRows(session, sql, rows)
      const answer = await session.queryAsync(sql, { format })
      if (/^\s*(set|use)\s/i.test(sql)) renew()
      return answer.bytes()
    },
    close: () => session.close(),
  }
}

/** `{name:Type}`; the same in a text does no harm. */
const parameter = /\{\s*(\w+)\s*:/g

/** As the client writes it. */
const usualInsert = /^insert into ([\w.]+)(?: \(([^()]+)\))? format (JSONEachRow|JSONCompactEachRow|TabSeparated|CSV)$/i

/** Hands the bytes on as they came; where the statement is of an unusual form, as part of its text. */
async function insertRows(session: Session, sql: string, rows: Buffer): Promise<Uint8Array> {
  const [, table, columns, format] = usualInsert.exec(sql) ?? []
  if (!table || !format) return (await session.queryAsync(`${sql}\n${rows.toString('utf8')}`)).bytes()
  await session.insert({
    table,
    values: rows,
    format: format as 'JSONEachRow',
    ...(columns ? { columns: columns.split(',').map(name => name.trim().replace(/^[`"]|[`"]$/g, '')) } : {}),
  })
  return new Uint8Array()
}

const quoted = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
