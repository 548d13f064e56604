import type { Severity } from '#features/alarms/core'
import {
  type Account,
  type ConfirmedAct,
  changedMeanwhile,
  conflict,
  invalid,
  mayCallPrivate,
  notFound,
  type Platform,
} from '#platform/server'
import { type RobotKind, type RobotSubject, type RobotView, services, subjectsOfCompanies } from '../core/index.ts'
import { isRobotAddress } from './robot-address.ts'
import type { RobotRow, RobotTables } from './tables.ts'

/** More would be a mistake: each new lead and alarm is written into every chat. Of one owner. */
const mostRobots = 20

/** Whose robots somebody looks after: his company's, or the manufacturer's (null). */
export function ownerOf({ kind, companyId }: Account): string | null {
  if (kind === 'customer' && companyId === null) throw noSuchRobot()
  return kind === 'staff' ? null : companyId
}

/** companyId null: of the manufacturer */
export async function listRobots(platform: Platform, companyId: string | null): Promise<RobotView[]> {
  const rows = await ofOwner(platform, companyId).orderBy('created_at').orderBy('id').execute()
  return rows.map(viewOf)
}

interface NewRobot {
  kind: RobotKind
  name: string
  address: string
  secret: string
  language: 'zh-CN' | 'en'
  /** undefined: what its owner may be told of first of all */
  tells?: readonly RobotSubject[] | undefined
  alarmsFrom: Severity
}

export async function addRobot(
  platform: Platform,
  actor: Account,
  { kind, address, secret, tells: wanted, alarmsFrom, ...rest }: NewRobot,
): Promise<RobotView> {
  const companyId = ownerOf(actor)
  demandAddress(platform, companyId, { kind, address })
  const tells = demandSubjects(companyId, wanted ?? (companyId === null ? ['lead'] : subjectsOfCompanies))
  return platform.database.transaction(async () => {
    const db = platform.database.db<RobotTables>()
    const { count } = await db
      .selectFrom('robot')
      .select(eb => eb.cast<number>(eb.fn.countAll(), 'integer').as('count'))
      .where('company_id', companyId === null ? 'is' : '=', companyId)
      .executeTakeFirstOrThrow()
    if (count >= mostRobots) throw tooManyRobots()
    const row: RobotRow = {
      ...rest,
      id: platform.newId(),
      company_id: companyId,
      kind,
      address: await platform.vault.seal(address, 'robot.address'),
      secret: services[kind].signs && secret ? await platform.vault.seal(secret, 'robot.secret') : null,
      active: true,
      revision: 1,
      told_at: null,
      failure: null,
      failed_at: null,
      caught: null,
      tells,
      alarms_from: alarmsFrom,
      created_at: platform.now(),
    }
    await db.insertInto('robot').values(row).execute()
    await platform.record('robot.added', { robotId: row.id, companyId, by: actor.id })
    await platform.audit.write({
      action: 'robot.added',
      target: { kind: 'robot', id: row.id },
      after: {
        kind,
        name: row.name,
        language: row.language,
        signed: row.secret !== null,
        tells: row.tells.join(', '),
        alarmsFrom,
      },
    })
    return viewOf(row)
  })
}

interface Change {
  robotId: string
  name?: string | undefined
  active?: boolean | undefined
  tells?: readonly RobotSubject[] | undefined
  alarmsFrom?: Severity | undefined
  /** the revision that was seen */
  revision: string
}

export async function changeRobot(
  platform: Platform,
  actor: Account,
  { robotId, revision, ...change }: Change,
): Promise<RobotView> {
  return platform.database.transaction(async () => {
    const before = await findRobot(platform, actor, robotId, true)
    if (String(before.revision) !== revision) throw changedMeanwhile()
    const tells = demandSubjects(before.company_id, change.tells ?? before.tells)
    const after = { name: change.name ?? before.name, active: change.active ?? before.active }
    const alarmsFrom = change.alarmsFrom ?? before.alarms_from
    const row = await platform.database
      .db<RobotTables>()
      .updateTable('robot')
      .set({ ...after, tells, alarms_from: alarmsFrom, revision: before.revision + 1 })
      .where('id', '=', robotId)
      .returningAll()
      .executeTakeFirstOrThrow()
    await platform.record('robot.changed', { robotId, by: actor.id })
    await platform.audit.write({
      action: 'robot.changed',
      target: { kind: 'robot', id: robotId },
      before: { name: before.name, active: before.active, tells: before.tells.join(', '), alarmsFrom: before.alarms_from },
      after: { ...after, tells: tells.join(', '), alarmsFrom },
    })
    return viewOf(row)
  })
}

/** Whoever sits down at an open browser could have every alarm written into a chat of his. What cannot be added is refused before anybody confirms. */
export function describeAdding(
  platform: Platform,
  actor: Account,
  wanted: Pick<NewRobot, 'kind' | 'name' | 'address'>,
): ConfirmedAct {
  demandAddress(platform, ownerOf(actor), wanted)
  const { name } = wanted
  return { target: actor.id, what: { 'zh-CN': `添加群机器人“${name}”`, en: `Add the robot “${name}”` } }
}

export async function describeRemoval(platform: Platform, actor: Account, robotId: string): Promise<ConfirmedAct> {
  const { name } = await findRobot(platform, actor, robotId)
  return { target: robotId, what: { 'zh-CN': `删除群机器人“${name}”`, en: `Remove the robot “${name}”` } }
}

export async function removeRobot(platform: Platform, actor: Account, robotId: string): Promise<void> {
  await platform.database.transaction(async () => {
    const { kind, name } = await findRobot(platform, actor, robotId, true)
    await platform.database.db<RobotTables>().deleteFrom('robot').where('id', '=', robotId).execute()
    await platform.record('robot.removed', { robotId, by: actor.id })
    await platform.audit.write({ action: 'robot.removed', target: { kind: 'robot', id: robotId }, before: { kind, name } })
  })
}

/** 404 for a robot of somebody else, as where there is none. lock: until the ambient transaction ends */
export async function findRobot(platform: Platform, actor: Account, robotId: string, lock = false): Promise<RobotRow> {
  const row = await ofOwner(platform, ownerOf(actor))
    .where('id', '=', robotId)
    .$if(lock, query => query.forUpdate())
    .executeTakeFirst()
  if (!row) throw noSuchRobot()
  return row
}

const ofOwner = ({ database }: Platform, companyId: string | null) =>
  database
    .db<RobotTables>()
    .selectFrom('robot')
    .selectAll()
    .where('company_id', companyId === null ? 'is' : '=', companyId)

const noSuchRobot = () => notFound({ 'zh-CN': '群机器人', en: 'robot' })

export const viewOf = (row: RobotRow): RobotView => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  language: row.language,
  active: row.active,
  signed: row.secret !== null,
  toldAt: row.told_at?.toISOString() ?? null,
  failure: row.failure === null ? null : { said: row.failure, at: row.failed_at!.toISOString() },
  caught: row.caught,
  tells: row.tells,
  alarmsFrom: row.alarms_from,
  revision: row.revision,
})

/** Each subject once. 422 where a company wants to be told of what is the manufacturer's alone. */
function demandSubjects(companyId: string | null, tells: readonly RobotSubject[]): RobotSubject[] {
  const at = companyId === null ? -1 : tells.findIndex(subject => !subjectsOfCompanies.includes(subject))
  if (at === -1) return [...new Set(tells)]
  throw invalid([
    {
      field: `/tells/${at}`,
      message: { 'zh-CN': '线索只写入制造商的群。', en: 'Leads are the manufacturer’s alone.' },
      remedy: { 'zh-CN': '请只选择机器报警。', en: 'Choose alarms of machines.' },
    },
  ])
}

/** Hosts of private installations are in the operator's network, or known to him alone: no customer's robot is there. */
function demandAddress(
  { config }: Platform,
  companyId: string | null,
  { kind, address }: Pick<NewRobot, 'kind' | 'address'>,
): void {
  const moreHosts = companyId === null || mayCallPrivate(config, companyId) ? config.robotHosts : []
  if (isRobotAddress(kind, address, moreHosts)) return
  const { name, hosts, path } = services[kind]
  throw invalid([
    {
      field: '/address',
      message: { 'zh-CN': `这不是${name['zh-CN']}群机器人的地址。`, en: `This is not the address of a robot of ${name.en}.` },
      remedy: {
        'zh-CN': `请从群机器人的设置中复制以 https://${hosts[0]}${path} 开头的地址。`,
        en: `Copy the address from the robot’s settings; it begins with https://${hosts[0]}${path}.`,
      },
    },
  ])
}

const tooManyRobots = () =>
  conflict(
    'too-many-robots',
    { 'zh-CN': `最多 ${mostRobots} 个群机器人。`, en: `There may be ${mostRobots} robots.` },
    { 'zh-CN': '请先删除一个。', en: 'Remove one first.' },
  )
