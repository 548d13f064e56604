import { configurationPart, readMailServer } from '#platform/server'
import { mailServerToSave } from '../core/index.ts'
import { keepMailServer, lacksPassword } from './mail-server.ts'

/** The mail server without its password: that is typed anew, unless it is the server that stands here already. */
const mailServer = configurationPart({
  name: 'mail-server',
  title: { 'zh-CN': '邮件服务器', en: 'Mail server' },
  schema: mailServerToSave.omit({ password: true }),
  async read(platform) {
    const { server } = await readMailServer(platform)
    if (!server) return null
    const { password: _, user, replyTo, ...rest } = server
    return { ...rest, user: user ?? '', replyTo: replyTo ?? '' }
  },
  write: (platform, server) => keepMailServer(platform, server),
  async byHand(platform, server) {
    if (!(await lacksPassword(platform, server))) return []
    return [
      {
        'zh-CN': `在“门户设置 → 邮件服务器”中填写 ${server.host} 的密码；在此之前邮件在门户中等待。`,
        en: `Type the password of ${server.host} under Settings, Mail server. Until then mails wait.`,
      },
    ]
  },
})

export const configuration = [mailServer]
