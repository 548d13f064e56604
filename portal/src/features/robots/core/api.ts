import { z } from 'zod'
import { severities } from '#features/alarms/core'
import { endpoint, languages } from '#platform/core'
import { robotKinds, robotSubjects } from './robot.ts'

const robot = z.object({
  id: z.string(),
  kind: z.enum(robotKinds),
  name: z.string(),
  language: z.enum(languages),
  active: z.boolean(),
  /** messages are signed */
  signed: z.boolean(),
  /** ISO 8601, UTC: when a message was last taken */
  toldAt: z.string().nullable(),
  /** what the last message failed with, in the service's words, and when */
  failure: z.object({ said: z.string(), at: z.string() }).nullable(),
  /** the last message, where the demo kept it instead of sending it */
  caught: z.string().nullable(),
  tells: z.array(z.enum(robotSubjects)),
  /** the lowest severity of alarms it is told of */
  alarmsFrom: z.enum(severities),
  revision: z.number().int(),
})
export type RobotView = z.output<typeof robot>

const subjects = z.array(z.enum(robotSubjects)).max(robotSubjects.length)
const robotParams = z.object({ robotId: z.uuid() })
const access = { staff: 'robot.manage', customer: 'robot.manage-own' } as const

export const listRobots = endpoint({
  id: 'robots.listRobots',
  method: 'GET',
  path: '/robots',
  summary: 'Group chats that are told of new leads and of alarms: of the own company, or of the manufacturer for its staff',
  access,
  result: z.object({ items: z.array(robot) }),
})

export const addRobot = endpoint({
  id: 'robots.addRobot',
  method: 'POST',
  path: '/robots',
  summary:
    'Tell a group chat of new leads (of the manufacturer alone) or of alarms. Its robot’s address and secret are sealed and not shown again. Needs a second confirmation',
  access,
  confirm: true,
  audit: 'robot.added',
  body: z.object({
    kind: z.enum(robotKinds),
    name: z.string().trim().min(1).max(60),
    address: z.string().trim().max(500),
    secret: z.string().trim().max(200).default(''),
    language: z.enum(languages).default('zh-CN'),
    /** default: leads, and of a company alarms */
    tells: subjects.optional(),
    alarmsFrom: z.enum(severities).default('high'),
  }),
  status: 201,
  result: robot,
  problems: ['too-many-robots'],
})

export const changeRobot = endpoint({
  id: 'robots.changeRobot',
  method: 'PATCH',
  path: '/robots/{robotId}',
  summary: 'Rename a robot, say what it tells of, or let it be quiet',
  access,
  audit: 'robot.changed',
  params: robotParams,
  concurrency: 'if-match',
  body: z.object({
    name: z.string().trim().min(1).max(60).optional(),
    active: z.boolean().optional(),
    tells: subjects.optional(),
    alarmsFrom: z.enum(severities).optional(),
  }),
  result: robot,
})

export const tryRobot = endpoint({
  id: 'robots.tryRobot',
  method: 'POST',
  path: '/robots/{robotId}/trial',
  summary: 'Write a test message into the chat, now, and answer what its service says',
  access,
  idempotency: 'ignored',
  audit: { none: 'it changes nothing and says nothing of anybody' },
  limit: 'export',
  params: robotParams,
  result: robot,
})

export const removeRobot = endpoint({
  id: 'robots.removeRobot',
  method: 'DELETE',
  path: '/robots/{robotId}',
  summary: 'Forget a robot with its address and secret',
  access,
  confirm: true,
  audit: 'robot.removed',
  params: robotParams,
})
