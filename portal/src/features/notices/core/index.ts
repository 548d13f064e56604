export {
  changeMyNoticeSettings,
  countMyNotices,
  getMyNoticeSettings,
  listMyNotices,
  type NoticeSettingsView,
  type NoticeView,
  readMyNotices,
} from './api.ts'
export { floodLimits, type SentLately, sendingOf, sentBy } from './flood.ts'
export {
  type Channel,
  channels,
  type NoticeContent,
  type NoticeKind,
  noticeKinds,
  type OutsideChannel,
  type Urgency,
  urgencies,
} from './notice.ts'
export { channelsFor, type NoticeSettings, ringsAt, usualSettings } from './notice-settings.ts'
