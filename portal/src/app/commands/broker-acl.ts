import { aclFormats, StartFailure, writeAcl } from '#platform/server'
import type { Command } from './command.ts'

export const brokerAcl: Command = {
  words: 'broker acl',
  parameters: [aclFormats.join('|')],
  options: { portal: { type: 'string' }, device: { type: 'string' } },
  optionWords: '[--portal <user>] [--device <id>]',
  help: [
    'Writes the rights of devices and of the portal for an MQTT broker outside, in its own words, to standard output.',
    '--portal is the name of the portal there, fettle where it is not said. NATS and RabbitMQ have rights by user: --device names one.',
  ],
  async run({ parameters: [wish], options: { portal = 'fettle', device } }) {
    const format = aclFormats.find(one => one === wish)
    if (!format) throw new StartFailure(`"${wish!.slice(0, 40)}" is none of ${aclFormats.join(', ')}.`)
    const names = { portal: nameOf('--portal', portal), device: device === undefined ? 'DEVICE-ID' : nameOf('--device', device) }
    process.stdout.write(writeAcl(format, names))
  },
}

/** Names stand in files and commands of others: nothing that means something there. */
function nameOf(option: string, value: unknown): string {
  if (typeof value === 'string' && /^[\w-]{1,64}$/.test(value)) return value
  throw new StartFailure(`${option}: ${JSON.stringify(value)} is not a name of letters, digits, _ and -.`)
}
