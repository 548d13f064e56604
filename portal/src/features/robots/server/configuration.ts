import { z } from 'zod'
import { languages } from '#platform/core'
import { configurationPart } from '#platform/server'
import { robotKinds, services } from '../core/index.ts'
import { listRobots } from './robots.ts'

/** Which chats of the manufacturer were told of new leads. Whoever has the address of one may write into it, so none is in the file: each is added by hand. */
const robots = configurationPart({
  name: 'robots',
  title: { 'zh-CN': '群机器人', en: 'Group robots' },
  schema: z.array(z.object({ kind: z.enum(robotKinds), name: z.string().max(60), language: z.enum(languages) })).max(100),
  async read(platform) {
    const robots = await listRobots(platform, null)
    return robots.length === 0 ? null : robots.map(({ kind, name, language }) => ({ kind, name, language }))
  },
  async byHand(platform, wanted) {
    const standing = await listRobots(platform, null)
    return wanted
      .filter(({ kind, name }) => !standing.some(one => one.kind === kind && one.name === name))
      .map(({ kind, name }) => ({
        'zh-CN': `在“群机器人”中重新添加“${name}”（${services[kind].name['zh-CN']}），并粘贴它的地址。`,
        en: `Add the robot “${name}” (${services[kind].name.en}) again under Group robots, with its address.`,
      }))
  },
})

export const configuration = [robots]
