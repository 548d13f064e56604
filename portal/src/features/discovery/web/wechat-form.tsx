import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { formatTime } from '#platform/core'
import {
  ActionButton,
  api,
  type FieldMessages,
  Notice,
  StatusBadge,
  TextField,
  useLanguage,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { type Discovery, tryWechat } from '../core/index.ts'
import style from './discovery-page.module.css'
import type { Save } from './discovery-page.tsx'

type Wechat = Discovery['wechat']

/** The official account that lets pages make their own cards in WeChat. caught: the demo asks WeChat nothing */
export function WechatForm({ wechat, save, saved, caught }: { wechat: Wechat; save: Save; saved: boolean; caught: boolean }) {
  const t = useTexts('discovery')
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const [busy, setBusy] = useState(false)
  const entry = useEntry(
    (typed): FieldMessages => (typed.text('wechat.appId') ? {} : { 'wechat.appId': t('wechat.appIdMissing') }),
    typed => {
      const secret = typed.text('wechat.secret')
      return save({ wechat: { appId: typed.text('wechat.appId'), ...(secret ? { secret } : {}) } })
    },
  )
  const act = async (work: () => Promise<unknown>) => {
    setBusy(true)
    await attempt(work).finally(() => setBusy(false))
    await revalidate()
  }
  return (
    <section className={style.part}>
      <h2>{t('wechat.title')}</h2>
      <p className={style.help}>{t('wechat.help')}</p>
      <p className={style.help}>{t('wechat.steps', { domain: wechat.domain })}</p>
      {wechat.on && !caught ? <State wechat={wechat} /> : null}
      <form className={style.form} key={wechat.appId + saved} method="post" noValidate onSubmit={entry.onSubmit}>
        <ProblemNotice problem={entry.problem ?? problem} />
        <TextField
          label={t('wechat.appId')}
          name="wechat.appId"
          defaultValue={wechat.appId}
          autoComplete="off"
          spellCheck={false}
          maxLength={40}
          error={entry.errors['wechat.appId']}
        />
        <TextField
          label={t('wechat.secret')}
          name="wechat.secret"
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          help={t(wechat.on ? 'wechat.secretHelpOn' : 'wechat.secretHelp')}
          error={entry.errors['wechat.secret']}
        />
        {saved ? <Notice tone="good" live title={t(wechat.on ? 'wechat.saved' : 'wechat.removed')} /> : null}
        <span className={style.row}>
          <ActionButton type="submit" size="small" disabled={entry.busy || busy}>
            {t('wechat.save')}
          </ActionButton>
          {wechat.on && !caught ? (
            <ActionButton size="small" disabled={busy} onClick={() => void act(() => api.call(tryWechat, {}))}>
              {t('wechat.trial')}
            </ActionButton>
          ) : null}
          {wechat.on ? (
            <ActionButton
              size="small"
              strength="quiet"
              disabled={busy}
              onClick={() => void act(() => save({ wechat: { appId: '' } }))}
            >
              {t('wechat.remove')}
            </ActionButton>
          ) : null}
        </span>
      </form>
    </section>
  )
}

const explained = ['40013', '40125', '40164', '48001', '40001']

/** Whether WeChat gives what signs the pages, and what it said where it does not. */
function State({ wechat: { readyUntil, failure } }: { wechat: Wechat }) {
  const t = useTexts('discovery')
  const language = useLanguage()
  const zone = useTimeZone()
  const at = (time: string) => formatTime(time, language, zone)
  if (!failure) {
    return (
      <StatusBadge tone={readyUntil ? 'good' : 'neutral'}>
        {readyUntil ? t('wechat.ready', { time: at(readyUntil) }) : t('wechat.notAsked')}
      </StatusBadge>
    )
  }
  const code = explained.find(one => failure.said.startsWith(one))
  return (
    <div className={style.push}>
      <StatusBadge tone="bad">{t('wechat.failed', { time: at(failure.at) })}</StatusBadge>
      {code ? <span>{t(`wechat.code.${code}`)}</span> : null}
      <span className={style.help}>{failure.said}</span>
    </div>
  )
}
