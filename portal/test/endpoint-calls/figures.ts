import { getBefore } from '#features/figures/core'
import { type Call, none } from './call.ts'

export const figuresCalls: Record<string, Call> = {
  'figures.tellFact': { call: () => ({ body: { fact: 'visits' } }) },
  'figures.getFigures': none,
  'figures.exportFigures': { call: () => ({ query: { format: 'csv' } }) },
  'figures.getBefore': none,
  'figures.saveBefore': {
    async call({ api }) {
      const { value, etag } = await (await api('admin')).callWithEtag(getBefore, {})
      return { body: value, ifMatch: etag }
    },
  },
  'figures.getMail': none,
  'figures.saveMail': { call: () => ({ body: { weekly: true } }) },
  'figures.sendMailNow': none,
}
