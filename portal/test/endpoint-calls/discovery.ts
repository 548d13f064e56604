import { addRootFile, getDiscovery, saveDiscovery } from '#features/discovery/core'
import type { World } from '../two-companies.ts'
import { type Call, none } from './call.ts'

export const discoveryCalls: Record<string, Call> = {
  'discovery.getDiscovery': none,
  'discovery.saveDiscovery': { call: async world => ({ body: { hidden: false }, ifMatch: await discoverySeen(world) }) },
  'discovery.addRootFile': { call: () => ({ body: aRootFile() }) },
  'discovery.removeRootFile': {
    async call({ api }) {
      const file = aRootFile()
      await (await api('admin')).call(addRootFile, { body: file })
      return { params: { name: file.name } }
    },
  },
  'discovery.pushAllPages': {
    async call(world) {
      const ifMatch = await discoverySeen(world)
      await (await world.api('admin')).call(saveDiscovery, { body: { indexNow: { on: true } }, ifMatch })
      return {}
    },
  },
  'discovery.tryWechat': none,
  'discovery.getDiscoveryHead': none,
  'discovery.signForWechat': { call: () => ({ query: { url: 'http://portal.test/' } }) },
}

const aRootFile = () => ({ name: `MP_verify_${crypto.randomUUID().slice(0, 8)}.txt`, content: 'whose portal it is' })

const discoverySeen = async ({ api }: World) => (await (await api('admin')).callWithEtag(getDiscovery, {})).etag!
