import { type Call, none } from './call.ts'

const settings = {
  channels: { critical: ['portal', 'mail'], high: ['portal'], medium: [], low: [] },
  kinds: ['alarm'],
  quiet: { from: '22:00', until: '06:00' },
  zone: 'Asia/Shanghai',
}

export const noticesCalls: Record<string, Call> = {
  'notices.listMyNotices': none,
  'notices.countMyNotices': none,
  'notices.readMyNotices': { call: () => ({ body: {} }) },
  'notices.getMyNoticeSettings': none,
  'notices.changeMyNoticeSettings': { call: () => ({ body: settings, ifMatch: '*' }) },
}
