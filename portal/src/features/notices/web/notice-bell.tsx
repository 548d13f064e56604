import { useState } from 'react'
import { pathIn } from '#platform/core'
import { api, Bell, useLanguage, useLive } from '#platform/web'
import { countMyNotices } from '../core/index.ts'

interface Props {
  accountId: string
  side: 'staff' | 'customer'
  /** as the page was loaded */
  unread: number
}

/** The bell in the header: counts again whenever something is told or read, here or elsewhere. */
export function NoticeBell({ accountId, side, unread }: Props) {
  const language = useLanguage()
  const [counted, setCounted] = useState({ since: unread, unread })
  const shown = counted.since === unread ? counted.unread : unread // the page has been loaded anew
  useLive(`person:${accountId}`, () => {
    void api.call(countMyNotices, {}).then(
      now => setCounted({ since: unread, unread: now.unread }),
      () => {}, // the next one tells
    )
  })
  return <Bell href={pathIn(language, side === 'staff' ? '/console/notices' : '/account/notices')} unread={shown} />
}
