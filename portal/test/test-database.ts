import pg from 'pg'
import { inject } from 'vitest'
import { templateName } from './global-setup.ts'

export interface TestDatabase {
  url: string
  drop(): Promise<void>
}

/** A database of its own on the test run's server: migrated, or empty. */
export async function cloneDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const server = inject('postgresUrl')
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  await run(`create database ${name} template ${options.empty ? 'template0' : templateName}`)
  return { url: server.replace(/\/\w+$/, `/${name}`), drop: () => run(`drop database ${name} with (force)`) }
}
