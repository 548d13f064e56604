import { existsSync } from 'node:fs'
import type { Model } from '@fettle/engine'
import { diffModels } from '#features/products/core'
import { formatMoney } from '#platform/core'
import { type Command, withPortal } from './command.ts'
import { provedModel, versionNamed } from './read-model.ts'

export const diffModelsCommand: Command = {
  words: 'model diff',
  parameters: ['before', 'after'],
  help: [
    'Says in words what changed from one model to another, and what the standard configuration costs before and after.',
    'Each is a file, or a product of the portal: its address, with @version or @draft where not the current version is meant.',
  ],
  async run({ parameters: [before = '', after = ''] }) {
    const [old, now] = await withModels([before, after])
    const differences = diffModels(old!.model, now!.model)
    let kind = ''
    for (const found of differences) {
      if (found.kind !== kind) console.log(`${found.kind}:`)
      kind = found.kind
      console.log(`  ${found.change} ${found.name.en} (${found.id})`)
      for (const { label, from, to } of found.details)
        console.log(`    ${label.en}: ${[from?.en, to?.en].filter(text => text !== undefined).join(' → ')}`)
    }
    console.log(`${differences.length} difference${differences.length === 1 ? '' : 's'}`)
    console.log(`Standard configuration: ${priceOf(old!)} → ${priceOf(now!)}`)
  },
}

interface Named {
  model: Model
  startingPrice: { net: number; currency: string } | null
}

const priceOf = ({ startingPrice }: Named) =>
  startingPrice ? formatMoney(startingPrice.net, startingPrice.currency, 'en') : 'on request'

/** The portal is asked only where one of them is no file. */
async function withModels(names: string[]): Promise<Named[]> {
  if (names.every(name => existsSync(name))) return Promise.all(names.map(ofFile))
  return withPortal({}, ({ platform }) =>
    Promise.all(
      names.map(async (name): Promise<Named> => {
        if (existsSync(name)) return ofFile(name)
        const { model, presentation } = await versionNamed(platform.database, name)
        return { model, startingPrice: presentation.startingPrice }
      }),
    ),
  )
}

async function ofFile(path: string): Promise<Named> {
  const { json, presentation } = await provedModel(path)
  return { model: JSON.parse(json) as Model, startingPrice: presentation.startingPrice }
}
