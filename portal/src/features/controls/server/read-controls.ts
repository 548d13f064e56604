import type { Selectable } from 'kysely'
import { permissionsBy } from '#features/accounts/core'
import { personNames } from '#features/accounts/server'
import { isVisible } from '#features/devices/core'
import type { Account, Platform } from '#platform/server'
import { type Controls, mayControl, type PastControl } from '../core/index.ts'
import { type Standing, standingOf } from './standing.ts'
import type { ControlTables } from './tables.ts'

type WishRow = Selectable<ControlTables['setting_wish']>
type CommandRow = Selectable<ControlTables['machine_command']>

const mostPast = 50

/** What can be set on a machine and what it can be told, with what the account may see of what came of it. */
export async function readControls(platform: Platform, account: Account | null, deviceId: string): Promise<Controls> {
  const standing = await standingOf(platform, account, deviceId)
  const { party, controls, intervals } = standing
  const db = platform.database.db<ControlTables>()
  const [reports, inForce, wishes, commands] = await Promise.all([
    db.selectFrom('setting_report').selectAll().where('device_id', '=', deviceId).execute(),
    db.selectFrom('setting_wish').selectAll().where('device_id', '=', deviceId).where('in_force', '=', true).execute(),
    lastOf(db.selectFrom('setting_wish').selectAll().where('device_id', '=', deviceId).orderBy('asked_at', 'desc')),
    lastOf(db.selectFrom('machine_command').selectAll().where('device_id', '=', deviceId).orderBy('asked_at', 'desc')),
  ])
  const seen = { wishes: wishes.filter(byTime(standing)), commands: commands.filter(byTime(standing)) }
  const names = await namesFor(platform, account, [...seen.wishes, ...seen.commands])
  const may = (by: Parameters<typeof mayControl>[0]) => party !== null && mayControl(by, party) && mayAsk(account)
  return {
    settings: controls.settings.map(({ by, ...setting }) => {
      const report = reports.find(({ key, at }) => key === setting.key && isVisible(at, intervals))
      const wish = [...seen.wishes, ...inForce.filter(byTime(standing))].find(({ key }) => key === setting.key)
      return {
        ...setting,
        mine: may(by),
        reported: report ? { value: report.value, at: report.at.toISOString() } : null,
        wanted: wish ? { value: wish.value, at: wish.asked_at.toISOString(), outcome: wish.outcome, reason: wish.reason } : null,
      }
    }),
    commands: controls.commands.map(({ by, ...command }) => ({ ...command, mine: may(by) })),
    history: pastOf(seen, names, platform.now()),
    withheld: party === null,
  }
}

const lastOf = <Row>(rows: { limit(most: number): { execute(): Promise<Row[]> } }): Promise<Row[]> =>
  rows.limit(mostPast * 4).execute()

/** Whether an account may ask anything of machines at all: the endpoints say the same. */
const mayAsk = (account: Account | null): boolean =>
  account !== null &&
  account.via.kind === 'session' &&
  permissionsBy(account).some(right => right === 'device.control' || right === 'device.control-own')

const byTime =
  ({ intervals }: Standing) =>
  ({ asked_at }: { asked_at: Date }) =>
    isVisible(asked_at, intervals)

type Row = { asked_by: string | null; company_id: string | null }

/** Names of people of the reader's own house; of others it is said in whose name they asked. */
async function namesFor({ database }: Platform, account: Account | null, rows: readonly Row[]) {
  const own = rows.filter(({ company_id }) => company_id === (account?.companyId ?? null))
  const ids = [...new Set(own.flatMap(({ asked_by }) => asked_by ?? []))]
  const names = await personNames(database, ids)
  return (row: Row): string | null => (own.includes(row) && row.asked_by ? (names.get(row.asked_by) ?? null) : null)
}

function pastOf(
  { wishes, commands }: { wishes: readonly WishRow[]; commands: readonly CommandRow[] },
  nameOf: (row: Row) => string | null,
  now: Date,
): PastControl[] {
  const shared = (row: WishRow | CommandRow) => ({
    ...{ id: row.id, key: row.key, as: row.asked_as, by: nameOf(row), at: row.asked_at.toISOString(), reason: row.reason },
    settledAt: row.settled_at?.toISOString() ?? null,
  })
  return [
    ...wishes.map(row => ({ ...shared(row), kind: 'setting' as const, value: row.value, parameters: {}, state: row.outcome })),
    ...commands.map(row => ({
      ...shared(row),
      ...{ kind: 'command' as const, value: null, parameters: row.parameters },
      state: row.state === 'waiting' && row.expires_at <= now ? ('expired' as const) : row.state,
    })),
  ]
    .sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1))
    .slice(0, mostPast)
}
