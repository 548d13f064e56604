import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { StartFailure, version } from '#platform/server'
import type { AdvisoryReading } from '../core/index.ts'

const severities = ['critical', 'high', 'moderate', 'low'] as const
const count = z.number().int().min(0)
const report = z.object({
  /** ISO 8601, UTC */
  at: z.iso.datetime(),
  /** the version of Fettle it is about */
  fettle: z.string(),
  critical: count,
  high: count,
  moderate: count,
  low: count,
  items: z.array(
    z.object({
      name: z.string(),
      severity: z.string(),
      title: z.string(),
      /** of the advisories about this very package, 'GHSA-…'; none where it is only built on one that has some */
      ids: z.array(z.string()).default([]),
    }),
  ),
})
type Report = z.output<typeof report>

export const advisoryFile = (dataDir: string): string => join(dataDir, 'advisories.json')

/** The report in DATA_DIR; null where there is none, or one that cannot be read. */
export async function readAdvisories(dataDir: string): Promise<AdvisoryReading | null> {
  const text = await readFile(advisoryFile(dataDir), 'utf8').catch(() => null)
  const parsed = text === null ? null : report.safeParse(parseJson(text))
  return parsed?.success ? { ...parsed.data, at: Date.parse(parsed.data.at) } : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Asks the npm registry what is known against the packages the portal runs on, and writes the report: a portal in a factory without
 * internet reads a file that was made elsewhere. Throws StartFailure where the registry does not answer.
 */
export async function makeAdvisories(project: string, file: string, now: Date): Promise<Report> {
  const made = toReport(await audit(project), now)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(made, null, 2)}\n`)
  return made
}

/** npm ends with 1 where something is known; what matters is whether it answers in JSON with its findings. */
function audit(project: string): Promise<unknown> {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  return new Promise((resolve, reject) => {
    execFile(npm, ['audit', '--omit=dev', '--json'], { cwd: project, maxBuffer: 64 * 1024 * 1024 }, (error, stdout) => {
      const answer = parseJson(stdout) as { message?: string; vulnerabilities?: unknown } | undefined
      if (answer?.vulnerabilities) return resolve(answer)
      const reason = answer?.message ?? error?.message.split('\n')[0] ?? 'no answer'
      reject(
        new StartFailure(`npm could not ask the registry for advisories (${reason}): run this on a machine that reaches it.`),
      )
    })
  })
}

const advisory = z.object({ title: z.string().optional(), url: z.string().optional() })
const npmAudit = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), via: z.array(z.union([z.string(), advisory])) })),
})

/** npm's answer, cut down to what an operator needs. */
export function toReport(answer: unknown, now: Date): Report {
  const items = Object.entries(npmAudit.parse(answer).vulnerabilities).map(([name, { severity, via }]) => {
    const titles = via.map(one => (typeof one === 'string' ? `by ${one}` : (one.title ?? '')))
    const ids = via.flatMap(one => (typeof one === 'string' ? [] : [one.url?.split('/').at(-1) || 'without id']))
    return { name, severity, title: [...new Set(titles)].filter(Boolean).join('; ').slice(0, 300), ids: [...new Set(ids)] }
  })
  const counts = Object.fromEntries(severities.map(one => [one, items.filter(({ severity }) => severity === one).length]))
  const rank = (severity: string) => (severities as readonly string[]).indexOf(severity)
  items.sort((a, b) => rank(a.severity) - rank(b.severity) || a.name.localeCompare(b.name))
  return report.parse({ at: now.toISOString(), fettle: version, ...counts, items })
}
